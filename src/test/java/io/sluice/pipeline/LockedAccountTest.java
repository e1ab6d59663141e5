package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.store.Connector;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody outside of the pipeline keeps rows locked: only who needs them waits for him. */
class LockedAccountTest {
  private static final Map<String, String> ONE_LANE =
      Map.of("pipeline.lanes", "1", "pipeline.lockTimeoutMs", "50");

  private final CapturedLog log = CapturedLog.of(Ward.class);
  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LanePipeline pipeline = started(Map.of());
  private final AssetId asset = fixture.asset(false);
  private final AccountRef locked = rich();
  private final AccountRef other = rich();

  @AfterEach
  void close() {
    Await.result(pipeline.close(600_000));
    Await.result(vertx.close());
    fixture.close();
    log.close();
  }

  private LanePipeline started(Map<String, String> changes) {
    var settings = new HashMap<>(ONE_LANE);
    settings.putAll(changes);
    var pipeline =
        new LanePipeline(
            vertx,
            new Connector(vertx, fixture.testDatabase().database()),
            LedgerFixture.settings(settings),
            fixture.transfers(),
            Clock.systemUTC(),
            fixture.ids(),
            registry,
            BatchTracer.NONE);
    Await.result(pipeline.start());
    return pipeline;
  }

  private AccountRef rich() {
    return fixture.account(asset, AccountKind.SIMPLE, 1_000);
  }

  private Future<Outcome> pay(AccountRef from, AccountRef to) {
    return pipeline.submit(fixture.command(Leg.of(from, to, Amount.of(1))));
  }

  private Connection executing(String sql) throws SQLException {
    Connection stranger = fixture.testDatabase().database().dataSource().getConnection();
    stranger.setAutoCommit(false);
    try (Statement statement = stranger.createStatement()) {
      statement.execute(sql);
    }
    return stranger;
  }

  private int gauge(String name) {
    return (int) registry.get("sluice.pipeline.quarantine." + name).gauge().value();
  }

  private void awaitQuarantine(int accounts, int commands) {
    Waiting.until(() -> gauge("accounts") == accounts && gauge("commands") == commands);
  }

  private static void assertPosted(Future<Outcome> outcome) {
    assertThat(Await.result(outcome)).isInstanceOf(Outcome.Posted.class);
  }

  @Test
  void othersGoOnThoughThereIsOneLaneAndOneAccountIsLocked() throws SQLException {
    // Given
    AccountRef third = rich();
    try (Connection stranger = fixture.locking(locked)) {
      Future<Outcome> blocked = pay(locked, other);

      // When
      List<Future<Outcome>> others = Stream.generate(() -> pay(other, third)).limit(20).toList();

      // Then
      others.forEach(LockedAccountTest::assertPosted);
      awaitQuarantine(1, 1);
      assertThat(blocked.isComplete()).isFalse();
      stranger.rollback();
      assertPosted(blocked);
      awaitQuarantine(0, 0);
    }
  }

  @Test
  void saysOnceThatAnAccountIsLockedAndOnceThatItIsFree() throws SQLException {
    // Given
    try (Connection stranger = fixture.locking(locked)) {
      Future<Outcome> blocked = pay(locked, other);
      log.await("An account is locked by somebody else");

      // When
      stranger.rollback();
      assertPosted(blocked);
      log.await("An account that was locked by somebody else is free after");
    }

    // Then
    assertThat(log.lines()).hasSize(2);
    var first = log.lines().getFirst();
    assertThat(first.getLevel()).isEqualTo(Level.WARN);
    assertThat(first.getFormattedMessage())
        .endsWith("SQLSTATE 55P03, a row stayed locked for too long");
    assertThat(CapturedLog.values(first))
        .containsEntry("account", locked.id().value())
        .containsKey("since");
  }

  @Test
  void whatWaitsForAnAccountIsCarriedOutInTheOrderOfItsArrival() throws SQLException {
    // Given
    var waiting = new ArrayList<Future<Outcome>>();
    try (Connection stranger = fixture.locking(locked)) {
      for (int i = 0; i < 20; i++) {
        waiting.add(pay(locked, i % 2 == 0 ? other : rich()));
      }
      awaitQuarantine(1, 20);

      // When
      stranger.rollback();
    }

    // Then
    List<Long> sequences =
        waiting.stream()
            .map(Await::result)
            .map(outcome -> outcome.stored().orElseThrow().postings().getFirst().sequence())
            .toList();
    assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize(20);
  }

