package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {
  private static FailureKind ofState(String state) {
    return FailureKind.of(new PgException("refused", "ERROR", state, "for a reason"));
  }

  @ParameterizedTest
  @CsvSource({
    "23505, CONTENDED",
    "40001, CONTENDED",
    "40P01, CONTENDED",
    "40003, CONTENDED",
    "55P03, BUSY",
    "57014, BUSY",
    "57000, BUSY",
    "08006, LOST",
    "57P01, LOST",
    "57P03, LOST",
    "53300, LOST",
    "58030, LOST",
    "25P03, LOST",
    "25006, LOST",
    "22003, DEFECT",
    "23514, DEFECT",
    "42P01, DEFECT",
    "25P02, DEFECT",
    "28P01, LOST",
    "3D000, LOST",
    "5, DEFECT",
    "XX000, DEFECT"
  })
  void tellsFromTheStateWhatToDo(String state, FailureKind kind) {
    assertThat(ofState(state)).isEqualTo(kind);
  }

  @Test
  void callsAFailureWithoutAStateADefect() {
    assertThat(ofState(null)).isEqualTo(FailureKind.DEFECT);
  }

  @Test
  void callsWhatTheConnectionMeetsLost() {
    assertThat(FailureKind.of(new IOException("reset"))).isEqualTo(FailureKind.LOST);
    assertThat(FailureKind.of(new TimeoutException("late"))).isEqualTo(FailureKind.LOST);
    assertThat(FailureKind.of(new VertxException("closed"))).isEqualTo(FailureKind.LOST);
  }

  @Test
  void callsOurOwnMistakesDefects() {
    assertThat(FailureKind.of(new IllegalStateException("x"))).isEqualTo(FailureKind.DEFECT);
    assertThat(FailureKind.of(new ArithmeticException("x"))).isEqualTo(FailureKind.DEFECT);
    assertThat(FailureKind.of(new NullPointerException("x"))).isEqualTo(FailureKind.DEFECT);
    assertThat(FailureKind.of(new NoSuchElementException("x"))).isEqualTo(FailureKind.DEFECT);
    assertThat(FailureKind.of(new IndexOutOfBoundsException("x"))).isEqualTo(FailureKind.DEFECT);
  }

  @Test
  void takesAnOutageThatWasNoticedHereForALostConnection() {
    // When
    FailureKind kind = FailureKind.of(StoreException.unavailable("nobody has confirmed it"));

    // Then
    assertThat(kind).isEqualTo(FailureKind.LOST);
  }
}
