package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.LoginGuard.Attempt;
import io.sluice.access.LoginGuard.Verdict;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What somebody tries who wants the guard to forget what he has guessed. */
class LoginGuardTest {
  private static final ClientAddress HERE = ClientAddress.of("10.0.0.1");
  private static final int GUESSES = AccessFixture.SETTINGS.maxLoginFailures();

  private final SettableClock clock = new SettableClock();
  private final LoginGuard guard = new LoginGuard(AccessFixture.SETTINGS, clock);

  private static Attempt attempt(String name) {
    return Attempt.of(HERE, AccessFixture.USER.name(), name);
  }

  /** A flood of names, each tried more often than the one that is to be forgotten. */
  private static IntStream flood() {
    return IntStream.range(0, 5 * 60_000).map(i -> i % 60_000);
  }

  private void guess(String name) {
    assertThat(guard.ask(attempt(name))).isInstanceOf(Verdict.Try.class);
    guard.wrong(attempt(name));
  }

  @Test
  void forgetsNoGuessesForTriesThatWereNotCarriedOut() {
    // Given
    IntStream.range(1, GUESSES).forEach(i -> guess("wanted"));

    // When: more names than are remembered, for which there is no place to hash
    flood()
        .mapToObj(i -> attempt("name " + i))
        .forEach(
            each -> {
              guard.ask(each);
              guard.unknown(each);
            });

    // Then: it is the last guess
    guess("wanted");
    assertThat(guard.ask(attempt("wanted"))).isInstanceOf(Verdict.Locked.class);
  }

  @Test
  void forgetsNoLockHoweverManyGuessesOfOtherNamesFail() {
    // Given
    IntStream.range(0, GUESSES).forEach(i -> guess("wanted"));

    // When
    IntStream.range(0, 2 * LoginGuard.MAX_REMEMBERED).forEach(i -> guess("name " + i));

    // Then
    assertThat(guard.ask(attempt("wanted")))
        .isEqualTo(new Verdict.Locked(AccessFixture.SETTINGS.loginLock()));
  }

  @Test
  void remembersNoMoreThanItMay() {
    // Given
    guess("first");
    IntStream.range(0, LoginGuard.MAX_REMEMBERED).forEach(i -> guess("name " + i));

    // When
    IntStream.range(0, GUESSES).forEach(i -> guess("first"));

    // Then: the guess before the others was forgotten, those after them were not
    assertThat(guard.ask(attempt("first"))).isInstanceOf(Verdict.Locked.class);
    clock.advance(Duration.ofMinutes(15));
    guess("first");
  }
}
