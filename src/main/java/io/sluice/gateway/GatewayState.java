package io.sluice.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** What the servers of all event loops share. */
final class GatewayState {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongSupplier nanoTime;
  private volatile boolean draining;

  /**
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  GatewayState(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Counts a new connection; false when there are too many, which then must be closed. */
  boolean connected(int maxConnections) {
    return connections.incrementAndGet() <= maxConnections;
  }

  void disconnected() {
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  void requestStarted() {
    inFlight.incrementAndGet();
  }

  void requestEnded() {
    inFlight.decrementAndGet();
  }

  int inFlight() {
    return inFlight.get();
  }

  /** From now on every answer asks its client to connect elsewhere. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }
}
