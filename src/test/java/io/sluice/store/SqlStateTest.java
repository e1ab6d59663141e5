package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStateTest {
  @ParameterizedTest
  @CsvSource({
    "23505, UNIQUE_VIOLATION",
    "23514, OTHER",
    "40P01, DEADLOCK",
    "40002, ROLLBACK",
    "57014, CANCELED",
    "57P01, SHUTDOWN",
    "57000, OPERATOR",
    "08001, CONNECTION",
    "28P01, LOGIN",
    "3D000, NO_SUCH_DATABASE",
    "'', OTHER"
  })
  void meansTheSameFromEitherClient(String state, SqlState meaning) {
    assertThat(SqlState.of(new PgException("refused", "ERROR", state, "for a reason")))
        .isEqualTo(meaning);
    assertThat(SqlState.of(new SQLException("refused", state))).isEqualTo(meaning);
  }

  @Test
  void meansNothingWithoutAState() {
    assertThat(SqlState.of(new SQLException("refused"))).isEqualTo(SqlState.OTHER);
    assertThat(SqlState.of(new IOException("reset"))).isEqualTo(SqlState.OTHER);
  }
}
