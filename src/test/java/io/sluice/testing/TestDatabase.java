package io.sluice.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.store.DatabaseAddress;
import io.sluice.store.DatabaseProbe;
import io.sluice.store.DatabaseRoles;
import io.sluice.store.Migrations;
import io.sluice.store.Pools;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A migrated database of a test's own, dropped at the end. All of a JVM's live on one server: the
 * one that {@code DATABASE_URL} or the {@code PG*} variables name, else an embedded one in a
 * temporary directory. Where a database with the extension Citus is named, all of its nodes take
 * part.
 */
public final class TestDatabase implements AutoCloseable {
  /** As usual, but so patient that no verdict depends on how fast the machine is. */
  private static final DatabaseLimits LIMITS =
      limits("database.queryTimeoutMs", Patience.LIMIT.toMillis());

  private final DatabaseRoles roles;

  private TestDatabase(DatabaseRoles roles) {
    this.roles = roles;
  }

  /** Patient with everything but locks. */
  public static DatabaseLimits impatientWithLocks(int lockTimeoutMs) {
    return limits("database.lockTimeoutMs", lockTimeoutMs);
  }

  /** Patient with everything but connecting. */
  public static DatabaseLimits impatientToConnect(int connectTimeoutMs) {
    return limits("database.connectTimeoutMs", connectTimeoutMs);
  }

  private static DatabaseLimits limits(String key, long ms) {
    var limits = new HashMap<String, String>();
    for (String name :
        List.of("connection", "connect", "query", "statement", "lock", "idleInTransaction")) {
      limits.put("database." + name + "TimeoutMs", Long.toString(Patience.LIMIT.toMillis()));
    }
    limits.put(key, Long.toString(ms));
    return DatabaseSettings.SECTION.of(limits).limits();
  }

  /** Takes about 0.1 s; the first call of a JVM also starts the server and migrates a template. */
  public static TestDatabase create() {
    return new TestDatabase(Server.INSTANCE.copyOfTemplate());
  }

  /** A database without any schema, for tests of the migrations themselves. */
  public static TestDatabase createEmpty() {
    return new TestDatabase(Server.INSTANCE.empty());
  }

  /** Through the role that serves. */
  public Database database() {
    return roles.runtime();
  }

  /** Through the role that serves and the one that owns the schema; one on a server by its name. */
  public DatabaseRoles roles() {
    return roles;
  }

  /** Connections to it, which end with Vert.x. */
  public Pools pools(Vertx vertx) {
    return pools(vertx, database());
  }

  /** Connections to any database, which end with Vert.x. */
  public static Pools pools(Vertx vertx, Database database) {
    return Pools.open(new Connector(vertx, database), new SimpleMeterRegistry());
  }

  /** A pool of the client's own, for what only a test does; it ends with Vert.x. */
  public Pool rawPool(Vertx vertx) {
    Database database = roles.owner();
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(database.host())
            .setPort(database.port())
            .setDatabase(database.name())
            .setUser(database.user())
            .setSslMode(database.sslMode());
    database.password().ifPresent(options::setPassword);
    return PgBuilder.pool().connectingTo(options).using(vertx).build();
  }

  private static Database settled(Database named) {
    return switch (DatabaseProbe.forWriting(named)) {
      case DatabaseProbe.Result.Usable usable -> usable.database();
      case DatabaseProbe.Result.Unusable unusable ->
          throw new IllegalStateException(unusable.problem());
    };
  }

  /** A database as if it were at another port of this machine. */
  public static Database at(Database real, int port) {
    return real.withServers(List.of(new io.sluice.store.Server("127.0.0.1", port)));
  }

  /** The address, with the password, as {@code DATABASE_URL} takes it. */
  public String url() {
    return url(database());
  }

  /** The same through the role that owns the schema, as {@code database.migrate.url} takes it. */
  public String ownerUrl() {
    return url(roles.owner());
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

  /** Whether the tables lie on the nodes of a Citus cluster. */
  public static boolean isOnCitus() {
    return Server.INSTANCE.maintenance.citus();
  }

  /** Runs statements as the owner of the schema, for a test's set-up; blocks. */
  public void execute(String sql) {
    TestNodes.execute(roles.owner(), sql);
  }

  /** Lets every statement fail as one of a gateway of another schema would. */
  public void hideTables() {
    execute(
        """
        DO $$
        DECLARE name text;
        BEGIN
          -- Unknown to a server without Citus, which takes it all the same.
          SET LOCAL citus.multi_shard_modify_mode TO 'sequential';
          FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
            EXECUTE format('ALTER TABLE %I RENAME TO %I', name, 'hidden_' || name);
          END LOOP;
        END $$
        """);
  }

  /** Ends everybody's connections to it. */
  public void cutConnections() {
    TestNodes.execute(
        Server.INSTANCE.maintenance,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + roles.owner().name()
            + "'");
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    Server.INSTANCE.drop(roles.owner());
  }

  private static final class Server {
    static final Server INSTANCE = new Server();

    private final DatabaseRoles roles;
    private final Database maintenance;
    private final TestNodes nodes;
    private final String template;

    private Server() {
      Optional<Database> named =
          DatabaseAddress.fromEnvironment(System.getenv(), LIMITS).map(TestDatabase::settled);
      roles = named.map(DatabaseRoles::single).orElseGet(() -> TestServer.start(LIMITS));
      maintenance = roles.owner();
      nodes = TestNodes.of(maintenance);
      template = "sluice_template_" + (TestServer.isShared() ? "shared" : suffix());
      if (!TestServer.isShared() || !exists(template)) {
        nodes.create(template);
        new Migrations(roles.withName(template)).migrate();
        nodes.leave(template);
      }
      if (named.isPresent()) {
        atExit(() -> nodes.drop(template));
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

    synchronized DatabaseRoles copyOfTemplate() {
      String name = "sluice_test_" + suffix();
      nodes.copy(template, name);
      return roles.withName(name);
    }

    synchronized DatabaseRoles empty() {
      String name = "sluice_test_" + suffix();
      nodes.create(name);
      return roles.withName(name);
    }

    synchronized void drop(Database database) {
      nodes.drop(database.name());
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
