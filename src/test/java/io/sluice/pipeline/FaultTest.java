package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Posting;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections die and rows stay locked while commands are under way. */
class FaultTest {
  private static final int COMMANDS = 2_000;

  private static final String CUT_ONE_LANE =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE application_name = 'sluice-lane' AND datname = current_database()"
          + " ORDER BY random() LIMIT 1";

  private final CapturedLog log = CapturedLog.of(Lane.class);
  private LedgerFixture fixture;
  private AssetId asset;

  @BeforeEach
  void open() {
    fixture =
        new LedgerFixture(
            LedgerFixture.settings(
                Map.of("pipeline.queueCapacity", "10000", "pipeline.maxBatchLegs", "64")));
    asset = fixture.asset(false);
  }

  @AfterEach
  void close() {
    fixture.close();
    log.close();
  }

  @Test
  void whateverTheConnectionsDoEachKeyMovesValueOnce() {
    // Given
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var accounts = new ArrayList<AccountRef>();
    for (int i = 0; i < 8; i++) {
      accounts.add(fixture.account(asset, AccountKind.SIMPLE, 1_000_000));
    }
    var legs = new ArrayList<Leg>();
    for (int i = 0; i < COMMANDS; i++) {
      int from = random.nextInt(8);
      int to = (from + 1 + random.nextInt(7)) % 8;
      legs.add(Leg.of(accounts.get(from), accounts.get(to), Amount.of(1 + random.nextInt(9))));
    }

    // When
    List<Outcome> outcomes = submitWhileLanesAreCut(legs);

    // Then
    assertThat(outcomes).allMatch(Outcome.Posted.class::isInstance);
    var postings = new HashSet<Posting>();
    outcomes.forEach(o -> postings.addAll(((Outcome.Posted) o).receipt().postings()));
    assertThat(postings).hasSize(2 * COMMANDS);
    assertThat(count("transfer WHERE kind = 'test.transfer'")).isEqualTo(COMMANDS + 8);
    assertThat(
            count(
                "posting p WHERE balance <> (SELECT sum(q.amount) FROM posting q"
                    + " WHERE q.account = p.account AND q.sequence <= p.sequence)"))
        .isZero();
  }

  private List<Outcome> submitWhileLanesAreCut(List<Leg> legs) {
    var submitted = new ArrayList<Future<Outcome>>();
    for (int i = 0; i < legs.size(); i++) {
      var key = LedgerFixture.key("fault " + i, "wish");
      submitted.add(fixture.submitLater(fixture.command(key, List.of(), legs.get(i))));
      if (i % 100 == 50) {
        fixture.testDatabase().execute(CUT_ONE_LANE);
        Await.result(submitted.get(i - 40));
      }
    }
    return submitted.stream().map(Await::result).toList();
  }

  @Test
  void aRowLockedByAnotherProcessHoldsUpOnlyWhoNeedsIt() throws SQLException {
    // Given
    AccountRef locked = fixture.account(asset, AccountKind.SIMPLE, 100);
    AccountRef free = fixture.account(asset, AccountKind.SIMPLE, 100);
    AccountRef payee = fixture.account(asset, AccountKind.SIMPLE, 1);
    try (Connection other = fixture.testDatabase().database().dataSource().getConnection()) {
      lockRow(other, locked);

      // When
      Future<Outcome> blocked =
          fixture.submitLater(fixture.command(Leg.of(locked, free, Amount.of(1))));
      Outcome unrelated = fixture.submit(fixture.command(Leg.of(payee, other(), Amount.of(1))));

      // Then
      assertThat(unrelated).isInstanceOf(Outcome.Posted.class);
      assertThat(blocked.isComplete()).isFalse();
      other.rollback();
      assertThat(Await.result(blocked)).isInstanceOf(Outcome.Posted.class);
    }
  }

  @Test
  void aCommandThatWaitsPastItsDeadlineMovesNothing() throws SQLException {
    // Given
    LanePipeline hasty =
        fixture.newPipeline(
            LedgerFixture.settings(Map.of("pipeline.lanes", "1", "pipeline.deadlineMs", "300")));
    AccountRef locked = fixture.account(asset, AccountKind.SIMPLE, 100);
    AccountRef payee = fixture.account(asset, AccountKind.SIMPLE, 1);
    try (Connection other = fixture.testDatabase().database().dataSource().getConnection()) {
      lockRow(other, locked);
      hasty.submit(fixture.command(Leg.of(locked, payee, Amount.of(1))));

      // When
      Outcome waiting =
          Await.result(hasty.submit(fixture.command(Leg.of(locked, payee, Amount.of(1)))));

      // Then
      assertThat(waiting).isEqualTo(new Outcome.Expired());
      other.rollback();
    }
    Await.result(hasty.close(10_000));
    assertThat(fixture.balance(payee).orElseThrow().isLessThan(Amount.of(3))).isTrue();
  }

  @Test
  void aFullQueueIsAnsweredWithOverload() throws SQLException {
    // Given
    LanePipeline narrow =
        fixture.newPipeline(
            LedgerFixture.settings(
                Map.of(
                    "pipeline.lanes",
                    "1",
                    "pipeline.queueCapacity",
                    "1",
                    "pipeline.maxBatchLegs",
                    "1",
                    "pipeline.retryAfterMs",
                    "700")));
    AccountRef locked = fixture.account(asset, AccountKind.SIMPLE, 100);
    AccountRef payee = fixture.account(asset, AccountKind.SIMPLE, 1);
    try (Connection other = fixture.testDatabase().database().dataSource().getConnection()) {
      lockRow(other, locked);
      var inFlight = narrow.submit(fixture.command(Leg.of(locked, payee, Amount.of(1))));
      var parked = narrow.submit(fixture.command(Leg.of(locked, payee, Amount.of(1))));

      // When
      Outcome outcome =
          Await.result(narrow.submit(fixture.command(Leg.of(payee, locked, Amount.of(1)))));

      // Then
      assertThat(outcome).isEqualTo(new Outcome.Overloaded(java.time.Duration.ofMillis(700)));
      other.rollback();
      assertThat(Await.result(inFlight)).isInstanceOf(Outcome.Posted.class);
      assertThat(Await.result(parked)).isInstanceOf(Outcome.Posted.class);
    }
    Await.result(narrow.close(1_000));
  }

  private AccountRef other() {
    return AccountRef.available(fixture.holder(HolderStatus.ACTIVE), asset);
  }

  private static void lockRow(Connection connection, AccountRef account) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT 1 FROM account WHERE id = '" + account.id().value() + "' FOR UPDATE");
    }
  }

  private long count(String from) {
    try (Connection connection = fixture.testDatabase().database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
