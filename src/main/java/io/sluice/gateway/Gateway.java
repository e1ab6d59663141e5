package io.sluice.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.HttpSettings;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The running HTTP front of all dialects. */
public final class Gateway {
  /** Vert.x lets servers that name the same negative number share a free port. */
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private final Vertx vertx;
  private final GatewayState state;
  private final Queue<GatewayVerticle> servers;
  private final String deployment;

  private Gateway(
      Vertx vertx, GatewayState state, Queue<GatewayVerticle> servers, String deployment) {
    this.vertx = vertx;
    this.state = state;
    this.servers = servers;
    this.deployment = deployment;
  }

  /**
   * Starts one server for each event loop.
   *
   * @throws IllegalArgumentException when a dialect does not own the path of one of its endpoints,
   *     or another dialect before it does
   */
  public static Future<Gateway> start(
      Vertx vertx, HttpSettings settings, List<Dialect> dialects, MeterRegistry registry) {
    return start(vertx, settings, dialects, registry, System::nanoTime);
  }

  static Future<Gateway> start(
      Vertx vertx,
      HttpSettings settings,
      List<Dialect> dialects,
      MeterRegistry registry,
      LongSupplier nanoTime) {
    dialects.forEach(dialect -> requireOwned(dialect, dialects));
    var state = new GatewayState(nanoTime);
    var metrics = new HttpMetrics(registry, state);
    List<Endpoint> documents = Documents.endpoints(dialects);
    int port = settings.port() == 0 ? FREE_PORTS.decrementAndGet() : settings.port();
    Queue<GatewayVerticle> servers = new ConcurrentLinkedQueue<>();
    Supplier<GatewayVerticle> supplier =
        () -> {
          var server = new GatewayVerticle(settings, port, dialects, documents, metrics, state);
          servers.add(server);
          return server;
        };
    return vertx
        .deployVerticle(supplier, new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(id -> new Gateway(vertx, state, servers, id));
  }

  /** The port that all servers listen on. */
  public int port() {
    return servers.element().port();
  }

  /** How many requests are being read or answered. */
  public int inFlight() {
    return state.inFlight();
  }

  /**
   * Stops accepting connections, answers what is in flight with {@code Connection: close}, and
   * closes when all is answered.
   *
   * @param drainTimeoutMs after which it closes all the same
   */
  public Future<Void> stop(long drainTimeoutMs) {
    state.drain();
    List<Future<Void>> drains =
        servers.stream().map(server -> server.drain(drainTimeoutMs)).toList();
    return Future.join(drains).transform(drained -> vertx.undeploy(deployment));
  }

  private static void requireOwned(Dialect dialect, List<Dialect> dialects) {
    for (Endpoint endpoint : dialect.endpoints()) {
      String path = endpoint.path();
      Dialect owner =
          dialects.stream()
              .filter(candidate -> candidate.owns(path))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("nobody owns " + path));
      if (owner != dialect) {
        throw new IllegalArgumentException(
            path + " is " + dialect.name() + "'s, but " + owner.name() + " owns it");
      }
    }
  }
}