  @Test
  void aTransferBetweenTwoLockedAccountsWaitsForBoth() throws SQLException {
    // Given
    try (Connection first = fixture.locking(locked);
        Connection second = fixture.locking(other)) {
      Future<Outcome> blocked = pay(locked, other);
      awaitQuarantine(2, 1);

      // When
      first.rollback();
      Waiting.until(() -> gauge("accounts") == 1);

      // Then
      assertThat(blocked.isComplete()).isFalse();
      second.rollback();
      assertPosted(blocked);
      awaitQuarantine(0, 0);
    }
  }

  @Test
  void givesUpAtTheDeadlineAndForgetsTheAccount() throws SQLException {
    // Given
    LanePipeline hasty = started(Map.of("pipeline.deadlineMs", "300"));
    try (Connection stranger = fixture.locking(locked)) {

      // When
      Outcome outcome =
          Await.result(hasty.submit(fixture.command(Leg.of(locked, other, Amount.of(1)))));

      // Then
      assertThat(outcome).isEqualTo(new Outcome.Expired());
      log.await("An account that was locked by somebody else is wanted by nobody after");
      stranger.rollback();
    }
    Await.result(hasty.close(10_000));
    assertThat(fixture.balance(locked)).contains(Amount.of(1_000));
  }

  @Test
  void gatewaysThatContendForAnAccountAllMakeProgress() {
    // Given: hardly any patience, so that they meet in the lock's queue all the time
    LanePipeline impatient = started(Map.of("pipeline.lockTimeoutMs", "1"));
    LanePipeline further = started(Map.of("pipeline.lockTimeoutMs", "1"));
    var outcomes = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 300; i++) {
      var from = i % 3 == 0 ? locked : other;
      var to = i % 3 == 0 ? other : locked;
      outcomes.add(impatient.submit(fixture.command(Leg.of(from, to, Amount.of(1)))));
      outcomes.add(further.submit(fixture.command(Leg.of(from, to, Amount.of(1)))));
    }

    // Then
    outcomes.forEach(LockedAccountTest::assertPosted);
    assertThat(fixture.balance(locked)).contains(Amount.of(1_200));
    Await.result(impatient.close(600_000));
    Await.result(further.close(600_000));
  }

  @Test
  void aHolderThatIsLockedHoldsUpNobodyButWhoOpensItsAccount() throws SQLException {
    // Given
    AccountRef unopened = AccountRef.available(fixture.holder(HolderStatus.ACTIVE), asset);
    try (Connection stranger =
        executing(
            "SELECT 1 FROM holder WHERE id = '" + unopened.holder().value() + "' FOR UPDATE")) {
      Future<Outcome> blocked = pay(other, unopened);
      Future<Outcome> beside = pay(locked, other);

      // When
      awaitQuarantine(1, 1);

      // Then
      assertPosted(beside);
      assertPosted(pay(other, locked));
      assertThat(blocked.isComplete()).isFalse();
      stranger.rollback();
      assertPosted(blocked);
    }
  }

  @Test
  void nobodyIsToBlameForALockedTable() throws SQLException {
    // Given
    try (Connection stranger = executing("LOCK TABLE account IN ACCESS EXCLUSIVE MODE")) {
      Future<Outcome> blocked = pay(locked, other);
      Waiting.until(
          () ->
              registry.get("sluice.pipeline.failures").tag("cause", "busy").counter().count() > 1);

      // When
      stranger.rollback();

      // Then
      assertPosted(blocked);
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void noMoreWaitForLockedAccountsThanThereIsRoomFor() throws SQLException {
    // Given: room for one
    LanePipeline narrow = started(Map.of("pipeline.queueCapacity", "4"));
    try (Connection stranger = fixture.locking(locked)) {
      var blocked = narrow.submit(fixture.command(Leg.of(locked, other, Amount.of(1))));
      log.await("An account is locked by somebody else");

      // When
      Outcome turnedAway =
          Await.result(narrow.submit(fixture.command(Leg.of(locked, other, Amount.of(1)))));

      // Then
      assertThat(turnedAway).isInstanceOf(Outcome.Overloaded.class);
      stranger.rollback();
      assertPosted(blocked);
    }
    Await.result(narrow.close(600_000));
  }

  @Test
  void aStopWaitsForWhatIsInQuarantine() throws SQLException {
    // Given
    LanePipeline stopping = started(Map.of());
    try (Connection stranger = fixture.locking(locked)) {
      var blocked = stopping.submit(fixture.command(Leg.of(locked, other, Amount.of(1))));
      log.await("An account is locked by somebody else");

      // When
      Future<Void> stopped = stopping.close(600_000);
      stranger.rollback();

      // Then
      assertPosted(blocked);
      Await.result(stopped);
    }
  }
}
