package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.StoreException.Kind;
import io.vertx.core.Future;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreExceptionTest extends PgStoreTest {
  @Test
  void callsARefusedConnectionUnavailable() {
    // When
    StoreException failure = StoreException.of(new ConnectException("refused: secret"));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessage("database: ConnectException").hasNoCause();
  }

  @Test
  void callsATimeoutUnavailable() {
    // When
    StoreException failure = failureOf("SET statement_timeout = 1; SELECT pg_sleep(5)");

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessage("database: SQLSTATE 57014");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "53300", "08006", "57P03", "57000", "40001", "25006", "55P03", "58030", "28P01", "28000",
        "3D000"
      })
  void callsWhatPassesUnavailable(String state) {
    // When
    StoreException failure = failureOf(raise(state));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22003", "23503", "23514", "42P01", "XX000"})
  void callsWhatStaysADefect(String state) {
    // When
    StoreException failure = failureOf(raise(state));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.DEFECT);
  }

  @Test
  void namesTheConstraintAndNoValue() {
    // When
    StoreException failure = failureOf("INSERT INTO tenant (id, name, detail) VALUES (7, '', 'x')");

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.DEFECT);
    assertThat(failure)
        .hasMessage("database: SQLSTATE 23514 table tenant constraint tenant_name_check")
        .hasNoCause();
  }

  @Test
  void callsALostConnectionUnavailable() {
    // When
    Future<?> cut =
        pools.lookUps().first("SELECT pg_terminate_backend(pg_backend_pid())", row -> row);

    // Then
    assertUnavailable(cut);
  }

  @Test
  void showsNothingOfAWrongParameter() {
    // When
    Future<?> wrong = pools.lookUps().first("SELECT $1::uuid", row -> row, "secret");

    // Then
    assertThatThrownBy(() -> await(wrong))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  private static void assertUnavailable(Future<?> future) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private StoreException failureOf(String sql) {
    return await(
        pool.withConnection(
            connection ->
                connection
                    .query(sql)
                    .execute()
                    .<StoreException>map(
                        rows -> {
                          throw new AssertionError("it worked");
                        })
                    .recover(failure -> Future.succeededFuture(StoreException.of(failure)))));
  }

  private static String raise(String state) {
    return "DO $$ BEGIN RAISE EXCEPTION 'a value' USING ERRCODE = '" + state + "'; END $$";
  }
}
