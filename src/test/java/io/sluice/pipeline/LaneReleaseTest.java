package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Connector;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a lane does first when its batch is committed. */
class LaneReleaseTest {
  private static final PipelineSettings ONE_LANE =
      LedgerFixture.settings(Map.of("pipeline.lanes", "1"));

  @Test
  void theNextBatchIsOnItsWayBeforeTheAnswersOfTheLastAreTold() {
    try (var fixture = new LedgerFixture()) {
      // Given: one event loop for all, so that whoever hears an answer holds up the pipeline
      Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
      var registry = new SimpleMeterRegistry();
      var pipeline =
          new LanePipeline(
              vertx,
              new Connector(vertx, fixture.testDatabase().database()),
              ONE_LANE,
              fixture.transfers(),
              Clock.systemUTC(),
              fixture.ids(),
              registry,
              BatchTracer.NONE);
      Await.result(pipeline.start());
      TransferCommand first = transfer(fixture);
      TransferCommand second = transfer(fixture);
      Promise<Double> waiting = Promise.promise();

      // When: the second arrives while the only lane is busy with the first
      vertx.runOnContext(
          loop -> {
            pipeline
                .submit(first)
                .map(told -> registry.get("sluice.pipeline.queue.depth").gauge().value())
                .onComplete(waiting);
            pipeline.submit(second);
          });

      // Then
      assertThat(Await.result(waiting.future())).isZero();
      Await.result(pipeline.close(5_000));
      Await.result(vertx.close());
    }
  }

  private static TransferCommand transfer(LedgerFixture fixture) {
    AssetId asset = fixture.asset(false);
    AccountRef payer = fixture.account(asset, AccountKind.SIMPLE, 100);
    return fixture.command(Leg.of(payer, fixture.account(asset, AccountKind.SIMPLE), Amount.of(1)));
  }
}
