package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {
  private static final int PROCESSES = 4;

  @Test
  void appliesWhatIsPending() {
    try (TestDatabase test = TestDatabase.createEmpty()) {
      // Given
      Migrations migrations = new Migrations(test.roles());
      List<String> pending = migrations.pending();
      assertThat(pending).isNotEmpty();
      assertThat(migrations.current()).isEmpty();

      // When
      String version = migrations.migrate();

      // Then
      assertThat(version).isEqualTo(pending.getLast());
      assertThat(migrations.current()).contains(version);
      assertThat(migrations.pending()).isEmpty();
    }
  }

  @Test
  void changesNothingTheSecondTime() {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      Migrations migrations = new Migrations(test.roles());
      String before = migrations.current().orElseThrow();

      // When
      String after = migrations.migrate();

      // Then
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void letsSeveralProcessesStartAtOnce() throws Exception {
    try (TestDatabase test = TestDatabase.createEmpty();
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
      // Given
      Callable<String> process = () -> new Migrations(test.roles()).migrate();

      // When
      List<Future<String>> done =
          threads.invokeAll(Stream.generate(() -> process).limit(PROCESSES).toList());

      // Then
      String version = new Migrations(test.roles()).current().orElseThrow();
      for (Future<String> one : done) {
        assertThat(one.get()).isEqualTo(version);
      }
    }
  }

  @Test
  void knowsWithoutFlywayThatNothingIsToDo() {
    try (TestDatabase test = TestDatabase.create()) {
      // When
      Optional<String> version = MigrationFiles.upToDate(test.database());

      // Then
      assertThat(version).isEqualTo(new Migrations(test.roles()).current());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'",
        "DELETE FROM flyway_schema_history WHERE version = '1'",
        "UPDATE flyway_schema_history SET success = false WHERE version = '1'",
        "UPDATE flyway_schema_history SET version = '999' WHERE version = '1'",
        "DROP TABLE flyway_schema_history",
      })
  void leavesAnyDifferenceToFlyway(String change) {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      test.execute(change);

      // When
      Optional<String> version = MigrationFiles.upToDate(test.database());

      // Then
      assertThat(version).isEmpty();
    }
  }

  @Test
  void refusesAMigrationThatWasChangedAfterwards() {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      test.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");
      Migrations migrations = new Migrations(test.roles());

      // When / Then
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(FlywayException.class)
          .hasMessage(
              "it is from before 0.1.0 (it lists the migrations V1__ledger), and nothing leads"
                  + " from there to this version: use a new database");
    }
  }

  @Test
  void numbersTheFilesWithoutGaps() throws IOException {
    // When
    Set<String> versions = MigrationFiles.shipped().keySet();

    // Then
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, versions.size()).mapToObj(Integer::toString).toList());
  }

  @Test
  void refusesADatabaseFromBeforeTheFirstReleaseAndLeavesItAsItIs() {
    try (TestDatabase test = TestDatabase.create()) {
      // Given
      test.execute(
          "UPDATE flyway_schema_history SET version = CASE version"
              + " WHEN '3' THEN '11' WHEN '4' THEN '13' WHEN '5' THEN '14' ELSE version END");
      Migrations migrations = new Migrations(test.roles());

      // When / Then
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(FlywayException.class)
          .hasMessage(
              "it is from before 0.1.0 (it lists the migrations V11__isometric, V13__scrip,"
                  + " V14__corebanq), and nothing leads from there to this version:"
                  + " use a new database");
      assertThat(migrations.current()).contains("14");
    }
  }
}
