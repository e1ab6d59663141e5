package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's process ends while clients send transfers. */
class GatewayEndsTest {
  private static final int CLIENTS = 16;
  private static final int ENOUGH = 200;

  /** A stop waits as long as it takes, also on a busy machine. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "SLUICE_HTTP_REQUEST_TIMEOUT_MS", "600000",
          "SLUICE_PIPELINE_DEADLINE_MS", "500000",
          "SLUICE_PIPELINE_DRAIN_TIMEOUT_MS", "600000");

  @TempDir Path directory;

  private final TestDatabase database = TestDatabase.create();
  private final TransferLoad load = new TransferLoad();

  @AfterEach
  void close() {
    load.close();
    database.close();
  }

  @Test
  void aKilledGatewayLosesNothingThatItAcknowledged() {
    // Given
    try (GatewayProcess first = start()) {
      load.aimAt(first.awaitServing());
      load.start(CLIENTS);
      Waiting.until(() -> load.acknowledged() >= ENOUGH);

      // When
      first.kill();
    }
    Waiting.until(() -> !load.unanswered().isEmpty());
    load.stop();

    // Then
    try (GatewayProcess second = start()) {
      load.aimAt(second.awaitServing());
      load.sendEverythingAgain();
    }
    DemoBooks.requireTransfers(database.database(), load.acknowledged());
  }

  @Test
  void aTerminatedGatewayAnswersWhatItHasLetIn() {
    // Given
    try (GatewayProcess gateway = start()) {
      load.aimAt(gateway.awaitServing());
      load.start(CLIENTS);
      Waiting.until(() -> load.acknowledged() >= ENOUGH);

      // When
      gateway.terminate();

      // Then
      assertThat(gateway.exitCode()).as(gateway.output()).isZero();
      assertThat(gateway.output()).contains("Stopped").doesNotContain("\tat ", "answered");
    }
    load.stop();
    DemoBooks.requireTransfers(database.database(), load.acknowledged());
  }

  private GatewayProcess start() {
    var environment = new HashMap<>(PATIENT);
    environment.put("DATABASE_URL", database.url());
    return GatewayProcess.start(directory, environment);
  }
}
