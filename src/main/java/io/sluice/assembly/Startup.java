package io.sluice.assembly;

import io.sluice.config.DemoMode;
import io.sluice.config.ManagementSettings;
import io.sluice.config.SluiceConfig;
import io.sluice.config.TlsSettings;
import io.sluice.operations.AdminCredential;
import io.sluice.operations.HealthCheck;
import io.sluice.operations.HealthChecks;
import io.sluice.operations.ManagementPort;
import io.sluice.operations.Metrics;
import io.sluice.store.Database;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.EmbeddedServer;
import io.sluice.store.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts everything in its order: database, schema, pipeline and servers, demo. What does not wait
 * for the database is made ready while that starts. Blocks.
 */
public final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
  private static final long START_TIMEOUT_MS = 60_000;

  /** To close what is left. */
  private static final long STOP_MARGIN_MS = 10_000;

  private final SluiceConfig config;
  private final Shutdown shutdown;
  private final Metrics metrics = new Metrics(Version.text());

  private Startup(SluiceConfig config, Shutdown shutdown) {
    this.config = config;
    this.shutdown = shutdown;
  }

  /**
   * Starts the gateway. What has been started is undone by the shutdown, also after a failure.
   *
   * @throws StartException saying why it does not start
   */
  public static Running start(
      SluiceConfig config, Map<String, String> environment, Shutdown shutdown) {
    Capacity.ofProcess().require(config);
    return new Startup(config, shutdown).start(environment);
  }

  private Running start(Map<String, String> environment) {
    var groundwork = new Groundwork(config);
    CompletableFuture<String> adminToken =
        CompletableFuture.supplyAsync(() -> AdminToken.of(config));
    Optional<DatabaseRoles> external = DatabaseChoice.external(config, environment);
    DatabaseRoles roles = external.map(Startup::reach).orElseGet(this::startOwn);
    reached("the database answers");
    String schema = DatabaseReadiness.migrate(roles);
    Database database = roles.runtime();
    reached("the schema is at version " + schema);
    shutdown.add("close the threads", () -> stop(groundwork.vertx().close()));
    Assembly assembly = assemble(groundwork.under(database, metrics.registry()));
    reached("the gateway listens");
    String baseUrl = baseUrl(config, assembly.gateway().port());
    String managementUrl =
        manage(groundwork.vertx(), assembly, database, Groundwork.ready(adminToken));
    List<Running.DemoCall> calls =
        hasDemo(external.isEmpty())
            ? await("set the demo up", () -> Demo.of(assembly, baseUrl))
            : await("end the demo's credentials", () -> Demo.end(assembly));
    if (config.demo() == DemoMode.TRUE) {
      // Who reaches the port can then be the demo in a browser, so it has to be asked for.
      calls.forEach(
          call -> call.first().ifPresent(demo -> assembly.gateway().tryAs(call.dialect(), demo)));
    }
    return new Running(
        assembly, baseUrl, managementUrl, database, external.isEmpty(), schema, calls, age());
  }

  /** What the demo prints works, so it is for those who sit at this machine. */
  private boolean hasDemo(boolean embedded) {
    return switch (config.demo()) {
      case TRUE -> true;
      case FALSE -> false;
      case AUTO -> embedded && config.http().isLoopback();
    };
  }

  private static DatabaseRoles reach(DatabaseRoles roles) {
    return Progress.SHOWN.during(
        "reach the database", () -> DatabaseReadiness.awaitWritable(roles));
  }

  private DatabaseRoles startOwn() {
    EmbeddedServer server =
        Progress.SHOWN.during("start PostgreSQL", () -> DatabaseChoice.startOwn(config));
    shutdown.add("stop the embedded PostgreSQL", server::close);
    return server.roles();
  }

  private Assembly assemble(Foundation base) {
    Assembly assembly =
        listening(
            "http",
            config.http().host(),
            config.http().port(),
            () -> Assembly.start(base, Dialects.ALL, config));
    shutdown.add("drain the gateway", () -> stop(assembly.stop()));
    return assembly;
  }

  private String manage(Vertx vertx, Assembly assembly, Database database, String adminToken) {
    ManagementSettings settings = config.management();
    AdminCredential credential = AdminCredential.of(adminToken);
    AdminTokenFollower.start(vertx, config, credential, assembly.access().audit());
    List<HealthCheck> checks =
        List.of(
            HealthChecks.database(assembly.pools()),
            HealthChecks.migrations(vertx, new Migrations(database)),
            HealthChecks.lanes(assembly.pipeline()::connectedLanes),
            HealthChecks.transfers(assembly.pipeline()::databaseLacks));
    ManagementPort management =
        listening(
            "management",
            settings.host(),
            settings.port(),
            () ->
                ManagementPort.start(
                    vertx,
                    settings,
                    config.managementTls(),
                    credential,
                    assembly.administration(),
                    metrics,
                    checks));
    // The port itself stays open while requests in flight are finished; it ends with the threads.
    shutdown.add("say that the gateway is not ready", management::drain);
    return url(config.managementTls(), settings.host(), management.port());
  }

  /**
   * How clients reach a gateway.
   *
   * @param port that it listens on
   */
  static String baseUrl(SluiceConfig config, int port) {
    return config
        .http()
        .publicUrl()
        .orElseGet(() -> url(config.httpTls(), config.http().host(), port));
  }

  private static String url(TlsSettings tls, String host, int port) {
    String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String authority = (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
    return tls.scheme() + "://" + authority;
  }

  private static void reached(String step) {
    LOG.debug("{} after {} ms", step, age().toMillis());
  }

  private static Duration age() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  /**
   * Starts what listens on an address.
   *
   * @param section of the configuration, which has the keys {@code host} and {@code port}
   */
  private <T> T listening(String section, String host, int port, Supplier<Future<T>> action) {
    try {
      return await("start what listens on " + host + ":" + port, action);
    } catch (StartException e) {
      throw StartFailures.isOfAddress(e) ? StartFailures.cannotListen(section, host, port, e) : e;
    }
  }

  static <T> T await(String what, Supplier<Future<T>> action) {
    try {
      return Progress.SHOWN.during(
          what, () -> action.get().await(START_TIMEOUT_MS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new StartException("could not " + what + " within " + START_TIMEOUT_MS + " ms", e);
    } catch (Exception e) {
      // A future's failure comes as it is, also when it is a checked exception.
      throw new StartException("could not " + what + ": " + StartFailures.reason(e), e);
    }
  }

  /** How long a stop may take: nobody should end the process before. */
  public static Duration longestStop(SluiceConfig config) {
    return Duration.ofMillis(
        config.http().lameDuckMs() + config.pipeline().drainTimeoutMs() + STOP_MARGIN_MS);
  }

  private void stop(Future<Void> end) {
    try {
      end.await(longestStop(config).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("it took too long", e);
    }
  }
}
