package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SettableClock;
import io.sluice.testing.StubCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long sessions of the console last, and how many there are. */
class ConsoleSessionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  private final ConsoleSessions sessions = new ConsoleSessions(clock);

  private StubCall opened(String token) {
    return StubCall.ofHeaders(
        Map.of(
            "Cookie", "sluice_console=" + sessions.open(ShownToken.of(token)).orElseThrow().id()));
  }

  private boolean isKnown(StubCall call) {
    return sessions.proof(call).isPresent();
  }

  @Test
  void endASessionThatIsNotUsed() {
    // Given
    StubCall call = opened("a");

    // When
    clock.advance(ConsoleSessions.IDLE.plus(MINUTE));

    // Then
    assertThat(isKnown(call)).isFalse();
  }

  @Test
  void endASessionInTheEndHoweverMuchItIsUsed() {
    // Given
    StubCall call = opened("a");
    Instant end = clock.instant().plus(ConsoleSessions.LIFE);

    // When
    while (!clock.instant().isAfter(end)) {
      assertThat(isKnown(call)).isTrue();
      clock.advance(ConsoleSessions.IDLE);
    }

    // Then
    assertThat(isKnown(call)).isFalse();
  }

  @Test
  void endTheOldestOfOneTokenForAFurtherOne() {
    // Given
    List<StubCall> all =
        IntStream.range(0, ConsoleSessions.MOST_OF_ONE).mapToObj(i -> opened("a")).toList();

    // When
    StubCall further = opened("a");

    // Then
    assertThat(all).extracting(this::isKnown).startsWith(false, true).containsOnlyOnce(false);
    assertThat(isKnown(further)).isTrue();
  }

  @Test
  void openNoMoreThanThereMayBe() {
    // Given
    IntStream.range(0, ConsoleSessions.MOST).forEach(i -> opened("token " + i));

    // When
    boolean isOpened = sessions.open(ShownToken.of("one more")).isPresent();

    // Then
    assertThat(isOpened).isFalse();
    clock.advance(ConsoleSessions.IDLE.plus(MINUTE));
    assertThat(isKnown(opened("one more"))).isTrue();
  }

  @Test
  void sayNothingOfThemselves() {
    // When
    var opened = sessions.open(ShownToken.of("a-token")).orElseThrow();

    // Then
    assertThat(opened.toString()).doesNotContain(opened.id());
    assertThat(ShownToken.of("a-token").toString()).doesNotContain("a-token");
  }
}
