package io.sluice.assembly;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one time of a process, for what it reads as well as for what it decides: that of its machine,
 * which never goes back here when that is set back a little. What was set wrong by more is not kept
 * when it is put right: else transfers would be stamped with a time that never was, and lots that
 * live would count as expired, until it has come. Used by any thread.
 */
final class SteadyClock extends Clock {
  /** How long time stands still while the machine's clock is behind it; beyond, it follows. */
  static final long MOST_HELD_MS = 60_000;

  private static final Logger log = LoggerFactory.getLogger(SteadyClock.class);
  private static final int MILLIS_DIGITS = 3;

  private final InstantSource machine;
  private final LongSupplier nanoTime;
  private final Counter jumps;
  private Instant latest;
  private Instant read;
  private long readNanos;

  /**
   * @param machine what its clock says
   * @param nanoTime passes as {@link System#nanoTime} does, whatever the clock is set to
   */
  SteadyClock(InstantSource machine, LongSupplier nanoTime, MeterRegistry registry) {
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.read = machine.instant();
    this.readNanos = nanoTime.getAsLong();
    this.latest = read;
    this.jumps =
        Counter.builder("sluice.clock.jumps")
            .description("How often the machine's clock was set by more than a minute")
            .register(registry);
    Gauge.builder("sluice.clock.held", this::heldSeconds)
        .description("By how much the machine's clock is behind the time that is used")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = machine.instant();
    long nanos = nanoTime.getAsLong();
    long jumpMs = millis(read, now) - TimeUnit.NANOSECONDS.toMillis(nanos - readNanos);
    read = now;
    readNanos = nanos;
    if (Math.abs(jumpMs) > MOST_HELD_MS) {
      jumps.increment();
      log.atWarn()
          .addKeyValue("sluice.jump_ms", jumpMs)
          .addKeyValue("sluice.time", now)
          .log("The machine's clock was set by more than a minute; its new time is used");
    }
    if (now.isAfter(latest) || millis(now, latest) > MOST_HELD_MS) {
      latest = now;
    }
    return latest;
  }

  private static long millis(Instant from, Instant to) {
    return to.toEpochMilli() - from.toEpochMilli();
  }

  private synchronized BigDecimal heldSeconds() {
    return BigDecimal.valueOf(Math.max(0, millis(machine.instant(), latest)), MILLIS_DIGITS);
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
