package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who would wait for too long is turned away at once. */
class AdmissionByWaitTest {
  private static final PipelineSettings ONE_AT_A_TIME =
      LedgerFixture.settings(
          Map.of(
              "pipeline.lanes", "1",
              "pipeline.maxBatchLegs", "1",
              "pipeline.maxWaitMs", "1"));

  private final LedgerFixture fixture = new LedgerFixture();
  private final LanePipeline pipeline = fixture.newPipeline(ONE_AT_A_TIME);
  private final AssetId asset = fixture.asset(false);
  private final AccountRef payer = fixture.account(asset, AccountKind.SYSTEM);
  private final AccountRef payee = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(pipeline.close(600_000));
    fixture.close();
  }

  private Future<Outcome> submit() {
    return pipeline.submit(fixture.command(Leg.of(payer, payee, Amount.of(1))));
  }

  private List<Outcome> crowd() {
    List<Future<Outcome>> crowd = Stream.generate(this::submit).limit(1_000).toList();
    return crowd.stream().map(Await::result).toList();
  }

  @Test
  void aCrowdIsTurnedAwayOnceThePaceIsKnownButNobodyWhoWouldNotWait() {
    // Given
    List<Outcome> outcomes = crowd();

    // When
    while (outcomes.stream().noneMatch(Outcome.Overloaded.class::isInstance)) {
      outcomes = crowd();
    }
    Outcome later = Await.result(submit());

    // Then
    assertThat(outcomes)
        .allMatch(o -> o instanceof Outcome.Posted || o instanceof Outcome.Overloaded);
    assertThat(later).isInstanceOf(Outcome.Posted.class);
  }
}
