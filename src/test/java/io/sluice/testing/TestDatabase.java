package io.sluice.testing;

import io.sluice.config.DatabaseLimits;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
import io.sluice.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A migrated database of a test's own, dropped at the end. All of a JVM's live on one server: the
 * one that {@code DATABASE_URL} or the {@code PG*} variables name, else an embedded one in a
 * temporary directory.
 */
public final class TestDatabase implements AutoCloseable {
  /** As usual, but so patient that no verdict depends on how fast the machine is. */
  private static final DatabaseLimits LIMITS = limits((int) Patience.LIMIT.toMillis());

  private final Database database;

  private TestDatabase(Database database) {
    this.database = database;
  }

  private static DatabaseLimits limits(int ms) {
    DatabaseLimits usual = DatabaseLimits.DEFAULTS;
    return new DatabaseLimits(usual.poolSize(), usual.poolWaitQueue(), ms, ms, ms, ms);
  }

  /** Takes about 0.1 s; the first call of a JVM also starts the server and migrates a template. */
  public static TestDatabase create() {
    return new TestDatabase(Server.INSTANCE.copyOfTemplate());
  }

  /** A database without any schema, for tests of the migrations themselves. */
  public static TestDatabase createEmpty() {
    return new TestDatabase(Server.INSTANCE.empty());
  }

  public Database database() {
    return database;
  }

  /** A database as if it were at another port of this machine. */
  public static Database at(Database real, int port) {
    return new Database(
        "127.0.0.1",
        port,
        real.name(),
        real.user(),
        real.password(),
        real.sslMode(),
        real.rootCertificate(),
        real.limits());
  }

  /** The address, with the password, as {@code DATABASE_URL} takes it. */
  public String url() {
    return url(database);
  }

  /** Any database's address, with the password, as {@code DATABASE_URL} takes it. */
  public static String url(Database database) {
    return "postgresql://%s%s@%s:%d/%s?sslmode=%s"
        .formatted(
            encode(database.user()),
            database.password().map(password -> ":" + encode(password)).orElse(""),
            database.host(),
            database.port(),
            database.name(),
            database.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Runs statements through JDBC, for a test's set-up; blocks. */
  public void execute(String sql) {
    Server.execute(database, sql);
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    Server.INSTANCE.drop(database);
  }

  private static final class Server {
    static final Server INSTANCE = new Server();

    private final Database maintenance;
    private final String template;

    private Server() {
      Optional<Database> named = DatabaseAddress.fromEnvironment(System.getenv(), LIMITS);
      maintenance = named.orElseGet(() -> TestServer.start(LIMITS));
      template = "sluice_template_" + (TestServer.isShared() ? "shared" : suffix());
      if (!TestServer.isShared() || !exists(template)) {
        execute(maintenance, "CREATE DATABASE " + template);
        new Migrations(maintenance.withName(template)).migrate();
      }
      if (named.isPresent()) {
        atExit(() -> drop(maintenance.withName(template)));
      }
    }

    private boolean exists(String name) {
      try (Connection connection = maintenance.dataSource().getConnection();
          Statement statement = connection.createStatement();
          var rows =
              statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
        return rows.next();
      } catch (SQLException e) {
        throw new IllegalStateException("on " + maintenance, e);
      }
    }

    synchronized Database copyOfTemplate() {
      String name = "sluice_test_" + suffix();
      execute(maintenance, "CREATE DATABASE " + name + " TEMPLATE " + template);
      return maintenance.withName(name);
    }

    synchronized Database empty() {
      String name = "sluice_test_" + suffix();
      execute(maintenance, "CREATE DATABASE " + name);
      return maintenance.withName(name);
    }

    synchronized void drop(Database database) {
      execute(maintenance, "DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
    }

    private static void execute(Database database, String sql) {
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException("on " + database + ": " + sql, e);
      }
    }

    private static void atExit(Runnable action) {
      Runtime.getRuntime().addShutdownHook(new Thread(action, "test-database-exit"));
    }

    private static String suffix() {
      return UUID.randomUUID().toString().replace("-", "");
    }
  }

  /** Removes a directory with everything in it. */
  public static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
