package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.store.Database;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.Patience;
import io.sluice.testing.Relay;
import io.sluice.testing.TestDatabase;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway starts before its database. */
class WaitForDatabaseTest {
  private final CapturedLog log = CapturedLog.of(DatabaseReadiness.class);
  private final TestDatabase test = TestDatabase.create();
  private final Relay relay = Relay.to(test.database());

  @AfterEach
  void close() {
    relay.close();
    test.close();
    log.close();
  }

  private Database database(long startTimeoutMs) {
    DatabaseLimits limits =
        DatabaseSettings.SECTION
            .of(Map.of("database.startTimeoutMs", Long.toString(startTimeoutMs)))
            .limits();
    return relay.database().withLimits(limits);
  }

  private CompletableFuture<Database> waiting() {
    Database database = database(Patience.LIMIT.toMillis()).withSslMode(SslMode.PREFER);
    return CompletableFuture.supplyAsync(() -> DatabaseReadiness.awaitWritable(database));
  }

  @Test
  void waitsForADatabaseThatCannotBeReachedYetAndSaysSoOnce() throws Exception {
    // Given
    relay.turnNewcomersAway();
    CompletableFuture<Database> waiting = waiting();
    log.await("the database");

    // When
    relay.welcomeNewcomers();

    // Then
    Database found = waiting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(found.servers()).isEqualTo(relay.database().servers());
    assertThat(found.sslMode()).isEqualTo(SslMode.DISABLE);
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void waitsForADatabaseThatTakesNoWritesYet() throws Exception {
    // Given
    String alter = "ALTER DATABASE " + test.database().name();
    test.execute(alter + " SET default_transaction_read_only = on");
    CompletableFuture<Database> waiting = waiting();
    assertThat(log.await("the database").getFormattedMessage()).contains("takes no writes");

    // When
    test.execute("SET TRANSACTION READ WRITE; " + alter + " RESET ALL");

    // Then
    waiting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void waitsNoLongerThanItIsAllowed() {
    // Given
    relay.turnNewcomersAway();

    // When / Then
    assertThatThrownBy(() -> DatabaseReadiness.awaitWritable(database(0)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void doesNotWaitWhereWaitingDoesNotHelp() {
    // When / Then
    assertThatThrownBy(
            () ->
                DatabaseReadiness.awaitWritable(
                    database(Patience.LIMIT.toMillis()).withName("no_such_database")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("does not exist");
  }
}
