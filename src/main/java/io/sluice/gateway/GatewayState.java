package io.sluice.gateway;

import io.sluice.access.ClientAddress;
import io.sluice.config.HttpSettings;
import io.sluice.ledger.TenantId;
import io.sluice.share.Shares;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** What the servers of all event loops share. */
final class GatewayState {
  /** What strangers have of the bytes for bodies, and once more what slow readers have. */
  private static final int PARTS_OF_BUDGET = 8;

  private final Shares<ClientAddress> connections;
  private final Shares<TenantId> bodies;
  private final Shares<ClientAddress> unfinished;
  private final Shares<ClientAddress> unread;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLongArray cuts = new AtomicLongArray(Cut.values().length);
  private final Queue<LoopRequests> loops = new ConcurrentLinkedQueue<>();
  private final LongSupplier nanoTime;
  private volatile CallTracer tracer = CallTracer.NONE;
  private volatile boolean draining;
  private volatile boolean closing;

  /**
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  GatewayState(HttpSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    int strangers = settings.bodyBudgetBytes() / PARTS_OF_BUDGET;
    connections = new Shares<>(settings.maxConnections());
    bodies = new Shares<>(settings.bodyBudgetBytes() - 2 * strangers);
    unfinished = new Shares<>(strangers);
    unread = new Shares<>(strangers);
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  CallTracer tracer() {
    return tracer;
  }

  /** From now on calls are followed. */
  void follow(CallTracer other) {
    tracer = other;
  }

  /** Places for connections. */
  Shares<ClientAddress> connections() {
    return connections;
  }

  /** Bytes of bodies that came from callers whose tenant is known. */
  Shares<TenantId> bodies() {
    return bodies;
  }

  /** Bytes of what strangers sent: heads that are not whole, and bodies of open operations. */
  Shares<ClientAddress> unfinished() {
    return unfinished;
  }

  /** Bytes of answers that clients do not take. */
  Shares<ClientAddress> unread() {
    return unread;
  }

  /** Bytes of all three kinds. */
  long heldBytes() {
    return bodies.used() + unfinished.used() + unread.used();
  }

  void cut(Cut cause) {
    cuts.incrementAndGet(cause.ordinal());
  }

  long cuts(Cut cause) {
    return cuts.get(cause.ordinal());
  }

  void add(LoopRequests loop) {
    loops.add(loop);
  }

  /** Adds up what the event loops tell; a tenth of a second old. */
  int sum(ToIntFunction<LoopRequests.Counts> count) {
    return loops.stream().map(LoopRequests::counts).mapToInt(count).sum();
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

  /** From now on nobody new is let in. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }
}
