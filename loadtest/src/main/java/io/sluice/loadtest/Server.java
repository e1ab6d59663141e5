package io.sluice.loadtest;

import io.sluice.config.DatabaseSettings;
import io.sluice.store.Database;
import io.sluice.store.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A throw-away PostgreSQL with durable settings, on loopback. */
interface Server extends AutoCloseable {
  /** What {@code --postgresql} says for the server that is packed with Sluice. */
  String EMBEDDED = "embedded";

  /**
   * Enough for the tables of a comparison; the default of 128 MB is nobody's choice for a ledger.
   */
  String SHARED_BUFFERS = "512MB";

  /** Its maintenance database. */
  Database database();

  /** Where it comes from: installed or embedded. */
  String origin();

  @Override
  void close();

  /**
   * Starts one.
   *
   * @param wanted a directory with {@code postgres} and {@code initdb}, or {@link #EMBEDDED}; empty
   *     takes the installed one that the PATH leads to, else the embedded one
   * @throws IllegalStateException when it cannot be started, saying why
   */
  static Server start(Optional<String> wanted, Path directory)
      throws IOException, InterruptedException, SQLException {
    if (wanted.filter(EMBEDDED::equals).isPresent()) {
      return embedded(directory);
    }
    Optional<Path> programs = wanted.map(Path::of).or(InstalledServer::find);
    return programs.isPresent()
        ? InstalledServer.start(programs.get(), directory)
        : embedded(directory);
  }

  private static Server embedded(Path directory) throws SQLException {
    var server =
        EmbeddedServer.start(
            directory.resolve("postgresql"),
            directory.resolve("binaries"),
            DatabaseSettings.SECTION.of(Map.of("database.embedded.sharedBuffers", SHARED_BUFFERS)));
    try (Connection connection = server.roles().owner().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET min_wal_size = '2GB'");
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      server.close();
      throw e;
    }
    return new Server() {
      @Override
      public Database database() {
        return server.roles().owner();
      }

      @Override
      public String origin() {
        return EMBEDDED;
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  /** Makes a database in it. */
  default Database create(String name) throws SQLException {
    try (Connection connection = database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return database().withName(name);
  }

  /** Its first process, whose children serve the connections. */
  default long pid() throws SQLException, IOException {
    Path file = Path.of(show("data_directory"), "postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst());
  }

  /** A setting, as the server says it. */
  default String show(String setting) throws SQLException {
    try (Connection connection = database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
