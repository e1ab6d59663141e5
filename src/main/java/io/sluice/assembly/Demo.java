package io.sluice.assembly;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditEvent.Outcome;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.ledger.TenantId;
import io.sluice.store.Tenant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tenant named demo, and one call for each dialect that works at once. */
public final class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

  /** Its name. */
  public static final String TENANT = Demonstration.DEMO;

  private Demo() {}

  /** Sets it up, or takes what an earlier start has set up; the credentials are new each time. */
  static Future<List<Running.DemoCall>> of(Assembly assembly, String baseUrl) {
    return tenant(assembly)
        .compose(
            tenant ->
                assembly
                    .access()
                    .audit()
                    .write(
                        AuditEvent.of(
                                "demo_started",
                                Outcome.SUCCESS,
                                "the demo gets credentials, which are printed")
                            .about(tenant))
                    .compose(written -> calls(assembly, tenant, baseUrl)));
  }

  /** Ends the credentials that earlier starts have printed, wherever they lie by now. */
  static Future<List<Running.DemoCall>> end(Assembly assembly) {
    return assembly
        .access()
        .issuer()
        .endDemo()
        .compose(ended -> ended > 0 ? ended(assembly, ended) : Future.succeededFuture())
        .map(List.of());
  }

  private static Future<Void> ended(Assembly assembly, int credentials) {
    LOG.info("The demo is off; {} of its credentials were ended", credentials);
    return assembly
        .access()
        .audit()
        .write(
            AuditEvent.of("demo_ended", Outcome.SUCCESS, "the demo's credentials were ended")
                .with("sluice.count", credentials));
  }

  private static Future<List<Running.DemoCall>> calls(
      Assembly assembly, TenantId tenant, String baseUrl) {
    Demonstration demonstration =
        new Demonstration(tenant, baseUrl, assembly.access().issuer().forDemo());
    Future<List<Running.DemoCall>> calls = Future.succeededFuture(new ArrayList<>());
    for (Dialect dialect : assembly.dialects()) {
      calls =
          calls.compose(before -> call(dialect, demonstration).onSuccess(before::add).map(before));
    }
    return calls;
  }

  /** A dialect that cannot show itself does not keep the others from starting. */
  private static Future<Running.DemoCall> call(Dialect dialect, Demonstration demonstration) {
    return Future.succeededFuture()
        .compose(ready -> dialect.demonstrate(demonstration))
        .map(first -> Running.DemoCall.of(dialect, first))
        .recover(
            failure -> {
              LOG.warn("The demo of {} could not be set up", dialect.name(), failure);
              return Future.succeededFuture(Running.DemoCall.none(dialect, failure));
            });
  }

  private static Future<TenantId> tenant(Assembly assembly) {
    return assembly
        .tenants()
        .findByName(TENANT)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : assembly.tenants().create(TENANT))
        .compose(Demo::orThrow);
  }

  private static Future<TenantId> orThrow(Optional<Tenant> tenant) {
    return tenant
        .map(Tenant::id)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture("another process just made the tenant " + TENANT));
  }
}
