package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.DatabaseSettings;
import io.sluice.store.EmbeddedServer;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL dies at once under a gateway that works, and comes back. */
class PostgresKilledTest {
  private static final int CLIENTS = 16;
  private static final int ENOUGH = 200;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final Path BINARIES =
      Path.of(System.getProperty("java.io.tmpdir"), "sluice-test-binaries");

  /** Short, so that the outage need not be long. */
  private static final Map<String, String> HASTY =
      Map.of("SLUICE_PIPELINE_DEADLINE_MS", "1000", "SLUICE_HTTP_REQUEST_TIMEOUT_MS", "4000");

  private final TransferLoad load = new TransferLoad();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("sluice-killed");
  }

  @AfterEach
  void close() {
    load.close();
    TestDatabase.delete(directory);
  }

  @Test
  void theGatewayOutlivesItAndLosesNothing() throws IOException {
    // Given
    EmbeddedServer first = startPostgres(0);
    int port = first.database().port();
    var environment = new java.util.HashMap<>(HASTY);
    environment.put("DATABASE_URL", TestDatabase.url(first.database()));
    try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
      load.aimAt(gateway.awaitServing());
      load.start(CLIENTS);
      Waiting.until(() -> load.acknowledged() >= ENOUGH);

      // When
      killPostgres();
      Waiting.until(() -> load.refusals().containsKey(UNAVAILABLE));
      Waiting.until(() -> ready(gateway) == UNAVAILABLE);
      first.close();
      EmbeddedServer second = startPostgres(port);

      // Then
      try {
        int before = load.acknowledged();
        Waiting.until(() -> load.acknowledged() >= before + ENOUGH);
        Waiting.until(() -> ready(gateway) == OK);
        load.stop();
        assertThat(load.refusals().keySet()).isSubsetOf(Set.of(UNAVAILABLE));
        load.sendEverythingAgain();
        gateway.terminate();
        assertThat(gateway.exitCode()).isZero();
        DemoBooks.requireTransfers(second.database(), load.acknowledged());
      } finally {
        second.close();
      }
    } finally {
      first.close();
    }
  }

  private EmbeddedServer startPostgres(int port) {
    return EmbeddedServer.start(
        postgres(),
        BINARIES,
        DatabaseSettings.SECTION.of(Map.of("database.embedded.port", Integer.toString(port))));
  }

  private Path postgres() {
    return directory.resolve("postgresql");
  }

  /** The server's other processes end when they miss it, without a checkpoint. */
  private void killPostgres() throws IOException {
    Path file = postgres().resolve("data/postmaster.pid");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).orElseThrow();
    var family = server.descendants().toList();
    server.destroyForcibly();
    Waiting.until(() -> !server.isAlive() && family.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static int ready(GatewayProcess gateway) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(gateway.managementUrl() + "/health/ready");
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
