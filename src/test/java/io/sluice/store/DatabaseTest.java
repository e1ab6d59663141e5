package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.testing.Await;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final DatabaseLimits LIMITS =
      DatabaseSettings.SECTION
          .of(
              Map.of(
                  "database.connectTimeoutMs", "300000",
                  "database.statementTimeoutMs", "100000",
                  "database.lockTimeoutMs", "50000",
                  "database.idleInTransactionTimeoutMs", "150000"))
          .limits();

  private final TestDatabase test = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Database database = test.database().withLimits(LIMITS);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    Await.result(vertx.close());
    test.close();
  }

  static PgConnectOptions options(Database database, ConnectionUse use) {
    return database.options(use, database.servers().getFirst(), database.password());
  }

  @Test
  void givesLanesTheirPlannerSettingsAndTimeouts() {
    // When
    Map<String, String> settings = settings(ConnectionUse.LANE);

    // Then
    assertThat(settings)
        .containsEntry("application_name", "sluice-lane")
        .containsEntry("TimeZone", "UTC")
        .containsEntry("client_encoding", "UTF8")
        .containsEntry("jit", "off")
        .containsEntry("plan_cache_mode", "force_generic_plan")
        .containsEntry("enable_seqscan", "off")
        .containsEntry("enable_hashjoin", "off")
        .containsEntry("enable_mergejoin", "off")
        .containsEntry("synchronous_commit", "on")
        .containsEntry("statement_timeout", "100000")
        .containsEntry("lock_timeout", "50000")
        .containsEntry("idle_in_transaction_session_timeout", "150000");
  }

  @Test
  void keepsNoPlansWhereTablesLieOnSeveralNodes() {
    // Given
    Database database = test.database().withCitus(true);

    // When
    Map<String, String> settings = options(database, ConnectionUse.LANE).getProperties();

    // Then
    assertThat(settings)
        .containsEntry("plan_cache_mode", "force_custom_plan")
        .containsEntry("enable_seqscan", "off");
  }

  @Test
  void leavesThePlannerOfThePoolsAlone() {
    // When
    Map<String, String> settings = settings(ConnectionUse.POOL);

    // Then
    assertThat(settings)
        .containsEntry("application_name", "sluice-pool")
        .containsEntry("enable_seqscan", "on")
        .containsEntry("statement_timeout", "100000");
  }

  @Test
  void inheritsNoDefaultsOfTheDatabaseThatTheCodeDoesNotExpect() {
    // Given
    String alter = "ALTER DATABASE " + database.name() + " SET ";
    test.execute(
        alter
            + "default_transaction_isolation = 'serializable';"
            + alter
            + "default_transaction_deferrable = on;"
            + alter
            + "idle_session_timeout = '90s';"
            + alter
            + "statement_timeout = '91s';"
            + alter
            + "tcp_keepalives_idle = 92;"
            + "DO $$ BEGIN IF current_setting('server_version_num')::int >= 170000 THEN EXECUTE '"
            + alter
            + "transaction_timeout = 93000'; END IF; END $$");

    // When
    Map<String, String> settings = settings(ConnectionUse.LANE);

    // Then
    assertThat(settings)
        .containsEntry("default_transaction_isolation", "read committed")
        .containsEntry("transaction_isolation", "read committed")
        .containsEntry("default_transaction_deferrable", "off")
        .containsEntry("idle_session_timeout", "0")
        .containsEntry("statement_timeout", "100000")
        .containsEntry("tcp_keepalives_idle", "30");
    assertThat(settings.getOrDefault("transaction_timeout", "0")).isEqualTo("0");
  }

  @Test
  void keepsLongStatementsPrepared() {
    // When
    PgConnectOptions options = options(database, ConnectionUse.LANE);

    // Then
    assertThat(options.getPipeliningLimit()).isGreaterThanOrEqualTo(16);
    assertThat(options.getCachePreparedStatements()).isTrue();
    assertThat(options.getPreparedStatementCacheMaxSize()).isGreaterThanOrEqualTo(256);
    assertThat(new PgConnectOptions(options).getPreparedStatementCacheSqlFilter())
        .accepts("x".repeat(20_000));
  }

  @Test
  void neverShowsThePassword() {
    // Given
    Database hiding =
        DatabaseAddress.fromUrl("postgres://u:hidden@h,[::1]:7/my%20d", DatabaseLimits.DEFAULTS);

    // When
    String shown = hiding + hiding.jdbcUrl();

    // Then
    assertThat(shown)
        .doesNotContain("hidden")
        .contains("jdbc:postgresql://h:5432,[::1]:7/my%20d?", "sslmode=prefer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "allow"})
  void opensNothingWhileTheModeLeavesOpenWhetherTlsIsUsed(String mode) {
    // Given
    Database open = DatabaseAddress.fromUrl("postgres://u@h/d?sslmode=" + mode, LIMITS);

    // When / Then
    assertThatThrownBy(() -> options(open, ConnectionUse.POOL))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsThePasswordOfAFileAnew() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("password"), "first\n");
    Database filed = database.withPasswordFile(file);
    assertThat(filed.currentPassword()).contains("first");

    // When
    Files.writeString(file, "second");

    // Then
    assertThat(filed.currentPassword()).contains("second");
    assertThat(filed.toString()).doesNotContain("second");
  }

  private Map<String, String> settings(ConnectionUse use) {
    var connector = new Connector(vertx, database);
    ServerConnection connection =
        Await.result(connector.open(io.sluice.loop.EventLoop.create(vertx), use));
    return settings(connection.client());
  }

  private static Map<String, String> settings(SqlConnection client) {
    Map<String, String> settings = new TreeMap<>();
    var rows =
        Await.result(
            client
                .query(
                    "SELECT name, CASE WHEN name LIKE '%timeout' THEN setting"
                        + " ELSE current_setting(name) END FROM pg_settings")
                .execute());
    for (Row row : rows) {
      settings.put(row.getString(0), row.getString(1));
    }
    return settings;
  }
}
