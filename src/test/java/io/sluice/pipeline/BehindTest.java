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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that stand behind all others: how many are let in, and what becomes of the rest. */
class BehindTest {
  private static final int BATCH = 8;
  private static final int MANY = 100;

  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AssetId asset = fixture.asset(false);
  private final AccountRef locked = fixture.account(asset, AccountKind.SIMPLE, 1_000);
  private final AccountRef other = fixture.account(asset, AccountKind.SIMPLE, 1_000);
  private final AccountRef payee = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  /** With one lane, which can be kept busy. */
  private LanePipeline started(String deadlineMs) {
    PipelineSettings settings =
        LedgerFixture.settings(
            Map.of(
                "pipeline.lanes",
                "1",
                "pipeline.maxBatchLegs",
                Integer.toString(BATCH),
                "pipeline.deadlineMs",
                deadlineMs));
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
}
