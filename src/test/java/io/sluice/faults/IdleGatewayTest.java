package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.Waiting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away, and comes back, under a gateway that has nothing to do. */
class IdleGatewayTest {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** Short, so that the outage need not be long; long enough to start on a busy machine. */
  private static final Map<String, String> HASTY =
      Map.of(
          "SLUICE_DATABASE_LOCK_TIMEOUT_MS", "2000",
          "SLUICE_DATABASE_STATEMENT_TIMEOUT_MS", "3000",
          "SLUICE_DATABASE_QUERY_TIMEOUT_MS", "4000",
          "SLUICE_DATABASE_CONNECT_TIMEOUT_MS", "15000");

  @TempDir Path directory;

  private OwnPostgres postgres;

  @BeforeEach
  void start() {
    postgres = new OwnPostgres(directory);
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private GatewayProcess gateway() {
    var environment = new HashMap<>(HASTY);
    environment.putAll(postgres.environment());
    return GatewayProcess.start(directory, environment).awaitServing();
  }

  @Test
  void isReadyAgainAfterARestart() {
    try (GatewayProcess gateway = gateway()) {
      // Given
      postgres.kill();
      Waiting.until(() -> Readiness.of(gateway) == UNAVAILABLE);

      // When
      postgres.startAgain();

      // Then
      Waiting.until(() -> Readiness.of(gateway) == OK);
      // The log is written apart, and one lane is enough to be ready.
      Waiting.until(() -> !lines(gateway, "PostgreSQL is back for lane 1").isEmpty());
      assertThat(lines(gateway, "PostgreSQL is lost to lane 1")).hasSize(1);
      assertThat(lines(gateway, "PostgreSQL is back for lane 1")).hasSize(1);
    }
  }

  @Test
  void isReadyAgainAfterPostgresqlStoodStill() {
    try (GatewayProcess gateway = gateway()) {
      // Given
      Waiting.until(() -> Readiness.of(gateway) == OK);
      postgres.freeze();
      Waiting.until(() -> Readiness.of(gateway) == UNAVAILABLE);
      Waiting.until(() -> !lines(gateway, "no answer within 4000 ms").isEmpty());

      // When
      postgres.thaw();

      // Then
      Waiting.until(() -> Readiness.of(gateway) == OK);
    }
  }

  private static List<String> lines(GatewayProcess gateway, String text) {
    return gateway.output().lines().filter(line -> line.contains(text)).toList();
  }
}
