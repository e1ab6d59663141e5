package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

/** What a flight recording says of a batch. */
class BatchEventTest {
  @Test
  void aBatchIsRecordedWithItsParts() throws InterruptedException {
    try (var fixture = new LedgerFixture();
        var recording = new RecordingStream()) {
      // Given
      LanePipeline pipeline = fixture.newPipeline(LedgerFixture.settings(Map.of()));
      AssetId asset = fixture.asset(false);
      AccountRef payer = fixture.account(asset, AccountKind.SIMPLE, 100);
      AccountRef payee = fixture.account(asset, AccountKind.SIMPLE);
      BlockingQueue<RecordedEvent> events = new LinkedBlockingQueue<>();
      recording.enable("io.sluice.Batch");
      recording.onEvent("io.sluice.Batch", events::add);
      recording.startAsync();

      // When
      Outcome outcome =
          Await.result(pipeline.submit(fixture.command(Leg.of(payer, payee, Amount.of(1)))));

      // Then
      assertThat(outcome).isInstanceOf(Outcome.Posted.class);
      RecordedEvent event = events.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(event.getInt("commands")).isOne();
      assertThat(event.getInt("process")).isPositive();
      Duration lock = event.getDuration("lock");
      Duration decision = event.getDuration("decision");
      assertThat(lock).isPositive();
      assertThat(decision).isPositive();
      assertThat(event.getDuration()).isGreaterThan(lock.plus(decision));
      Await.result(pipeline.close(5_000));
    }
  }
}
