package io.sluice.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections to receivers, a bounded number of which wait a moment for the next message.
 * For one event loop.
 */
final class KeptConnections {
  /** So many times those that are sent on at once may be open, before none is kept. */
  private static final int TIMES_AT_ONCE = 4;

  private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final AtomicInteger count = new AtomicInteger();
  private final int most;

  /**
   * @param atOnce how many are sent on at once
   */
  KeptConnections(int atOnce, MeterRegistry registry) {
    most = TIMES_AT_ONCE * atOnce;
    Gauge.builder("sluice.events.connections", count, AtomicInteger::get)
        .description("Connections to receivers of webhooks that are open, also without a message")
        .register(registry);
  }

  /** Whether one more may be kept. */
  boolean isRoom() {
    return open.size() < most;
  }

  /** Notes that something is sent on it; whether something was before. */
  boolean isKept(HttpConnection connection) {
    if (!open.add(connection)) {
      return true;
    }
    count.set(open.size());
    connection.closeHandler(closed -> forget(connection));
    return false;
  }

  /** Notes that it is of no use any more. */
  void forget(HttpConnection connection) {
    open.remove(connection);
    count.set(open.size());
  }
}
