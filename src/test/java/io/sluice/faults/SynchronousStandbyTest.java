package io.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.Database;
import io.sluice.store.StandbyServer;
import io.sluice.testing.GatewayProcess;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real servers, of which one must confirm what is committed on the other. It stops, and its
 * primary dies before it has come back: what was committed meanwhile is lost, so that none of it
 * may have been acknowledged.
 */
class SynchronousStandbyTest {
  private static final int CLIENTS = 4;
  private static final int ENOUGH = 50;
  private static final int OK = 200;

  /** Short, so that the outage need not be long; long enough to start on a busy machine. */
  private static final Map<String, String> HASTY =
      Map.of(
          "SLUICE_DATABASE_LOCK_TIMEOUT_MS", "2000",
          "SLUICE_DATABASE_STATEMENT_TIMEOUT_MS", "3000",
          "SLUICE_PIPELINE_FLUSH_TIMEOUT_MS", "4000",
          "SLUICE_DATABASE_QUERY_TIMEOUT_MS", "4000",
          "SLUICE_PIPELINE_DEADLINE_MS", "5000",
          "SLUICE_HTTP_REQUEST_TIMEOUT_MS", "8000");

  private static final String WAITING =
      " FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'sluice-lane'";

  private static final String TRANSFERS =
      "SELECT count(*) FROM transfer WHERE kind = 'corebanq.transfer'";

  private final TransferLoad load = new TransferLoad();
  @TempDir Path directory;

  @AfterEach
  void close() {
    load.close();
  }

  @Test
  void whatIsAcknowledgedIsOnTheStandbyWhateverBreaksTheWaitForItOff() {
    try (OwnPostgres primary = new OwnPostgres(directory);
        StandbyServer standby = primary.newStandby(directory);
        GatewayProcess gateway = GatewayProcess.start(directory, settings(primary, standby))) {
      // Given
      load.aimAt(gateway.awaitServing());
      load.start(CLIENTS);
      Waiting.until(() -> load.acknowledged() >= ENOUGH);
      standby.stop();
      Waiting.until(() -> load.unanswered().size() >= CLIENTS);
      Set<UUID> inDoubt = load.unanswered();
      Database owner = primary.server().roles().owner();
      breakOff(owner, "SELECT pg_cancel_backend(pid)::int" + WAITING);
      breakOff(owner, "SELECT pg_terminate_backend(pid)::int" + WAITING);
      int acknowledged = load.acknowledged();
      primary.crash(breakOff(owner, "SELECT pid" + WAITING));
      breakOff(owner, "SELECT pg_cancel_backend(pid)::int" + WAITING);
      int repeated = load.sendAgain(inDoubt);
      int written = number(owner, TRANSFERS);
      assertThat(repeated).isZero();
      assertThat(load.acknowledged()).isEqualTo(acknowledged);

      Instant killed = Instant.now();

      // When
      primary.kill();
      standby.start();
      standby.promote();

      // Then
      Database survivor = standby.roles().owner();
      // The clients go on, and their transfers are done by the survivor.
      String before = TRANSFERS + " AND created_at < '" + killed + "'";
      assertThat(number(survivor, before)).isBetween(acknowledged, written - 1);
      Waiting.until(() -> load.acknowledged() >= acknowledged + ENOUGH);
      Waiting.until(() -> Readiness.of(gateway) == OK);
      load.stop();
      load.sendEverythingAgain();
      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
      DemoBooks.requireTransfers(standby.roles().runtime(), load.acknowledged());
    }
  }

  /** The gateway is told of both servers. */
  private static Map<String, String> settings(OwnPostgres primary, StandbyServer standby) {
    var settings = new HashMap<>(HASTY);
    settings.putAll(primary.environment());
    Database runtime = primary.server().roles().runtime();
    String one = runtime.host() + ":" + runtime.port();
    String both = one + "," + runtime.host() + ":" + standby.port();
    settings.put("DATABASE_URL", TestDatabase.url(runtime).replace(one, both));
    return settings;
  }

  /** Does something about the commits that wait, once there are some; what came of the first. */
  private static int breakOff(Database owner, String sql) {
    var first = new AtomicInteger();
    Waiting.until(() -> first.updateAndGet(before -> number(owner, sql)) > 0);
    return first.get();
  }

  /** The first number of an answer; 0 where there is none, or nobody who answers. */
  private static int number(Database database, String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    } catch (SQLException e) {
      return 0;
    }
  }
}
