package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Duration MOST_HELD = Duration.ofMillis(SteadyClock.MOST_HELD_MS);

  private final CapturedLog log = CapturedLog.of(SteadyClock.class);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SettableClock machine = new SettableClock();
  private final Instant start = machine.instant();
  private long nanos = Long.MAX_VALUE - 1;
  private final SteadyClock clock = new SteadyClock(machine, () -> nanos, registry);

  @AfterEach
  void close() {
    log.close();
  }

  private void pass(Duration time) {
    machine.advance(time);
    nanos += time.toNanos();
  }

  private double held() {
    return registry.get("sluice.clock.held").gauge().value();
  }

  private double jumps() {
    return registry.get("sluice.clock.jumps").counter().count();
  }

  @Test
  void tellsTheMachinesTime() {
    // Given
    clock.instant();

    // When
    pass(Duration.ofDays(1));

    // Then
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofDays(1)));
    assertThat(jumps()).isZero();
    assertThat(held()).isZero();
  }

  @Test
  void standsStillWhileTheMachinesClockIsALittleBehind() {
    // Given
    clock.instant();

    // When
    machine.advance(MOST_HELD.negated());

    // Then
    assertThat(clock.instant()).isEqualTo(start);
    assertThat(held()).isEqualTo(60);
    assertThat(jumps()).isZero();
    assertThat(log.lines()).isEmpty();
    pass(MOST_HELD.plusNanos(1));
    assertThat(clock.instant()).isEqualTo(start.plusNanos(1));
  }

  @Test
  void keepsNoTimeThatTheMachinesClockWasSetBackFrom() {
    // Given
    machine.advance(Duration.ofDays(1));
    clock.instant();

    // When
    machine.advance(Duration.ofDays(-1));

    // Then
    assertThat(clock.instant()).isEqualTo(start);
    assertThat(held()).isZero();
  }

  @Test
  void saysAndCountsWhenTheMachinesClockIsSet() {
    // Given
    machine.advance(Duration.ofDays(1));

    // When
    clock.instant();
    clock.instant();

    // Then
    assertThat(jumps()).isEqualTo(1);
    assertThat(log.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN))
        .satisfies(
            line ->
                assertThat(CapturedLog.values(line)).containsEntry("sluice.jump_ms", 86_400_000L));
  }

  @Test
  void holdsNoLongerWhenManySmallStepsLeadFarBack() {
    // Given
    clock.instant();
    machine.advance(MOST_HELD.negated());
    clock.instant();

    // When
    machine.advance(MOST_HELD.negated());

    // Then
    assertThat(clock.instant()).isEqualTo(start.minus(MOST_HELD).minus(MOST_HELD));
  }
}
