package io.sluice.operations;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Operations;
import io.sluice.dialect.isometric.Environment;
import io.sluice.dialect.isometric.IdCodec;
import io.sluice.dialect.isometric.IdPrefix;
import io.sluice.gateway.Gateway;
import io.sluice.gateway.GatewayOptions;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The running management port. */
public final class Management {
  /** How long a stop waits for administrators' requests in flight. */
  private static final long DRAIN_MS = 2_000;

  private static final long DEADLINE_MS = 10_000;
  private static final String ORGANISATION_KIND = "isometric.organisation";

  private final Gateway server;
  private final Health health;

  private Management(Gateway server, Health health) {
    this.server = server;
    this.health = health;
  }

  /**
   * Listens, on an event loop and a server of its own.
   *
   * @param checks that must hold for the gateway to be ready
   */
  public static Future<Management> start(
      Vertx vertx,
      ManagementOptions options,
      AdministrationParts parts,
      Metrics metrics,
      List<HealthCheck> checks) {
    Health health = new Health(checks, options.checkDeadlineMs());
    List<Endpoint> endpoints = new ArrayList<>(open(vertx, health, metrics));
    AdminGuard guard = new AdminGuard(options.token(), parts.tenants());
    endpoints.addAll(administration(parts, guard));
    Dialect management = new ManagementDialect(endpoints);
    // Its own requests are not counted: those who watch would drown those who are watched.
    return Gateway.start(vertx, listening(options), List.of(management), new SimpleMeterRegistry())
        .map(server -> new Management(server, health));
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Answers from now on that the gateway is not ready, so that no more requests are sent to it. */
  public void drain() {
    health.drain();
  }

  public Future<Void> stop() {
    return server.stop();
  }

  private static List<Endpoint> open(Vertx vertx, Health health, Metrics metrics) {
    return List.of(
        get("live", "/health/live", call -> health.live()),
        get("ready", "/health/ready", call -> health.ready()),
        get(
            "metrics",
            "/metrics",
            call -> {
              String accept = call.header("Accept").orElse("");
              return vertx.executeBlocking(() -> metrics.scrape(accept), false);
            }));
  }

  static List<Endpoint> administration(AdministrationParts parts, AdminGuard guard) {
    var tenants =
        new TenantAdministration(
            parts.tenants(), parts.rules(), parts.tokens(), parts.ratesChanged(), parts.clock());
    var credentials =
        new CredentialAdministration(
            parts.issuer(), (tenant, id) -> organisation(parts.holders(), tenant, id));
    List<Endpoint> endpoints = new ArrayList<>(guard.onAll(tenants.onAll()));
    endpoints.addAll(guard.onTenants(tenants.onTenants().and(credentials.onTenants())));
    parts.dialects().forEach(dialect -> endpoints.addAll(guard.onTenants(ofDialect(dialect))));
    return endpoints;
  }

  private static Operations<TenantId> ofDialect(Dialect dialect) {
    String prefix = "/admin/tenants/:tenant/" + dialect.name();
    return dialect.administration().map(operation -> operation.below(prefix));
  }

  /** An organisation's id says which holder it is; whether the tenant has it, only the store. */
  private static Future<HolderId> organisation(HolderStore holders, TenantId tenant, String id) {
    return Stream.of(Environment.values())
        .flatMap(world -> new IdCodec(world).decode(IdPrefix.ORGANISATION, id).stream())
        .map(HolderId::new)
        .findFirst()
        .map(holder -> holders.find(tenant, holder))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(
            found ->
                found
                    .filter(holder -> holder.kind().equals(ORGANISATION_KIND))
                    .orElseThrow(AdminErrors::unknownOrganisation)
                    .id());
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Consumes.NOTHING, handler);
  }

  private static GatewayOptions listening(ManagementOptions options) {
    GatewayOptions usual = GatewayOptions.DEFAULT;
    return new GatewayOptions(
        options.host(),
        options.port(),
        1,
        usual.maxBodyBytes(),
        usual.maxHeaderBytes(),
        usual.maxInitialLineBytes(),
        usual.maxConnections(),
        DEADLINE_MS,
        usual.idleTimeoutMs(),
        DRAIN_MS);
  }
}
