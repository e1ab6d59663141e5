package io.sluice.dialect;

import io.sluice.ledger.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ids of what the demo sets up: at every start the same ones in the same order, so that examples
 * can name them. Not for use by several threads at once.
 *
 * <p>They are UUIDv7 of milliseconds in a row, whose other bits are zero; nothing else draws such.
 */
public final class DemoIds implements Ids {
  private static final long FIRST_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** More than a dialect sets up. */
  private static final int PER_SERIES = 1_000;

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private long millis;

  /**
   * The ids of one dialect from the first on.
   *
   * @param series a number of the dialect's own, as holders of all dialects share one table
   */
  public DemoIds(int series) {
    millis = FIRST_MS + (long) series * PER_SERIES;
  }

  /** The next of them for what is made first, and further ids for what is made with it. */
  public Ids thenOf(Ids others) {
    var first = new AtomicReference<>(next());
    return () -> Optional.ofNullable(first.getAndSet(null)).orElseGet(others::next);
  }

  @Override
  public UUID next() {
    return new UUID(millis++ << 16 | VERSION_7, VARIANT);
  }
}
