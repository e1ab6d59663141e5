package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Chore.Round;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoreTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static Chore chore(int sharePercent) {
    return new Chore("test", PAUSE, sharePercent, () -> Future.succeededFuture(Round.IDLE));
  }

  @ParameterizedTest(name = "{0} % of the time, of which {1} ms are over: wait {2} ms")
  @CsvSource({"100, 30, 0", "50, 30, 30", "25, 30, 90", "1, 30, 2970", "50, 0, 0"})
  void takesNoMoreThanItsShareWhileThereIsMore(int share, long tookMs, long pauseMs) {
    // Given
    var round = new Round(5, Duration.ZERO, true);

    // When
    Duration pause = chore(share).pauseAfter(round, Duration.ofMillis(tookMs));

    // Then
    assertThat(pause).isEqualTo(Duration.ofMillis(pauseMs));
  }

  @Test
  void waitsItsPauseOnceAllIsDone() {
    // Given
    var round = new Round(5, Duration.ZERO, false);

    // When
    Duration pause = chore(1).pauseAfter(round, Duration.ofMinutes(1));

    // Then
    assertThat(pause).isEqualTo(PAUSE);
  }

  @Test
  void roundsAddUp() {
    // Given
    var first = new Round(5, Duration.ofSeconds(2), true);
    var second = new Round(3, Duration.ofSeconds(7), false);

    // When
    Round both = first.and(second);

    // Then
    assertThat(both).isEqualTo(new Round(8, Duration.ofSeconds(7), true));
    assertThat(second.and(first)).isEqualTo(both);
    assertThat(Round.IDLE.and(first)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void aShareIsAPartOfTheTime(int share) {
    assertThatThrownBy(() -> chore(share)).isInstanceOf(IllegalArgumentException.class);
  }
}
