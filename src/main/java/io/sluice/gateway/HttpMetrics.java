package io.sluice.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** The meters of the gateway. Labels are route templates and operation ids, never ids or paths. */
final class HttpMetrics {
  private static final int MAX_STATUS = 600;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final ConcurrentMap<String, Operation> operations = new ConcurrentHashMap<>();

  HttpMetrics(MeterRegistry registry, GatewayState state) {
    this.registry = registry;
    Gauge.builder("sluice.http.in.flight", state, GatewayState::inFlight)
        .description("Requests read or answered right now")
        .register(registry);
    gauge("sluice.http.connections", "Open client connections", () -> state.connections().used());
    gauge(
        "sluice.http.connections.max",
        "Client connections that may be open",
        () -> state.connections().capacity());
    gauge(
        "sluice.http.heads",
        "Connections whose client has not sent a whole head yet",
        () -> state.sum(LoopRequests.Counts::heads));
    gauge(
        "sluice.http.idle",
        "Connections between two requests",
        () -> state.sum(LoopRequests.Counts::idle));
    gauge(
        "sluice.http.bodies",
        "Requests whose body comes in",
        () -> state.sum(LoopRequests.Counts::bodies));
    gauge(
        "sluice.http.unread",
        "Connections whose client does not take its answer",
        () -> state.sum(LoopRequests.Counts::unread));
    gauge(
        "sluice.http.held.bytes",
        "Bytes of bodies, of unfinished heads and of unread answers",
        state::heldBytes);
    for (Cut cause : Cut.values()) {
      FunctionCounter.builder("sluice.http.cut", state, counting -> counting.cuts(cause))
          .description("Connections that were cut")
          .tag("cause", cause.label())
          .register(registry);
    }
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).strongReference(true).register(registry);
  }

  /** The meters of one operation; the same ones for equal arguments. */
  Operation operation(String dialect, String operation, String route, String method) {
    String known = METHODS.contains(method) ? method : "OTHER";
    return operations.computeIfAbsent(
        dialect + ' ' + operation + ' ' + known,
        key -> new Operation(dialect, operation, route, known));
  }

  /** Times and sizes of one operation, by status. Meters are looked up once, then kept. */
  final class Operation {
    private final String dialect;
    private final String name;
    private final String route;
    private final String method;
    private final Counter received;
    private final Counter sent;
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(MAX_STATUS);

    private Operation(String dialect, String name, String route, String method) {
      this.dialect = dialect;
      this.name = name;
      this.route = route;
      this.method = method;
      received = bytes("sluice.http.request.bytes", "Bytes of request bodies");
      sent = bytes("sluice.http.response.bytes", "Bytes of response bodies");
    }

    String dialect() {
      return dialect;
    }

    String name() {
      return name;
    }

    String route() {
      return route;
    }

    void record(int status, long nanos, long receivedBytes, long sentBytes) {
      Timer timer = timers.getPlain(status);
      if (timer == null) {
        timer = timer(status);
        timers.set(status, timer);
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
      received.increment(receivedBytes);
      sent.increment(sentBytes);
    }

    private Counter bytes(String meter, String description) {
      return Counter.builder(meter)
          .description(description)
          .tags("dialect", dialect, "operation", name)
          .register(registry);
    }

    private Timer timer(int status) {
      return Timer.builder("sluice.http.requests")
          .description("Time from a request's headers to its answer")
          .tags("dialect", dialect, "operation", name, "route", route, "method", method)
          .tag("status", Integer.toString(status))
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }
  }
}
