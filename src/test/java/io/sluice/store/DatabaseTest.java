package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.DatabaseLimits;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static final DatabaseLimits LIMITS =
      new DatabaseLimits(7, 900, 40_000, 100_000, 50_000, 150_000);

  private final TestDatabase test = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();

  private final Database database = limited(test.database());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    test.close();
  }

  @Test
  void givesLanesTheirPlannerSettingsAndTimeouts() throws Exception {
    // Given
    PgConnection lane =
        PgConnection.connect(vertx, database.laneOptions())
            .await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);

    // When
    Map<String, String> settings = settings(lane);

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
  void leavesThePlannerOfTheGeneralPoolAlone() throws Exception {
    // Given
    Pool pool = database.pool(vertx);

    // When
    Map<String, String> settings = settings(pool);

    // Then
    assertThat(settings)
        .containsEntry("application_name", "sluice-pool")
        .containsEntry("enable_seqscan", "on")
        .containsEntry("statement_timeout", "100000");
  }

  @Test
  void keepsLongStatementsPrepared() {
    // When
    PgConnectOptions options = database.laneOptions();

    // Then
    assertThat(options.getPipeliningLimit()).isGreaterThanOrEqualTo(16);
    assertThat(options.getCachePreparedStatements()).isTrue();
    assertThat(options.getPreparedStatementCacheMaxSize()).isGreaterThanOrEqualTo(256);
    assertThat(new PgConnectOptions(options).getPreparedStatementCacheSqlFilter())
        .accepts("x".repeat(20_000));
  }

  @Test
  void boundsThePool() {
    // When
    var options = database.poolOptions();

    // Then
    assertThat(options.getMaxSize()).isEqualTo(LIMITS.poolSize());
    assertThat(options.getMaxWaitQueueSize()).isEqualTo(LIMITS.poolWaitQueue());
    assertThat(options.getConnectionTimeout()).isEqualTo(LIMITS.connectionTimeoutMs());
  }

  @Test
  void neverShowsThePassword() {
    // Given
    Database database =
        DatabaseAddress.fromUrl("postgres://u:hidden@h/my%20d", DatabaseLimits.DEFAULTS);

    // When
    String shown = database + database.jdbcUrl();

    // Then
    assertThat(shown)
        .doesNotContain("hidden")
        .contains("jdbc:postgresql://h:5432/my%20d?sslmode=prefer");
  }

  private static Database limited(Database usual) {
    return new Database(
        usual.host(),
        usual.port(),
        usual.name(),
        usual.user(),
        usual.password(),
        usual.sslMode(),
        usual.rootCertificate(),
        LIMITS);
  }

  private static Map<String, String> settings(SqlClient client) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    Future<?> read =
        client
            .query(
                "SELECT name, CASE WHEN name LIKE '%timeout' THEN setting"
                    + " ELSE current_setting(name) END FROM pg_settings")
            .execute()
            .onSuccess(
                rows -> {
                  for (Row row : rows) {
                    settings.put(row.getString(0), row.getString(1));
                  }
                });
    read.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    return settings;
  }
}
