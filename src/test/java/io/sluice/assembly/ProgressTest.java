package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start that takes long says at what, for as long as it takes. */
class ProgressTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);

  private final CapturedLog log = CapturedLog.of(Progress.class);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void isToldAgainAndAgainWhileAStepTakesLong() {
    // Given
    Progress progress = new Progress(AT_ONCE);

    // When
    String result =
        progress.during(
            "count to three",
            () -> {
              Waiting.until(() -> log.lines().size() >= 3);
              return "three";
            });

    // Then
    assertThat(result).isEqualTo("three");
    assertThat(log.lines())
        .extracting(ILoggingEvent::getFormattedMessage)
        .allMatch(line -> line.matches("It takes long to count to three: \\d+ s so far"));
  }

  @Test
  void endsWithTheStep() {
    // Given
    Progress progress = new Progress(NEVER);

    // When
    assertThatThrownBy(
            () ->
                progress.during(
                    "fail",
                    () -> {
                      throw new StartException("it failed", null);
                    }))
        .isInstanceOf(StartException.class);

    // Then
    Waiting.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("progress")));
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void isToldWhileTheSchemaIsBroughtUpToDate() throws SQLException {
    try (TestDatabase test = TestDatabase.create();
        Connection other = test.roles().owner().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      // Given
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<String> migrating =
          CompletableFuture.supplyAsync(
              () -> DatabaseReadiness.migrate(test.roles(), new Progress(AT_ONCE)));
      log.await("It takes long to bring the schema up to date: ");

      // When
      other.rollback();

      // Then
      assertThat(migrating.join()).isNotEmpty();
    }
  }
}
