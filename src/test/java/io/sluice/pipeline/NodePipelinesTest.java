package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.store.AccountNumbers;
import io.sluice.store.BooksSession;
import io.sluice.store.Database;
import io.sluice.store.Server;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes that lead straight to the nodes of a Citus cluster. */
class NodePipelinesTest {
  private static final int TRANSFERS = 400;

  private LedgerFixture fixture;
  private NodePipelines pipelines;
  private AccountRef payer;
  private AccountRef payee;

  @BeforeEach
  void open() {
    assumeTrue(
        TestDatabase.isOnCitus(), "skipped: DATABASE_URL names no database with Citus on it");
    fixture = new LedgerFixture();
    pipelines = fixture.newNodePipelines(LedgerFixture.SETTINGS);
    AssetId asset = fixture.asset(false);
    payer = fixture.account(asset, AccountKind.SIMPLE, 1_000);
    payee = fixture.account(asset, AccountKind.SIMPLE);
  }

  @AfterEach
  void close() {
    if (fixture != null) {
      Await.result(pipelines.close(5_000));
      fixture.close();
    }
  }

  private TransferCommand payment() {
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  private <T> T query(String sql, Reading<T> reading) throws SQLException {
    return query(fixture.testDatabase().roles().owner(), sql, reading);
  }

  private static <T> T query(Database database, String sql, Reading<T> reading)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return reading.of(rows);
      }
    }
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private String shard() {
    return "get_shard_id_for_distribution_column('account', %d)"
        .formatted(fixture.tenant().value());
  }

  private Server home() throws SQLException {
    return query(
        "SELECT nodename, nodeport FROM citus_shards WHERE shardid = " + shard(),
        row -> new Server(row.getString(1), row.getInt(2)));
  }

  private Server other(Server home) throws SQLException {
    return query(
        "SELECT nodename, nodeport FROM pg_dist_node WHERE shouldhaveshards AND nodeport <> "
            + home.port(),
        row -> new Server(row.getString(1), row.getInt(2)));
  }

  private String move(Server from, Server to) {
    return "SELECT citus_move_shard_placement(%s, '%s', %d, '%s', %d, 'block_writes')"
        .formatted(shard(), from.host(), from.port(), to.host(), to.port());
  }

  private void carryOut(String move) {
    try {
      query(move.replace("SELECT", "SELECT 1 FROM"), row -> row.getInt(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void carriesATenantsCommandsToItsNode() throws SQLException {
    // When
    Outcome outcome = Await.result(pipelines.submit(payment()));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(pipelines.nodeOf(fixture.tenant())).contains(home());
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  @Test
  void aRepetitionIsConfirmedWhereItWasCommitted() {
    // Given
    TransferCommand command =
        fixture.command(
            LedgerFixture.key("key", "1"), List.of(), Leg.of(payer, payee, Amount.of(1)));
    Await.result(pipelines.submit(command));

    // When
    Outcome outcome =
        Await.result(
            pipelines.submit(
                fixture.command(
                    LedgerFixture.key("key", "1"), List.of(), Leg.of(payer, payee, Amount.of(1)))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  private Future<BooksSession> locking(Server node, Needs needs) {
    return BooksSession.open(
            fixture.connector().at(node),
            new AccountNumbers(),
            LedgerFixture.SETTINGS.flushTimeoutMs(),
            LedgerFixture.SETTINGS.lockTimeoutMs())
        .compose(
            session ->
                session.lock(List.of(needs), key -> false, false, Instant.now()).map(session));
  }

  @Test
  void isNotMovedWhileItsRowsAreLocked() throws SQLException {
    // Given
    Server home = home();
    Server other = other(home);
    EventLoop loop = fixture.loop();
    var needs = new Needs(fixture.tenant(), List.of(payment()), LotLimit.ofBatch(1, 1));
    BooksSession session = Await.result(loop.call(() -> locking(home, needs)));

    // When
    CompletableFuture<Void> moved = CompletableFuture.runAsync(() -> carryOut(move(home, other)));
    Waiting.until(() -> movesThatWait(home) == 1);

    // Then
    assertThat(moved).isNotDone();

    // And when
    Await.result(loop.call(() -> session.rollback().onComplete(done -> session.close())));

    // Then
    assertThat(moved).succeedsWithin(Patience.LIMIT);
    assertThat(home()).isEqualTo(other);
  }

  private int movesThatWait(Server node) {
    try {
      return query(
          fixture.testDatabase().roles().owner().withServers(List.of(node)),
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
            AND query LIKE 'SELECT lock_shard_metadata%'
          """,
          row -> row.getInt(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void losesAndDoublesNothingWhenATenantIsMovedUnderLoad() throws SQLException {
    // Given
    Server home = home();
    Server other = other(home);
    Await.result(pipelines.submit(payment()));

    // When
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < TRANSFERS; i++) {
      if (i == TRANSFERS / 2) {
        carryOut(move(home, other));
      }
      outcomes.add(pipelines.submit(payment()));
    }
    Waiting.until(() -> pipelines.nodeOf(fixture.tenant()).equals(Optional.of(other)));
    outcomes.add(pipelines.submit(payment()));

    // Then
    for (Future<Outcome> outcome : outcomes) {
      assertThat(Await.result(outcome)).isInstanceOf(Outcome.Posted.class);
    }
    assertThat(fixture.balance(payee)).contains(Amount.of(outcomes.size() + 1));
  }
}
