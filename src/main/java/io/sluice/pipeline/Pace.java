package io.sluice.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * How fast the lanes work off what waits. It is learnt from what they finish while something is
 * always waiting; while they have time to spare they show no more than that they can do at least as
 * much. For one thread only.
 */
final class Pace {
  /** How long is measured before it counts; one batch that was held up is no pace. */
  static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

  /** Zero while nobody knows. */
  private long legsPerSecond;

  private long windowStart;
  private long windowLegs;
  private boolean busy;

  Pace(long nowNanos) {
    windowStart = nowNanos;
  }

  /**
   * Notes that a batch is done.
   *
   * @param moreWaits whether something waits for a lane although each that is idle took its batch
   */
  void done(int legs, boolean moreWaits, long nowNanos) {
    windowLegs += legs;
    busy &= moreWaits;
    long passed = nowNanos - windowStart;
    if (passed >= WINDOW_NANOS) {
      learn(Math.max(1, windowLegs * NANOS_PER_SECOND / passed));
      windowStart = nowNanos;
      windowLegs = 0;
      busy = moreWaits;
    }
  }

  /** Half of what was known stays, so that one stall of the disk counts for little. */
  private void learn(long sample) {
    boolean known = legsPerSecond > 0;
    if (!known && busy) {
      legsPerSecond = sample;
    } else if (known && (busy || sample > legsPerSecond)) {
      legsPerSecond = (legsPerSecond + sample) / 2;
    }
  }

  /** Whether so many legs are worked off within that time, as far as anybody knows. */
  boolean isEnoughFor(long legs, long millis) {
    return legsPerSecond == 0 || legs * MILLIS_PER_SECOND <= legsPerSecond * millis;
  }
}
