package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Connector;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that stand behind all others: how many are let in, and what becomes of the rest. */
class BehindTest {
  private static final int BATCH = 8;
  private static final int MANY = 100;
  private static final int LARGE_BATCH = 64;
  private static final Map<String, String> ONE_LANE_FOR_LARGE_BATCHES =
      Map.of(
          "pipeline.lanes",
          "1",
          "pipeline.maxBatchLegs",
          Integer.toString(LARGE_BATCH),
          "pipeline.gentleMs",
          "600000");

  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AssetId asset = fixture.asset(false);
  private final AccountRef locked = fixture.account(asset, AccountKind.SIMPLE, 1_000);
  private final AccountRef other = fixture.account(asset, AccountKind.SIMPLE, 1_000);
  private final AccountRef third = fixture.account(asset, AccountKind.SIMPLE);
  private final AccountRef payee = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  /** With one lane, which can be kept busy. */
  private LanePipeline started(String deadlineMs) {
    return started(
        Map.of(
            "pipeline.lanes",
            "1",
            "pipeline.maxBatchLegs",
            Integer.toString(BATCH),
            "pipeline.deadlineMs",
            deadlineMs));
  }

  private LanePipeline started(Map<String, String> changes) {
    PipelineSettings settings = LedgerFixture.settings(changes);
    var pipeline =
        new LanePipeline(
            vertx,
            new Connector(vertx, fixture.testDatabase().database()),
            settings,
            fixture.transfers(),
            Clock.systemUTC(),
            fixture.ids(),
            registry,
            BatchTracer.NONE);
    Await.result(pipeline.start());
    return pipeline;
  }

  private TransferCommand pay(AccountRef from) {
    return fixture.command(Leg.of(from, payee, Amount.of(1)));
  }

  private void awaitDepth(int commands) {
    Waiting.until(() -> registry.get("sluice.pipeline.queue.depth").gauge().value() == commands);
  }

  @Test
  void letsInNoMoreThanABatchSoThatWhoComesAloneHardlyWaits() throws SQLException {
    // Given
    LanePipeline pipeline = started("600000");
    List<String> told = new CopyOnWriteArrayList<>();
    List<Future<Outcome>> all = new ArrayList<>();
    try (Connection stranger = fixture.locking(locked)) {
      all.add(pipeline.submit(fixture.command(Leg.of(locked, other, Amount.of(1)))));
      for (int i = 0; i < MANY; i++) {
        all.add(pipeline.submitBehind(pay(other)).onSuccess(done -> told.add("behind")));
      }

      // When
      all.add(pipeline.submit(pay(other)).onSuccess(done -> told.add("alone")));

      // Then
      awaitDepth(BATCH + 1);
      stranger.rollback();
    }
    all.forEach(each -> assertThat(Await.result(each)).isInstanceOf(Outcome.Posted.class));
    assertThat(told).hasSize(MANY + 1);
    assertThat(told.indexOf("alone")).isLessThanOrEqualTo(3 * BATCH);
    Await.result(pipeline.close(300_000));
  }

