package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Books that somebody else has broken are not written on; whoever does not need them is served. */
class BrokenBooksTest {
  private final LedgerFixture fixture =
      new LedgerFixture(LedgerFixture.settings(Map.of("pipeline.lanes", "1")));
  private final AssetId asset = fixture.asset(false);
  private CapturedLog lanes;
  private CapturedLog answers;
  private AccountRef broken;
  private AccountRef whole;
  private AccountRef payee;

  @BeforeEach
  void openAccounts() {
    lanes = CapturedLog.of(Lane.class);
    answers = CapturedLog.of(Answers.class);
    broken = fixture.account(asset, AccountKind.SIMPLE, 100);
    whole = fixture.account(asset, AccountKind.SIMPLE, 100);
    payee = fixture.account(asset, AccountKind.SIMPLE, 100);
  }

  @AfterEach
  void close() {
    fixture.close();
    lanes.close();
    answers.close();
  }

  private Future<Outcome> pay(AccountRef payer) {
    return fixture.submitLater(command(payer));
  }

  private TransferCommand command(AccountRef payer) {
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  private void setSequenceOfBroken(String value) {
    fixture
        .testDatabase()
        .execute(
            "UPDATE account SET sequence = %s WHERE id = '%s'"
                .formatted(value, broken.id().value()));
  }

  private static void assertDefect(Future<Outcome> outcome) {
    assertThatThrownBy(() -> Await.result(outcome)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aSequenceThatWentBackFailsWhoeverPaysFromItAndNobodyElse() {
    // Given
    Await.result(pay(broken));
    setSequenceOfBroken("sequence - 1");

    // When: the first goes alone, the others share a batch
    Future<Outcome> first = pay(whole);
    Future<Outcome> second = pay(broken);
    Future<Outcome> third = pay(whole);

    // Then
    assertThat(Await.result(first)).isInstanceOf(Outcome.Posted.class);
    assertDefect(second);
    assertThat(Await.result(third)).isInstanceOf(Outcome.Posted.class);
    assertThat(answers.lines()).hasSize(1);
    assertThat(fixture.balance(broken)).contains(Amount.of(99));
    assertThat(fixture.balance(payee)).contains(Amount.of(103));
    setSequenceOfBroken("sequence + 1");
    assertThat(Await.result(pay(broken))).isInstanceOf(Outcome.Posted.class);
  }

  @Test
  void anAccountOfAnotherKindThanItIsTakenForIsNotPaidFrom() {
    // Given
    AccountRef mistaken = AccountRef.of(whole.holder(), asset, Bucket.AVAILABLE, AccountKind.LOT);

    // When
    Future<Outcome> outcome = pay(mistaken);

    // Then
    assertDefect(outcome);
    assertThat(fixture.balance(whole)).contains(Amount.of(100));
  }
}
