package io.sluice.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that stands until it is moved. */
public final class SettableClock extends Clock {
  /** In the middle of a second, so that nobody relies on whole ones. */
  private static final Instant SOME_MOMENT = Instant.parse("2026-03-01T12:00:00.250Z");

  private final Instant start;
  private volatile Instant now;

  /** Stands at a moment that is always the same. */
  public SettableClock() {
    this(SOME_MOMENT);
  }

  private SettableClock(Instant start) {
    this.start = start;
    now = start;
  }

  /** Stands at the present, to the microsecond, as a database keeps it. */
  public static SettableClock atPresent() {
    return new SettableClock(Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  /** Moves it, backwards too. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** The same time for those who measure rather than read it. */
  public long nanos() {
    return Duration.between(start, now).toNanos();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock knows UTC only");
  }
}
