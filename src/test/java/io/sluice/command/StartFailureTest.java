package io.sluice.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that cannot start says why in one line, and its process ends. */
class StartFailureTest {
  @TempDir Path directory;

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({"http, SLUICE_HTTP_PORT", "management, SLUICE_MANAGEMENT_PORT"})
  void namesThePortThatIsTakenAndItsKey(String section, String variable) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given
      String port = Integer.toString(other.getLocalPort());

      // When
      try (GatewayProcess gateway = start(Map.of(variable, port))) {
        int code = gateway.exitCode();

        // Then
        assertThat(code).as(gateway.output()).isEqualTo(ExitCode.NO_START);
        assertThat(gateway.output())
            .contains(
                "sluice: cannot listen on 127.0.0.1:" + port + ": Address already in use",
                section + ".port (" + variable + ")")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void refusesADemoThatTheNetworkCouldReach() {
    // When
    try (GatewayProcess gateway = start(Map.of("SLUICE_HTTP_HOST", "0.0.0.0"))) {
      int code = gateway.exitCode();

      // Then
      assertThat(code).as(gateway.output()).isNotEqualTo(ExitCode.DONE);
      assertThat(gateway.output())
          .contains("http.host (0.0.0.0) can be reached from the network")
          .doesNotContain("curl ", "\tat ");
    }
  }

  @Test
  void refusesLimitsThatItsMemoryDoesNotHold() {
    // When
    try (GatewayProcess gateway = start(Map.of("SLUICE_HTTP_MAX_CONNECTIONS", "1000000"))) {
      int code = gateway.exitCode();

      // Then
      assertThat(code).as(gateway.output()).isEqualTo(ExitCode.NO_START);
      assertThat(gateway.output()).contains("MiB of heap, and there are").doesNotContain("\tat ");
    }
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    // When
    try (GatewayProcess gateway =
        start(Map.of("DATABASE_URL", database.url().replace("sluice_test_", "sluice_none_")))) {
      int code = gateway.exitCode();

      // Then
      assertThat(code).as(gateway.output()).isEqualTo(ExitCode.NO_START);
      assertThat(gateway.output()).contains("does not exist", "create it").doesNotContain("\tat ");
    }
  }

  @Test
  void saysThatTheDataAreOfAnotherVersion() throws IOException {
    // Given
    Path data = Files.createDirectories(directory.resolve("data/postgresql/data"));
    Files.writeString(data.resolve("PG_VERSION"), "9\n");

    // When
    try (GatewayProcess gateway = start(Map.of("DATABASE_URL", ""))) {
      int code = gateway.exitCode();

      // Then
      assertThat(code).as(gateway.output()).isEqualTo(ExitCode.NO_START);
      assertThat(gateway.output()).contains("holds data of PostgreSQL 9").doesNotContain("\tat ");
    }
  }

  private GatewayProcess start(Map<String, String> more) {
    var environment = new java.util.HashMap<>(Map.of("DATABASE_URL", database.url()));
    environment.putAll(more);
    return GatewayProcess.start(directory, environment);
  }
}
