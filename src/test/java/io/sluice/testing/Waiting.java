package io.sluice.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets a test's own thread wait, always with a bound. */
public final class Waiting {
  private static final long PAUSE_NANOS = 5_000_000;

  private Waiting() {}

  /** Until a condition holds. */
  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + Patience.LIMIT);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
