package io.sluice.store;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that belongs to this process, on loopback only, with its data in a directory
 * that outlives it. It lets nobody in without a password, and only the user of this process can
 * read the passwords. Every method blocks: call them from a worker thread.
 */
public final class EmbeddedServer implements AutoCloseable {
  /** The PostgreSQL that is packed with Sluice. Data of another major version is not readable. */
  static final String MAJOR_VERSION = "18";

  static final String HOST = "127.0.0.1";
  static final String SUPERUSER = "postgres";
  static final String RUNTIME_ROLE = "sluice";
  static final String MAINTENANCE_DATABASE = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String DATABASE = "sluice";
  private static final long POLL_INTERVAL_MS = 100;

  /** Without these a crash loses what was acknowledged. */
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private final EmbeddedDirectory directory;
  private final EmbeddedCluster cluster;
  private final EmbeddedDirectory.Lock lock;
  private final DatabaseRoles roles;
  private boolean closed;

  private EmbeddedServer(
      EmbeddedDirectory directory,
      EmbeddedCluster cluster,
      EmbeddedDirectory.Lock lock,
      DatabaseRoles roles) {
    this.directory = directory;
    this.cluster = cluster;
    this.lock = lock;
    this.roles = roles;
  }

  /**
   * Starts the server, or takes over one that an earlier process left running on this directory.
   *
   * @param place holds everything the server keeps; made when absent
   * @param binaries where the server's programs are unpacked; made when absent
   * @throws IllegalStateException saying what is wrong and what can be done
   */
  public static EmbeddedServer start(Path place, Path binaries, DatabaseSettings settings) {
    if (!EmbeddedPrograms.arePacked()) {
      throw new IllegalStateException(
          "this build has no PostgreSQL of its own; name one with " + DatabaseAddress.URL_VARIABLE);
    }
    EmbeddedDirectory directory = new EmbeddedDirectory(place);
    directory.prepare(MAJOR_VERSION);
    EmbeddedDirectory.Lock lock = directory.lock();
    try {
      EmbeddedCluster cluster = new EmbeddedCluster(directory, EmbeddedPrograms.in(binaries));
      return new EmbeddedServer(directory, cluster, lock, serve(directory, cluster, settings));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The database of a server that some process runs in this directory; it is left alone. */
  public static Optional<DatabaseRoles> running(Path place, DatabaseLimits limits) {
    EmbeddedDirectory directory = new EmbeddedDirectory(place);
    return directory
        .running()
        .filter(EmbeddedDirectory.Running::listens)
        .map(server -> at(server.port(), passwords(directory), limits).withName(DATABASE));
  }

  /** The database that Sluice uses. */
  public DatabaseRoles roles() {
    return roles;
  }

  /** Ends all connections and stops the server after a checkpoint. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stop(directory, cluster);
      lock.close();
    }
  }

  private static EmbeddedPasswords passwords(EmbeddedDirectory directory) {
    return EmbeddedPasswords.read(directory.passwords())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    directory.passwords()
                        + " is missing; stop the gateway that runs there and start it again"));
  }

  private static DatabaseRoles serve(
      EmbeddedDirectory directory, EmbeddedCluster cluster, DatabaseSettings settings) {
    DatabaseRoles roles =
        adopt(directory, cluster, settings).orElseGet(() -> launch(directory, cluster, settings));
    try {
      check(roles, directory);
    } catch (RuntimeException e) {
      stop(directory, cluster);
      throw e;
    }
    directory.keepPort(roles.owner().port());
    return roles.withName(DATABASE);
  }

  /** Takes over what an earlier process left running, unless it lets in whoever comes. */
  private static Optional<DatabaseRoles> adopt(
      EmbeddedDirectory directory, EmbeddedCluster cluster, DatabaseSettings settings) {
    Optional<EmbeddedDirectory.Running> server = directory.running();
    if (server.isEmpty()) {
      return Optional.empty();
    }
    if (!cluster.isPrivate()) {
      LOG.warn("The PostgreSQL that runs in {} is not private; it is stopped", directory.root());
      cluster.stop();
      return Optional.empty();
    }
    DatabaseRoles roles = at(server.get().port(), passwords(directory), settings.limits());
    return answers(roles.owner(), directory) ? Optional.of(roles) : Optional.empty();
  }

  /** Waits while it is still starting, or stopping; false when it has stopped. */
  private static boolean answers(Database superuser, EmbeddedDirectory directory) {
    long end = System.nanoTime() + EmbeddedCluster.START_TIMEOUT.toNanos();
    while (directory.running().isPresent()) {
      try (Connection _ = superuser.dataSource().getConnection()) {
        return true;
      } catch (SQLException e) {
        boolean passing =
            switch (SqlState.of(e)) {
              case SHUTDOWN, CONNECTION -> System.nanoTime() < end;
              default -> false;
            };
        if (!passing) {
          throw new IllegalStateException(
              "the PostgreSQL that runs in "
                  + directory.root()
                  + " does not answer: "
                  + e.getMessage(),
              e);
        }
        pause();
      }
    }
    return false;
  }

  private static DatabaseRoles launch(
      EmbeddedDirectory directory, EmbeddedCluster cluster, DatabaseSettings settings) {
    EmbeddedPasswords passwords = cluster.prepare();
    int port = directory.choosePort(settings.embeddedPort());
    cluster.launch(port, serverSettings(settings.embeddedSharedBuffers()));
    return at(port, passwords, settings.limits());
  }

  private static Map<String, String> serverSettings(String sharedBuffers) {
    Map<String, String> all = new TreeMap<>(DURABLE);
    all.putAll(
        Map.of(
            "listen_addresses", HOST,
            "unix_socket_directories", "",
            "max_connections", "100",
            // Whoever connects takes one of them before he has said who he is.
            "authentication_timeout", "5s",
            "shared_buffers", sharedBuffers,
            "max_wal_size", "2GB",
            // A commit waits while a segment is made.
            "min_wal_size", "512MB",
            "checkpoint_timeout", "15min",
            "timezone", "UTC",
            "password_encryption", "scram-sha-256"));
    return all;
  }

  private static DatabaseRoles at(int port, EmbeddedPasswords passwords, DatabaseLimits limits) {
    return new DatabaseRoles(
        at(port, RUNTIME_ROLE, passwords.runtime(), limits),
        at(port, SUPERUSER, passwords.superuser(), limits));
  }

  private static Database at(int port, String role, String password, DatabaseLimits limits) {
    return new Database(
        HOST,
        port,
        MAINTENANCE_DATABASE,
        role,
        Optional.of(password),
        SslMode.DISABLE,
        Optional.empty(),
        limits);
  }

  private static void check(DatabaseRoles roles, EmbeddedDirectory directory) {
    Database maintenance = roles.owner();
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
      restore(statement, roles.runtime());
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL does not answer as it should", e);
    }
  }

  /** A role may change its own password and its own settings, and so shut everybody out with it. */
  private static void restore(Statement statement, Database runtime) throws SQLException {
    String password = EmbeddedCluster.verifier(RUNTIME_ROLE, runtime.password().orElseThrow());
    statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(RUNTIME_ROLE, password));
    statement.execute("ALTER ROLE %s RESET ALL".formatted(RUNTIME_ROLE));
    statement.execute("ALTER ROLE %s IN DATABASE %s RESET ALL".formatted(RUNTIME_ROLE, DATABASE));
  }

  private static String show(Statement statement, String setting) throws SQLException {
    return first(statement, "SHOW " + setting);
  }

  /** Whoever may connect to a new database may make temporary tables there. */
  private static void createDatabase(Statement statement) throws SQLException {
    String count = "SELECT count(*) FROM pg_database WHERE datname = '" + DATABASE + "'";
    if (first(statement, count).equals("0")) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    String open = "SELECT has_database_privilege('%s', '%s', 'TEMPORARY')";
    if (first(statement, open.formatted(RUNTIME_ROLE, DATABASE)).equals("t")) {
      statement.execute("REVOKE TEMPORARY ON DATABASE " + DATABASE + " FROM PUBLIC");
    }
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded PostgreSQL started", e);
    }
  }

  private static void stop(EmbeddedDirectory directory, EmbeddedCluster cluster) {
    try {
      if (directory.running().isPresent()) {
        cluster.stop();
      }
    } catch (RuntimeException e) {
      LOG.warn("The embedded PostgreSQL could not be stopped", e);
    }
  }
}
