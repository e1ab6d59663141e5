package io.sluice.assembly;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.access.AuditEvent;
import io.sluice.access.AuditEvent.Outcome;
import io.sluice.access.CredentialRefused;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.ledger.TenantId;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.Tenant;
import io.sluice.store.TenantStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a tenant of an operator's own, with what a first transfer of each dialect takes, as the
 * demo's is made. It can be done beside running gateways, which it shares the database with.
 */
public final class Bootstrap {
  /** It becomes part of ids of clients, and of lines for a shell. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private final Assembly assembly;
  private final Order order;
  private final String baseUrl;

  private Bootstrap(Assembly assembly, Order order, String baseUrl) {
    this.assembly = assembly;
    this.order = order;
    this.baseUrl = baseUrl;
  }

  /**
   * What is to be made.
   *
   * @param tenant its name
   * @param dialects the names of those in which it is to transfer, each one that there is
   * @param renews whether it may be there already: then it gets what it lacks of all that, and
   *     other credentials in the place of those that were made so before
   */
  public record Order(String tenant, Set<String> dialects, boolean renews) {
    public Order {
      dialects = Set.copyOf(dialects);
    }
  }

  /** What became of it. */
  public sealed interface Result {
    /**
     * It is done.
     *
     * @param transfers one for each dialect; each has its first transfer
     */
    record Made(TenantId tenant, List<Running.DemoCall> transfers) implements Result {
      public Made {
        transfers = List.copyOf(transfers);
      }
    }

    /**
     * It is not done, and will not be when it is asked for again.
     *
     * @param reason for people
     */
    record Refused(String reason) implements Result {}
  }

  /**
   * Makes it; blocks.
   *
   * @throws StartException when the database or a key cannot be used
   */
  public static Result run(SluiceConfig config, DatabaseRoles roles, Order order) {
    if (!NAME.matcher(order.tenant()).matches() || order.tenant().equals(Demo.TENANT)) {
      return new Result.Refused(
          "a tenant's name has 1 to 40 of a-z, 0-9 and -, and is not demo: " + order.tenant());
    }
    DatabaseReadiness.migrate(roles);
    var groundwork = new Groundwork(config);
    try {
      Foundation base = groundwork.under(roles.runtime(), new SimpleMeterRegistry());
      Assembly assembly =
          Startup.await("connect", () -> Assembly.connect(base, Dialects.ALL, config));
      String baseUrl = Startup.baseUrl(config, config.http().port());
      try {
        return Startup.await(
            "make the tenant", () -> new Bootstrap(assembly, order, baseUrl).make());
      } finally {
        assembly.stop().await();
      }
    } finally {
      groundwork.vertx().close().await();
    }
  }

  private Future<Result> make() {
    return assembly.tenants().findByName(order.tenant()).compose(this::make);
  }

  private Future<Result> make(Optional<Tenant> known) {
    if (known.isPresent() && !order.renews()) {
      return refused(
          "the tenant %s is there already, with the number %d; its secrets were shown when they were made. Other ones in their place: --renew"
              .formatted(order.tenant(), known.get().id().value()));
    }
    if (known.filter(tenant -> tenant.status() == TenantStatus.CLOSED).isPresent()) {
      return refused("the tenant " + order.tenant() + " is closed, which cannot be undone");
    }
    return (known.isPresent()
            ? Future.succeededFuture(known)
            : assembly.tenants().create(order.tenant()))
        .compose(
            tenant ->
                tenant
                    .map(Tenant::id)
                    .map(this::fill)
                    .orElseGet(() -> refused("another process just made " + order.tenant())))
        .recover(
            failure ->
                failure instanceof CredentialRefused why
                    ? refused(why.getMessage())
                    : Future.failedFuture(failure));
  }

  private static Future<Result> refused(String reason) {
    return Future.succeededFuture(new Result.Refused(reason));
  }

  private Future<Result> fill(TenantId tenant) {
    var demonstration =
        new Demonstration(tenant, order.tenant(), baseUrl, assembly.access().issuer());
    Future<List<Running.DemoCall>> transfers =
        assembly
            .access()
            .audit()
            .write(
                AuditEvent.of(
                        "tenant_bootstrapped",
                        Outcome.SUCCESS,
                        "a tenant gets credentials and value for first transfers")
                    .about(tenant)
                    .with("sluice.label", order.tenant()))
            .map(written -> new ArrayList<>());
    for (Dialect dialect : assembly.dialects()) {
      if (order.dialects().contains(dialect.name())) {
        transfers =
            transfers.compose(
                before ->
                    dialect
                        .demonstrate(demonstration)
                        .map(first -> Running.DemoCall.of(dialect, first))
                        .onSuccess(before::add)
                        .map(before));
      }
    }
    return transfers.map(made -> new Result.Made(tenant, made));
  }
}
