package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who started the gateway, such as Maven in the Quick start, is ended. */
class EndWithParentTest {
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("sluice-parent");
  }

  @AfterEach
  void deleteDirectory() {
    TestDatabase.delete(directory);
  }

  @Test
  void endsInOrderAfterItsParentWasTold() {
    endsInOrderAfter(GatewayProcess::terminate);
  }

  @Test
  void endsInOrderAfterItsParentWasKilled() {
    endsInOrderAfter(GatewayProcess::kill);
  }

  private void endsInOrderAfter(Consumer<GatewayProcess> end) {
    // Given
    var environment = Map.of("SLUICE_DATABASE_EMBEDDED_SHARED_BUFFERS", "32MB");
    try (GatewayProcess parent = GatewayProcess.startByAnother(directory, environment)) {
      parent.awaitServing();
      ProcessHandle gateway = parent.child();
      Path postgres = directory.resolve("data/postgresql/data/postmaster.pid");
      assertThat(postgres).exists();

      // When
      end.accept(parent);

      // Then
      Waiting.until(() -> !gateway.isAlive());
      assertThat(postgres).doesNotExist();
    }
  }
}
