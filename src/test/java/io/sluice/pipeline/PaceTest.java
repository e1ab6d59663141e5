package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000;
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long START = Long.MAX_VALUE - STALL_NANOS;

  private final Pace pace = new Pace(START);
  private long now = START;

  private void work(int legs, boolean moreWaits) {
    now += Pace.WINDOW_NANOS;
    pace.done(legs, moreWaits, now);
  }

  /** Two windows, as the first one does not begin with work. */
  private void learn(int legs) {
    work(legs, true);
    work(legs, true);
  }

  @Test
  void letsAnythingWaitWhileNothingIsKnown() {
    // When
    work(1, false);

    // Then
    assertThat(pace.isEnoughFor(1_000_000, 1)).isTrue();
  }

  @Test
  void learnsFromWhatIsDoneWhileMoreWaits() {
    // When
    learn(1_000);

    // Then: 10,000 a second
    assertThat(pace.isEnoughFor(10_000, SECOND)).isTrue();
    assertThat(pace.isEnoughFor(10_001, SECOND)).isFalse();
    assertThat(pace.isEnoughFor(0, 1)).isTrue();
  }

  @Test
  void measuresNothingWithinLessThanAWindow() {
    // Given
    work(1, true);

    // When
    pace.done(1, true, now + Pace.WINDOW_NANOS - 1);

    // Then
    assertThat(pace.isEnoughFor(1_000_000, 1)).isTrue();
  }

  @Test
  void idlenessIsNoSlowness() {
    // Given
    learn(1_000);

    // When
    work(1, false);
    work(1, false);

    // Then
    assertThat(pace.isEnoughFor(10_000, SECOND)).isTrue();
  }

  @Test
  void aWindowThatBeganWithoutWorkIsNoSlowness() {
    // Given
    learn(1_000);
    work(1, false);

    // When
    work(1, true);

    // Then
    assertThat(pace.isEnoughFor(10_000, SECOND)).isTrue();
  }

  @Test
  void whatIsDoneWithTimeToSpareIsTheLeastThatCanBeDone() {
    // Given
    learn(100);

    // When
    work(1_000, false);

    // Then
    assertThat(pace.isEnoughFor(5_500, SECOND)).isTrue();
    assertThat(pace.isEnoughFor(5_501, SECOND)).isFalse();
  }

  @Test
  void oneStallHalvesAndManySlowWindowsConvince() {
    // Given
    learn(1_000);
    now += STALL_NANOS;
    work(1, true);
    assertThat(pace.isEnoughFor(5_000, SECOND)).isTrue();

    // When
    for (int i = 0; i < 20; i++) {
      work(10, true);
    }

    // Then
    assertThat(pace.isEnoughFor(101, SECOND)).isFalse();
  }
}
