package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.Waiting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL dies at once under a gateway that works, and comes back. */
class PostgresKilledTest {
  private static final int CLIENTS = 16;
  private static final int ENOUGH = 200;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** Short, so that the outage need not be long; long enough to start on a busy machine. */
  private static final Map<String, String> HASTY =
      Map.of(
          "SLUICE_DATABASE_LOCK_TIMEOUT_MS", "2000",
          "SLUICE_DATABASE_STATEMENT_TIMEOUT_MS", "3000",
          "SLUICE_PIPELINE_FLUSH_TIMEOUT_MS", "4000",
          "SLUICE_DATABASE_QUERY_TIMEOUT_MS", "4000",
          "SLUICE_PIPELINE_DEADLINE_MS", "5000",
          "SLUICE_HTTP_REQUEST_TIMEOUT_MS", "8000");

  private final TransferLoad load = new TransferLoad();
  @TempDir Path directory;

  @AfterEach
  void close() {
    load.close();
  }

  @Test
  void theGatewayOutlivesItAndLosesNothing() {
    try (OwnPostgres postgres = new OwnPostgres(directory)) {
      // Given
      var environment = new HashMap<>(HASTY);
      environment.putAll(postgres.environment());
      try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
        load.aimAt(gateway.awaitServing());
        load.start(CLIENTS);
        Waiting.until(() -> load.acknowledged() >= ENOUGH);

        // When
        postgres.kill();
        Waiting.until(() -> load.refusals().containsKey(UNAVAILABLE));
        Waiting.until(() -> Readiness.of(gateway) == UNAVAILABLE);
        postgres.startAgain();

        // Then
        int before = load.acknowledged();
        Waiting.until(() -> load.acknowledged() >= before + ENOUGH);
        Waiting.until(() -> Readiness.of(gateway) == OK);
        load.stop();
        assertThat(load.refusals().keySet()).isSubsetOf(Set.of(UNAVAILABLE));
        load.sendEverythingAgain();
        gateway.terminate();
        assertThat(gateway.exitCode()).isZero();
        DemoBooks.requireTransfers(postgres.server().roles().runtime(), load.acknowledged());
      }
    }
  }
}
