package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.config.DatabaseSettings;
import io.sluice.config.PrivateFiles;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestServer;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of the machine try on an embedded server. */
class EmbeddedPrivacyTest {
  private static final DatabaseSettings SETTINGS =
      DatabaseSettings.SECTION.of(Map.of("database.embedded.sharedBuffers", "16MB"));

  /** As earlier versions had it. */
  private static final String OPEN = "host all all 127.0.0.1/32 trust\n";

  private static final String FORBIDDEN = "42501";

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("sluice-private");
  }

  @AfterEach
  void deleteDirectory() {
    TestDatabase.delete(directory);
  }

  @Test
  void keepsItsDirectoriesAndPasswordsToItsOwner() throws IOException {
    // When
    start().close();

    // Then
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("data"))).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("passwords"))).isEqualTo("rw-------");
    assertThat(Files.readAllLines(directory.resolve("passwords")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).matches("127.0.0.1:\\*:\\*:[a-z]+:[0-9a-f]{64}"))
        .doesNotHaveDuplicates();
    assertThat(mode(TestServer.PROGRAMS)).isEqualTo("rwx------");
  }

  @Test
  void keepsItsPasswordsFromAnotherUser() throws Exception {
    assumeTrue(PrivateFiles.weAreRoot(), "only root can become another user");
    try (EmbeddedServer server = start()) {
      // When
      int code =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  "cat",
                  directory.resolve("passwords").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();

      // Then
      assertThat(code).isNotZero();
      assertThat(server.roles().areApart()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"postgres,", "postgres, guess", "sluice,", "sluice, guess", "stranger, guess"})
  void letsNobodyInWithoutAPassword(String role, String password) {
    try (EmbeddedServer server = start()) {
      // When / Then
      assertThatThrownBy(() -> query(as(server.roles().owner(), role, password), "SELECT 1"))
          .isInstanceOf(SQLException.class);
      assertThat(password(server.roles().owner())).isNotEqualTo(password(server.roles().runtime()));
    }
  }

  @Test
  void keepsTheRoleThatServesFromTheMachineAndTheSchema() throws SQLException {
    try (EmbeddedServer server = start()) {
      // Given
      new Migrations(server.roles()).migrate();
      Database runtime = server.roles().runtime();

      // When / Then
      for (String attack :
          new String[] {
            "SELECT pg_read_file('PG_VERSION')",
            "SELECT pg_ls_dir('.')",
            "SELECT lo_import('/etc/passwd')",
            "COPY tenant TO PROGRAM 'true'",
            "COPY tenant FROM PROGRAM 'true'",
            "COPY tenant TO '/tmp/stolen'",
            "CREATE TABLE mine (id integer)",
            "CREATE TEMPORARY TABLE mine (id integer)",
            "CREATE SCHEMA mine",
            "CREATE DATABASE mine",
            "CREATE ROLE mine SUPERUSER",
            "ALTER ROLE sluice SUPERUSER",
            "SET ROLE postgres",
            "ALTER SYSTEM SET fsync = 'off'",
            "SELECT rolpassword FROM pg_authid",
          }) {
        assertThatThrownBy(() -> query(runtime, attack))
            .as(attack)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(FORBIDDEN));
      }
      assertThat(query(runtime, "SELECT count(*) FROM tenant")).isEqualTo("0");
    }
  }

  @Test
  void putsRightWhatTheRoleThatServesChangedOfItself() throws SQLException {
    // Given
    try (EmbeddedServer server = start()) {
      query(
          server.roles().runtime(),
          "ALTER ROLE sluice SET default_transaction_read_only = on;"
              + "ALTER ROLE sluice PASSWORD 'x'");
    }

    // When
    try (EmbeddedServer server = start()) {
      // Then
      assertThat(query(server.roles().runtime(), "SHOW default_transaction_read_only"))
          .isEqualTo("off");
    }
  }

  @Test
  void closesTheDataThatAnEarlierVersionLeftOpen() throws Exception {
    // Given
    openAsEarlierVersionsWere();

    // When
    try (EmbeddedServer server = start()) {

      // Then
      assertThat(query(server.roles().owner(), "SELECT answer FROM kept")).isEqualTo("42");
      assertThatThrownBy(() -> query(as(server.roles().owner(), "postgres", null), "SELECT 1"))
          .isInstanceOf(SQLException.class);
      assertThat(query(server.roles().runtime(), "SELECT current_user")).isEqualTo("sluice");
    }
  }

  @Test
  void stopsAnOpenServerThatAnEarlierVersionLeftRunning() throws Exception {
    // Given
    openAsEarlierVersionsWere();
    int port = new EmbeddedDirectory(directory).choosePort(0);
    cluster().launch(port, Map.of("listen_addresses", "127.0.0.1", "shared_buffers", "16MB"));
    Database stranger = as(at(port), "postgres", null);
    try (Connection strangers = stranger.dataSource().getConnection()) {

      // When
      try (EmbeddedServer server = start()) {

        // Then
        assertThat(strangers.isValid(1)).isFalse();
        assertThatThrownBy(() -> query(as(server.roles().owner(), "postgres", null), "SELECT 1"))
            .isInstanceOf(SQLException.class);
        assertThat(query(server.roles().owner(), "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void takesOverAPrivateServerThatAKilledGatewayLeftRunning() throws Exception {
    // Given
    try (EmbeddedServer first = start()) {
      query(first.roles().owner(), "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    int port = new EmbeddedDirectory(directory).choosePort(0);
    Map<String, String> settings = Map.of("shared_buffers", "16MB", "max_connections", "7");
    cluster().launch(port, settings);

    // When
    try (EmbeddedServer second = start()) {

      // Then
      assertThat(query(second.roles().owner(), "SHOW max_connections")).isEqualTo("7");
      assertThat(query(second.roles().owner(), "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void makesNewPasswordsWhenTheirFileIsGone() throws Exception {
    // Given
    start().close();
    String before = Files.readString(directory.resolve("passwords"));
    Files.delete(directory.resolve("passwords"));

    // When
    try (EmbeddedServer server = start()) {

      // Then
      assertThat(Files.readString(directory.resolve("passwords"))).isNotEqualTo(before);
      assertThat(query(server.roles().runtime(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void trustsNoPasswordsThatOthersCanRead() throws IOException {
    // Given
    start().close();
    Files.setPosixFilePermissions(
        directory.resolve("passwords"), PosixFilePermissions.fromString("rw-r-----"));

    // When / Then
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can be read by others")
        .hasMessageContaining("remove the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx---rwx"})
  void runsNoProgramsThatOthersCouldHaveChanged(String mode) throws IOException {
    // Given
    Path programs = directory.resolve("programs");
    EmbeddedPrograms.in(programs);
    Path home;
    try (var homes = Files.list(programs)) {
      home = homes.findFirst().orElseThrow();
    }
    Files.setPosixFilePermissions(home.resolve("bin"), PosixFilePermissions.fromString(mode));

    // When / Then
    assertThatThrownBy(() -> EmbeddedPrograms.in(programs))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(home.resolve("bin").toString())
        .hasMessageContaining("remove " + home);
  }

  private void openAsEarlierVersionsWere() throws Exception {
    try (EmbeddedServer server = start()) {
      query(server.roles().owner(), "CREATE TABLE kept AS SELECT 42 AS answer");
      query(server.roles().owner(), "DROP ROLE sluice");
      query(server.roles().owner(), "ALTER ROLE postgres PASSWORD NULL");
    }
    Files.delete(directory.resolve("passwords"));
    Files.writeString(directory.resolve("data/pg_hba.conf"), OPEN);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private EmbeddedCluster cluster() {
    return new EmbeddedCluster(
        new EmbeddedDirectory(directory), EmbeddedPrograms.in(TestServer.PROGRAMS));
  }

  private EmbeddedServer start() {
    return EmbeddedServer.start(directory, TestServer.PROGRAMS, SETTINGS);
  }

  private static Database at(int port) {
    return new Database(
        "127.0.0.1",
        port,
        "postgres",
        "postgres",
        Optional.empty(),
        SslMode.DISABLE,
        Optional.empty(),
        SETTINGS.limits());
  }

  private static Database as(Database database, String role, String password) {
    return new Database(
        database.host(),
        database.port(),
        database.name(),
        role,
        Optional.ofNullable(password),
        database.sslMode(),
        database.rootCertificate(),
        database.limits());
  }

  private static String password(Database database) {
    return database.password().orElseThrow();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
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
