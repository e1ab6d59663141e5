package io.sluice.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.HttpSettings;
import io.sluice.config.TlsSettings;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.FirstTransfer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
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
  private final TryIt tryIt;
  private final Queue<GatewayVerticle> servers;
  private final String deployment;
  private final int lameDuckMs;
  private final Optional<TlsRenewal> renewal;

  private Gateway(
      Vertx vertx,
      Port port,
      GatewayState state,
      TryIt tryIt,
      Queue<GatewayVerticle> servers,
      String deployment,
      Optional<Tls> tls) {
    this.vertx = vertx;
    this.state = state;
    this.tryIt = tryIt;
    this.servers = servers;
    this.deployment = deployment;
    lameDuckMs = port.settings().lameDuckMs();
    renewal =
        tls.map(
            shown ->
                new TlsRenewal(
                    vertx, port.tls(), port.name(), shown, next -> servers.element().show(next)));
  }

  /**
   * Starts one server for each event loop.
   *
   * @param registry where requests are counted
   * @throws IllegalArgumentException when a dialect does not own the path of one of its endpoints,
   *     or another dialect before it does
   */
  public static Future<Gateway> start(
      Vertx vertx, Port port, List<Dialect> dialects, MeterRegistry registry) {
    return start(vertx, port, dialects, registry, System::nanoTime);
  }

  static Future<Gateway> start(
      Vertx vertx,
      Port port,
      List<Dialect> dialects,
      MeterRegistry registry,
      LongSupplier nanoTime) {
    dialects.forEach(dialect -> requireOwned(dialect, dialects));
    return tls(vertx, port.tls())
        .compose(tls -> start(vertx, port, tls, dialects, registry, nanoTime));
  }

  private static Future<Optional<Tls>> tls(Vertx vertx, TlsSettings settings) {
    return settings.isOn()
        ? vertx.executeBlocking(() -> Optional.of(Tls.read(settings)), false)
        : Future.succeededFuture(Optional.empty());
  }

  private static Future<Gateway> start(
      Vertx vertx,
      Port port,
      Optional<Tls> tls,
      List<Dialect> dialects,
      MeterRegistry registry,
      LongSupplier nanoTime) {
    HttpSettings settings = port.settings();
    var state = new GatewayState(settings, nanoTime);
    var metrics = new HttpMetrics(registry, state);
    var tryIt = new TryIt();
    List<Endpoint> documents = Documents.endpoints(dialects, tryIt);
    int listenPort = settings.port() == 0 ? FREE_PORTS.decrementAndGet() : settings.port();
    Queue<GatewayVerticle> servers = new ConcurrentLinkedQueue<>();
    Supplier<GatewayVerticle> supplier =
        () -> {
          var server =
              new GatewayVerticle(port, tls, listenPort, dialects, documents, metrics, state);
          servers.add(server);
          return server;
        };
    return vertx
        .deployVerticle(supplier, new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(id -> new Gateway(vertx, port, state, tryIt, servers, id, tls));
  }

  /** The port that all servers listen on. */
  public int port() {
    return servers.element().port();
  }

  /** Lets the pages of a dialect's reference try requests as the demo; whoever opens them can. */
  public void tryAs(String dialect, FirstTransfer demo) {
    tryIt.with(dialect, demo);
  }

  /** Tells of the certificate in these metrics, where there is one. */
  public void registerCertificate(MeterRegistry registry) {
    renewal.ifPresent(known -> known.register(registry));
  }

  /** How many requests are being read or answered. */
  public int inFlight() {
    return state.inFlight();
  }

  /** Has somebody follow all calls that come from now on. */
  public void follow(CallTracer tracer) {
    state.follow(tracer);
  }

  /**
   * Answers with {@code Connection: close} from now on, goes on so for the lame-duck time, in which
   * whoever sends requests here learns not to; then accepts no more connections, and closes when
   * all that is in flight is answered.
   *
   * @param drainTimeoutMs after which it closes all the same
   */
  public Future<Void> stop(long drainTimeoutMs) {
    state.drain();
    return lameDuckMs == 0
        ? close(drainTimeoutMs)
        : vertx.timer(lameDuckMs).transform(over -> close(drainTimeoutMs));
  }

  private Future<Void> close(long drainTimeoutMs) {
    state.close();
    renewal.ifPresent(TlsRenewal::stop);
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
