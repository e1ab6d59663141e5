package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseSettings;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("sluice-embedded");
  }

  @AfterEach
  void deleteDirectory() {
    TestDatabase.delete(directory);
  }

  @Test
  void keepsRowsAndPortAcrossARestart() throws SQLException {
    // Given
    int port;
    try (EmbeddedServer first = start(0)) {
      port = first.roles().owner().port();
      query(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    }

    // When
    try (EmbeddedServer second = start(0)) {

      // Then
      assertThat(second.roles().owner().port()).isEqualTo(port);
      assertThat(query(second, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void isDurableAndListensOnLoopbackOnly() throws SQLException {
    // When
    try (EmbeddedServer server = start(0)) {

      // Then
      assertThat(query(server, "SHOW fsync")).isEqualTo("on");
      assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(query(server, "SHOW min_wal_size")).isEqualTo("512MB");
      assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(server, "SHOW unix_socket_directories")).isEmpty();
      assertThat(query(server, "SHOW server_version"))
          .startsWith(EmbeddedServer.MAJOR_VERSION + ".");
    }
  }

  @Test
  void takesAnotherPortWhenItsOwnIsTaken() throws IOException {
    // Given
    int port;
    try (EmbeddedServer first = start(0)) {
      port = first.roles().owner().port();
    }
    try (ServerSocket intruder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {

      // When
      try (EmbeddedServer second = start(0)) {

        // Then
        assertThat(second.roles().owner().port()).isNotEqualTo(intruder.getLocalPort());
      }
    }
  }

  @Test
  void refusesAConfiguredPortThatIsTaken() throws IOException {
    // Given
    try (ServerSocket intruder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = intruder.getLocalPort();

      // When / Then
      assertThatThrownBy(() -> start(port))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("port " + port + " for the embedded PostgreSQL is taken by another process");
    }
  }

  @Test
  void refusesADirectoryInUse() {
    // Given
    try (EmbeddedServer first = start(0)) {
      assertThat(first.roles().owner().name()).isEqualTo("sluice");

      // When / Then
      assertThatThrownBy(() -> start(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another Sluice is running on " + directory);
    }
  }

  @Test
  void refusesTheDataOfAnotherMajorVersionAtOnce() throws IOException {
    // Given
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data").resolve("PG_VERSION"), "15\n");

    // When / Then
    assertThatThrownBy(() -> start(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds data of PostgreSQL 15")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void tellsWhatPostgresSaidWhenItDoesNotStart() {
    // Given
    var settings = DatabaseSettings.SECTION.of(Map.of("database.embedded.sharedBuffers", "a lot"));

    // When / Then
    assertThatThrownBy(() -> EmbeddedServer.start(directory, TestServer.PROGRAMS, settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("shared_buffers");
  }

  @Test
  void tellsAtOnceWhenAFileOfTheDataIsMissing() throws IOException {
    // Given
    start(0).close();
    Files.delete(directory.resolve("data/global/pg_control"));

    // When / Then
    assertThatThrownBy(() -> start(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("pg_control");
  }

  private EmbeddedServer start(int port) {
    return EmbeddedServer.start(
        directory,
        TestServer.PROGRAMS,
        DatabaseSettings.SECTION.of(
            Map.of(
                "database.embedded.port",
                Integer.toString(port),
                "database.embedded.sharedBuffers",
                "16MB")));
  }

  private static String query(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = server.roles().owner().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
