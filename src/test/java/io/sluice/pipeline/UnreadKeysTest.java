package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that another process has used, met by a pipeline that takes keys for new. */
class UnreadKeysTest {
  private final LedgerFixture fixture =
      new LedgerFixture(LedgerFixture.settings(Map.of("pipeline.lanes", "1")));
  private final AssetId asset = fixture.asset(false);
  private LanePipeline other;
  private AccountRef payer;
  private AccountRef payee;

  @BeforeEach
  void passTheFirstBatches() {
    other = fixture.newPipeline(LedgerFixture.SETTINGS);
    payer = fixture.account(asset, AccountKind.SIMPLE, 1_000);
    payee = fixture.account(asset, AccountKind.SIMPLE);
    for (int i = 0; i < KeyMemory.WARY_BATCHES; i++) {
      fixture.submit(fixture.command(Leg.of(payer, payee, Amount.of(1))));
    }
  }

  @AfterEach
  void close() {
    Await.result(other.close(5_000));
    fixture.close();
  }

  private TransferCommand payment(String key, long amount) {
    return fixture.command(
        LedgerFixture.key(key, Long.toString(amount)),
        List.of(),
        Leg.of(payer, payee, Amount.of(amount)));
  }

  private void usedElsewhere(String key, long amount) {
    assertThat(Await.result(other.submit(payment(key, amount)))).isInstanceOf(Outcome.Posted.class);
  }

  private Amount paid() {
    return fixture.balance(payee).orElseThrow().minus(Amount.of(KeyMemory.WARY_BATCHES));
  }

  @Test
  void aRepetitionIsAnsweredAndMovesNothing() {
    // Given
    usedElsewhere("key", 5);

    // When
    Outcome outcome = fixture.submit(payment("key", 5));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
    assertThat(paid()).isEqualTo(Amount.of(5));
  }

  @Test
  void anotherRequestWithTheKeyIsAConflict() {
    // Given
    usedElsewhere("key", 5);

    // When
    Outcome outcome = fixture.submit(payment("key", 6));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
    assertThat(paid()).isEqualTo(Amount.of(5));
  }

  @Test
  void whoSharesABatchWithARepetitionIsServed() {
    // Given
    usedElsewhere("key", 5);
    Future<Outcome> busy = fixture.submitLater(payment("first", 1));

    // When
    Future<Outcome> repeated = fixture.submitLater(payment("key", 5));
    Future<Outcome> fresh = fixture.submitLater(payment("fresh", 7));

    // Then
    assertThat(Await.result(busy)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(repeated)).isInstanceOf(Outcome.Replayed.class);
    assertThat(Await.result(fresh)).isInstanceOf(Outcome.Posted.class);
    assertThat(paid()).isEqualTo(Amount.of(13));
  }

  @Test
  void aRepetitionThatWouldBeRefusedNowIsAnsweredAsAtFirst() {
    // Given
    usedElsewhere("key", 500);

    // When: there is not as much left
    Outcome outcome = fixture.submit(payment("key", 500));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
  }

  @Test
  void aRepetitionThatIsDoomedNowIsAnsweredAsAtFirstAlsoBesideOthers() {
    // Given
    usedElsewhere("key", 5);
    Intent doomed =
        new Intent.Doomed(
            List.of(), new LedgerRefusal.InsufficientFunds(payer, Amount.ZERO, Amount.of(5)));
    Future<Outcome> busy = fixture.submitLater(payment("first", 1));

    // When
    Future<Outcome> repeated =
        fixture.submitLater(fixture.command(LedgerFixture.key("key", "5"), doomed));
    Future<Outcome> fresh = fixture.submitLater(payment("fresh", 7));
    Future<Outcome> refused =
        fixture.submitLater(fixture.command(LedgerFixture.key("unused", "5"), doomed));

    // Then
    assertThat(Await.result(busy)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(repeated)).isInstanceOf(Outcome.Replayed.class);
    assertThat(Await.result(fresh)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(refused)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aRefusalStaysOneThoughFundsForItCameLaterInItsBatch() {
    // Given
    Future<Outcome> busy = fixture.submitLater(payment("first", 1));

    // When
    Future<Outcome> tooEarly = fixture.submitLater(payment("early", 100_000));
    Future<Outcome> funds =
        fixture.submitLater(
            fixture.command(
                Leg.of(fixture.account(asset, AccountKind.SYSTEM), payer, Amount.of(1_000_000))));

    // Then
    assertThat(Await.result(busy)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(tooEarly)).isInstanceOf(Outcome.Refused.class);
    assertThat(Await.result(funds)).isInstanceOf(Outcome.Posted.class);
  }
}