  @Test
  void tellsThoseWhoWereNeverLetInThatTheirTimeIsUp() throws SQLException {
    // Given
    LanePipeline pipeline = started("100");
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submit(fixture.command(Leg.of(locked, other, Amount.of(1))));
      for (int i = 0; i < BATCH; i++) {
        pipeline.submitBehind(pay(other));
      }

      // When
      Future<Outcome> last = pipeline.submitBehind(pay(other));

      // Then
      assertThat(Await.result(last)).isInstanceOf(Outcome.Expired.class);
      stranger.rollback();
    }
    Await.result(pipeline.close(300_000));
  }

  @Test
  void turnsThoseAwayWhoWereNotLetInWhenItCloses() throws SQLException {
    // Given
    LanePipeline pipeline = started("600000");
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submit(fixture.command(Leg.of(locked, other, Amount.of(1))));
      List<Future<Outcome>> inside = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        inside.add(pipeline.submitBehind(pay(other)));
      }
      Future<Outcome> last = pipeline.submitBehind(pay(other));

      // When
      Future<Void> closed = pipeline.close(300_000);

      // Then
      assertThat(Await.result(last)).isInstanceOf(Outcome.Overloaded.class);
      assertThat(Await.result(pipeline.submitBehind(pay(other))))
          .isInstanceOf(Outcome.Overloaded.class);
      stranger.rollback();
      inside.forEach(each -> assertThat(Await.result(each)).isInstanceOf(Outcome.Posted.class));
      Await.result(closed);
    }
  }

  /** All of a batch, as nobody would wait for it: the control for what comes next. */
  @Test
  void letsInAWholeBatchWhereNobodyElseComes() throws SQLException {
    // Given
    LanePipeline pipeline = started(ONE_LANE_FOR_LARGE_BATCHES);
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submitBehind(fixture.command(Leg.of(locked, other, Amount.of(1))));

      // When
      submitManyBehind(pipeline);

      // Then
      awaitDepth(LARGE_BATCH);
      stranger.rollback();
    }
    Await.result(pipeline.close(300_000));
  }

  @Test
  void letsInAPortionWhereOthersComeToo() throws SQLException {
    // Given
    LanePipeline pipeline = started(ONE_LANE_FOR_LARGE_BATCHES);
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submit(fixture.command(Leg.of(locked, other, Amount.of(1))));

      List<Future<Outcome>> all = submitManyBehind(pipeline);

      // When
      pipeline.submit(pay(other));

      // Then
      awaitDepth(Portion.LEGS + 1);
      stranger.rollback();
      all.forEach(each -> assertThat(Await.result(each)).isInstanceOf(Outcome.Posted.class));
    }
    Await.result(pipeline.close(300_000));
  }

  @Test
  void keepsAPortionToOneLane() throws SQLException {
    // Given: one of those behind is under way, and the next ones wait for it
    LanePipeline pipeline = started(Map.of("pipeline.gentleMs", "600000"));
    Await.result(pipeline.submit(pay(other)));
    List<Future<Outcome>> portion = new ArrayList<>();
    try (Connection stranger = fixture.locking(locked)) {
      portion.add(pipeline.submitBehind(fixture.command(Leg.of(locked, third, Amount.of(1)))));
      for (int i = 0; i < Portion.LEGS; i++) {
        AccountRef from = fixture.account(asset, AccountKind.SIMPLE, 1);
        AccountRef to = fixture.account(asset, AccountKind.SIMPLE);
        portion.add(pipeline.submitBehind(fixture.command(Leg.of(from, to, Amount.of(1)))));
      }

      // When
      stranger.rollback();
    }

    // Then
    portion.forEach(each -> assertThat(Await.result(each)).isInstanceOf(Outcome.Posted.class));
    Await.result(pipeline.close(300_000));
    assertThat(registry.get("sluice.pipeline.batch.size").summary().count()).isEqualTo(3);
  }

  /** While others come all the time. */
  @Test
  void goesOnBesideAPortionWhoseLaneHangs() throws SQLException {
    // Given
    LanePipeline pipeline = started(Map.of("pipeline.gentleMs", "2000"));
    Await.result(pipeline.submit(pay(other)));
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submitBehind(fixture.command(Leg.of(locked, third, Amount.of(1))));

      // When
      Future<Outcome> next = pipeline.submitBehind(pay(other));

      // Then
      Waiting.until(
          () -> {
            Await.result(pipeline.submit(pay(other)));
            return next.isComplete();
          });
      assertThat(Await.result(next)).isInstanceOf(Outcome.Posted.class);
      stranger.rollback();
    }
    Await.result(pipeline.close(300_000));
  }

  @Test
  void leavesALaneToOthersWhereTheyCome() throws SQLException {
    // Given: one of those behind keeps one of the two lanes
    LanePipeline pipeline = started(Map.of("pipeline.gentleMs", "600000"));
    Await.result(pipeline.submit(pay(other)));
    try (Connection stranger = fixture.locking(locked)) {
      pipeline.submitBehind(fixture.command(Leg.of(locked, third, Amount.of(1))));
      Future<Outcome> next = pipeline.submitBehind(pay(other));

      // When
      Outcome alone = Await.result(pipeline.submit(pay(other)));

      // Then
      assertThat(alone).isInstanceOf(Outcome.Posted.class);
      assertThat(next.isComplete()).isFalse();
      stranger.rollback();
      assertThat(Await.result(next)).isInstanceOf(Outcome.Posted.class);
    }
    Await.result(pipeline.close(300_000));
  }

  private List<Future<Outcome>> submitManyBehind(LanePipeline pipeline) {
    return IntStream.range(0, MANY).mapToObj(i -> pipeline.submitBehind(pay(other))).toList();
  }
}
