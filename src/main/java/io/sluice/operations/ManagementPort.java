package io.sluice.operations;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.HttpSettings;
import io.sluice.config.ManagementSettings;
import io.sluice.config.TlsSettings;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.gateway.Gateway;
import io.sluice.gateway.Hosts;
import io.sluice.gateway.Port;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The running management port. */
public final class ManagementPort {
  /** How long a stop waits for administrators' requests in flight. */
  private static final long DRAIN_TIMEOUT_MS = 2_000;

  /** Shorter than the time after which orchestrators usually give up. */
  private static final long CHECK_DEADLINE_MS = 2_000;

  /** As a dialect's, of its document and its errors. */
  static final String NAME = "management";

  private static final Room.Sign SIGN =
      new Room.Sign(NAME, "Management", ManagementPort::isOurs, AdminErrors::of);

  /** Probes, scrapers and administrators are few. */
  public static final int MAX_CONNECTIONS = 100;

  /** Memory for what they send and do not read. */
  private static final int BODY_BUDGET_BYTES = 8_388_608;

  private final Gateway server;
  private final Health health;
  private final Console console;

  private ManagementPort(Gateway server, Health health, Console console) {
    this.server = server;
    this.health = health;
    this.console = console;
  }

  /**
   * Listens, with a server and limits of its own.
   *
   * @param settings anything but a loopback host shows health and metrics to all who can reach it
   * @param checks that must hold for the gateway to be ready
   */
  public static Future<ManagementPort> start(
      Vertx vertx,
      ManagementSettings settings,
      TlsSettings tls,
      AdminCredential credential,
      AdministrationParts parts,
      Metrics metrics,
      List<HealthCheck> checks) {
    Health health = new Health(checks, CHECK_DEADLINE_MS);
    return start(vertx, settings, tls, credential, parts, metrics, health);
  }

  static Future<ManagementPort> start(
      Vertx vertx,
      ManagementSettings settings,
      TlsSettings tls,
      AdminCredential credential,
      AdministrationParts parts,
      Metrics metrics,
      Health health) {
    metrics.readiness(health::readiness);
    List<Endpoint> endpoints = new ArrayList<>(open(vertx, health, metrics));
    AdminGuard guard = new AdminGuard(credential, parts);
    endpoints.addAll(administration(parts, guard));
    Dialect management = ManagementRoom.of(SIGN, endpoints);
    Console console = Console.start(vertx, parts, guard, metrics);
    // Its own requests are not counted: those who watch would drown those who are watched.
    return Gateway.start(
            vertx,
            new Port("management", limits(settings), tls, hosts(settings)),
            List.of(console.dialect(), management),
            new SimpleMeterRegistry())
        .onSuccess(server -> server.registerCertificate(metrics.registry()))
        .map(server -> new ManagementPort(server, health, console));
  }

  /**
   * Nobody configures it further, and one event loop is plenty. It has limits of its own, so that
   * nobody who crowds the providers' port keeps a probe out.
   */
  private static HttpSettings limits(ManagementSettings settings) {
    return HttpSettings.SECTION.of(
        Map.of(
            "http.host", settings.host(),
            "http.port", Integer.toString(settings.port()),
            "http.eventLoops", "1",
            "http.maxConnections", Integer.toString(MAX_CONNECTIONS),
            "http.bodyBudgetBytes", Integer.toString(BODY_BUDGET_BYTES),
            "http.lameDuckMs", "0"));
  }

  private static Hosts hosts(ManagementSettings settings) {
    Set<String> names = new HashSet<>(settings.allowedHosts());
    names.add(settings.host());
    return Hosts.named(names);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Answers from now on that the gateway is not ready, so that no more requests are sent to it. */
  public void drain() {
    health.drain();
    console.end();
  }

  public Future<Void> stop() {
    console.end();
    return server.stop(DRAIN_TIMEOUT_MS);
  }

  private static List<Endpoint> open(Vertx vertx, Health health, Metrics metrics) {
    return List.of(
        get("live", "/health/live", call -> health.live()),
        get("ready", "/health/ready", call -> health.ready()),
        get(
            "metrics",
            "/metrics",
            call -> {
              // Not waited for: a scrape must not hang where the database does. The next one tells.
              health.ready();
              String accept = call.listHeader("Accept").orElse("");
              return vertx.executeBlocking(() -> metrics.scrape(accept), false);
            }));
  }

  /** All but what every port serves: the document, and the pages that show it. */
  private static boolean isOurs(String path) {
    return !path.equals("/") && !path.startsWith("/openapi/") && !path.startsWith("/reference/");
  }

  static List<Endpoint> administration(AdministrationParts parts, AdminGuard guard) {
    Administration own = Administration.of(parts);
    List<Endpoint> endpoints = new ArrayList<>(guard.onAll(own.onAll()));
    endpoints.addAll(guard.onTenants(own.onTenants()));
    parts.dialects().forEach(dialect -> endpoints.addAll(guard.onTenants(ofDialect(dialect))));
    return endpoints;
  }

  private static Operations<TenantId> ofDialect(Dialect dialect) {
    String prefix = "/admin/tenants/:tenant/" + dialect.name();
    return dialect.administration().map(operation -> operation.below(prefix));
  }

  private static Endpoint get(
      String operation, String path, Function<Call, Future<Answer>> handler) {
    return Endpoint.open(operation, HttpMethod.GET, path, Consumes.NOTHING, handler);
  }
}
