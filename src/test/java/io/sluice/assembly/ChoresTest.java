package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Chore.Round;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChoresTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration SHORT = Duration.ofMillis(500);

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  /** A chore whose rounds are counted, from 1 on. */
  private static Chore counted(
      String name, Duration pause, AtomicInteger rounds, IntFunction<Future<Round>> work) {
    return new Chore(name, pause, 100, () -> work.apply(rounds.incrementAndGet()));
  }

  private Chores start(Chore... all) {
    var chores = new Chores(vertx, List.of(all), registry);
    chores.start();
    return chores;
  }

  /** Waits until there has been time for whatever should not happen. */
  private void letOthersDo() {
    var rounds = new AtomicInteger();
    Chores others = start(counted("other", SOON, rounds, n -> Future.succeededFuture(Round.IDLE)));
    Waiting.until(() -> rounds.get() >= 5);
    others.stop();
  }

  @Test
  void aRoundThatFailsIsFollowedByAnother() {
    // Given
    var rounds = new AtomicInteger();
    Chore chore =
        counted(
            "test",
            SOON,
            rounds,
            round -> {
              if (round == 1) {
                throw new IllegalStateException("thrown");
              }
              return round == 2
                  ? Future.failedFuture("failed")
                  : Future.succeededFuture(Round.IDLE);
            });

    // When
    start(chore);

    // Then
    Waiting.until(() -> rounds.get() > 2);
  }

  @Test
  void goesOnWithoutItsPauseWhileThereIsMore() {
    // Given more rounds than there would be time for, were there a pause after each
    var rounds = new AtomicInteger();
    int many = (int) (2 * Patience.LIMIT.dividedBy(SHORT));
    Chore chore =
        counted(
            "test",
            SHORT,
            rounds,
            round -> Future.succeededFuture(new Round(9, Duration.ZERO, round < many)));

    // When
    start(chore);

    // Then
    Waiting.until(() -> rounds.get() >= many);
  }

  @Test
  void neverDoesTwoRoundsOfOneAtOnce() {
    // Given
    var rounds = new AtomicInteger();
    Promise<Round> first = Promise.promise();
    start(counted("test", SOON, rounds, round -> first.future()));
    Waiting.until(() -> rounds.get() == 1);

    // When
    letOthersDo();

    // Then
    assertThat(rounds).hasValue(1);
    first.complete(Round.IDLE);
    Waiting.until(() -> rounds.get() > 1);
  }

  @Test
  void beginsNoRoundAfterItsStop() {
    // Given
    var rounds = new AtomicInteger();
    Promise<Round> first = Promise.promise();
    Chores chores = start(counted("test", SOON, rounds, round -> first.future()));
    Waiting.until(() -> rounds.get() == 1);

    // When
    chores.stop();
    first.complete(new Round(1, Duration.ZERO, true));

    // Then
    letOthersDo();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void showsWhatTheLastRoundFound() {
    // Given
    var rounds = new AtomicInteger();
    var found = new Round(42, Duration.ofMillis(1_500), false);
    start(
        counted(
            "test",
            SOON,
            rounds,
            round -> round == 1 ? Future.succeededFuture(found) : Future.failedFuture("failed")));

    // When
    Waiting.until(() -> rounds.get() > 1);

    // Then
    assertThat(gauge("sluice.chore.due")).isEqualTo(42);
    assertThat(gauge("sluice.chore.lag")).isEqualTo(1.5);
  }

  private double gauge(String name) {
    return registry.get(name).tag("chore", "test").gauge().value();
  }
}
