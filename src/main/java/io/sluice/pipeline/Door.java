package io.sluice.pipeline;

import io.sluice.ledger.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers for a moment whose command was refused because it would have waited too long, so that
 * the next ones need not be read to be refused. Used by any thread.
 */
final class Door {
  /** Much less than anybody may wait, so that nobody is refused who would find room. */
  static final long CLOSED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final LongSupplier nanoTime;
  private final Map<TenantId, Long> closedUntil = new ConcurrentHashMap<>();

  /**
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  Door(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Closes it to a tenant. */
  void close(TenantId tenant) {
    closedUntil.put(tenant, nanoTime.getAsLong() + CLOSED_NANOS);
  }

  /** Whether it is closed to a tenant. */
  boolean isClosed(TenantId tenant) {
    Long until = closedUntil.get(tenant);
    if (until == null) {
      return false;
    }
    boolean closed = nanoTime.getAsLong() - until < 0;
    if (!closed) {
      closedUntil.remove(tenant, until);
    }
    return closed;
  }
}
