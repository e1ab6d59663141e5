package io.sluice.share;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether anybody else has been about lately: who is alone may take all there is, others leave
 * something to each other. Remembers two parties, however many there are. Used by any thread.
 *
 * @param <P> who may be about; equal ones are one party
 */
public final class Presence<P> {
  private static final long LATELY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final LongSupplier nanoTime;
  private P last;
  private long lastSeen;
  private P other;
  private long otherSeen;

  public Presence() {
    this(System::nanoTime);
  }

  /** With a clock of somebody else. */
  public Presence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes that a party is about. */
  public synchronized void note(P party) {
    if (!party.equals(last)) {
      other = last;
      otherSeen = lastSeen;
      last = party;
    }
    lastSeen = nanoTime.getAsLong();
  }

  /** Whether nobody but this party has been about in the last quarter of a second. */
  public synchronized boolean isAlone(P party) {
    boolean own = party.equals(last);
    P latest = own ? other : last;
    long seen = own ? otherSeen : lastSeen;
    return latest == null || nanoTime.getAsLong() - seen >= LATELY_NANOS;
  }
}
