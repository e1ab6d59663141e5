package io.sluice.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDv7 as RFC 9562 section 6.2, method 3: 48 bits of milliseconds, 12 bits of the
 * millisecond's fraction, 62 random bits. Within one process each id is greater than the one before
 * it, also when the clock stands still or is set back. Never blocks.
 */
public final class TimeOrderedIds implements Ids {
  private static final int FRACTION_BITS = 12;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_MILLI = 1_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final InstantSource clock;
  private final AtomicLong lastTick = new AtomicLong();
  // The quick generator is not seeded from the system's entropy; this makes two processes differ.
  private final long processKey = new SecureRandom().nextLong();

  public TimeOrderedIds() {
    this(InstantSource.system());
  }

  /** Ids of another clock, for tests. */
  public TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    long now = tick(clock.instant());
    long tick = lastTick.updateAndGet(last -> Math.max(last + 1, now));
    long random = ThreadLocalRandom.current().nextLong() ^ processKey;
    return new UUID(high(tick), (random & VARIANT_MASK) | VARIANT);
  }

  /** When an id was made, in whole microseconds: no earlier than any that is less. */
  public static Instant timeOf(UUID id) {
    long millis = id.getMostSignificantBits() >>> 16;
    long fraction = id.getMostSignificantBits() & FRACTION_MASK;
    long micros = fraction * MICROS_PER_MILLI >> FRACTION_BITS;
    return Instant.ofEpochMilli(millis).plusNanos(micros * NANOS_PER_MICRO);
  }

  /** An id that is less than every one made at a time or later. */
  public static UUID firstOf(Instant time) {
    return new UUID(high(tick(time)), VARIANT);
  }

  private static long high(long tick) {
    return (tick >>> FRACTION_BITS) << 16 | VERSION_7 | (tick & FRACTION_MASK);
  }

  /** Time in units of 1/4096 of a millisecond. */
  private static long tick(Instant instant) {
    int nanos = instant.getNano();
    long millis = instant.getEpochSecond() * MILLIS_PER_SECOND + nanos / NANOS_PER_MILLI;
    long fraction = ((long) (nanos % NANOS_PER_MILLI) << FRACTION_BITS) / NANOS_PER_MILLI;
    return millis << FRACTION_BITS | fraction;
  }
}
