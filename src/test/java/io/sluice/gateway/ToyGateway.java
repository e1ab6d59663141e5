package io.sluice.gateway;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.HttpSettings;
import io.sluice.config.TlsSettings;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.RawClient;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with a toy dialect, new for each test. */
abstract class ToyGateway {
  static final HttpSettings SETTINGS =
      HttpSettings.SECTION.of(Map.of("http.port", "0", "http.lameDuckMs", "0"));
  static final int MAX_BODY_BYTES = SETTINGS.maxBodyBytes();

  /** Only to end what hangs. */
  static final long DRAIN_TIMEOUT_MS = Patience.LIMIT.toMillis();

  final Vertx vertx = Vertx.vertx();
  final ToyDialect toy = new ToyDialect();

  /** What the gateway takes for time; it stands still until a test moves it. */
  private final AtomicLong nanos = new AtomicLong();

  SimpleMeterRegistry registry;
  Gateway gateway;
  TestClient client;

  @BeforeEach
  void start() {
    start(SETTINGS);
  }

  void start(HttpSettings settings) {
    registry = new SimpleMeterRegistry();
    var port = new Port("http", settings, tls(), hosts());
    gateway = Await.result(Gateway.start(vertx, port, List.of(toy), registry, nanos::get));
    gateway.registerCertificate(registry);
    client = client();
  }

  /** How its port speaks TLS. */
  TlsSettings tls() {
    return TlsSettings.HTTP.defaults();
  }

  TestClient client() {
    return TestClient.of("http://127.0.0.1:" + gateway.port(), ReplyCheck.NONE);
  }

  /** A connection, for what no HTTP client sends. */
  RawClient raw() {
    return new RawClient(gateway.port());
  }

  /** The names by which its port may be called. */
  Hosts hosts() {
    return Hosts.ANY;
  }

  /** Starts anew on one event loop, configured otherwise in these keys. */
  void restart(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(changes);
    settings.putIfAbsent("http.port", "0");
    settings.putIfAbsent("http.lameDuckMs", "0");
    settings.putIfAbsent("http.eventLoops", "1");
    restart(HttpSettings.SECTION.of(settings));
  }

  private void restart(HttpSettings settings) {
    Await.result(gateway.stop(DRAIN_TIMEOUT_MS));
    start(settings);
  }

  @AfterEach
  void stop() {
    Await.result(vertx.close());
  }

  /** Makes everything that is in flight late. */
  void passDeadline() {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(SETTINGS.requestTimeoutMs() + 1));
  }

  /** Makes connections idle for too long. */
  void passIdleTimeout() {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(SETTINGS.idleTimeoutMs() + 1));
  }

  long answers(String operation, int status) {
    return registry
        .find("sluice.http.requests")
        .tags("operation", operation, "status", Integer.toString(status))
        .timers()
        .stream()
        .mapToLong(Timer::count)
        .sum();
  }

  double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  double cuts(Cut cause) {
    return registry.get("sluice.http.cut").tag("cause", cause.label()).functionCounter().count();
  }

  static String post(String headers) {
    return "POST /toy/a/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  void awaitHandled(int expected) {
    Waiting.until(() -> toy.handled.get() == expected);
  }

  void awaitInFlight(int expected) {
    Waiting.until(() -> gateway.inFlight() == expected);
  }
}
