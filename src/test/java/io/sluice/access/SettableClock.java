package io.sluice.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. */
final class SettableClock extends Clock {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.250Z");

  private volatile Instant now = START;

  void advance(Duration by) {
    now = now.plus(by);
  }

  /** The same time for those who measure rather than read it. */
  long nanos() {
    return Duration.between(START, now).toNanos();
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
