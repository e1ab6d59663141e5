package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.testing.LedgerFixture;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Amounts that do not fit 64 bits, which are sent to PostgreSQL otherwise than all others. */
class LongAmountsTest {
  private static final Amount LONG = new Amount(BigInteger.TEN.pow(37));

  private final LedgerFixture fixture = new LedgerFixture();
  private final AssetId asset = fixture.asset(false);
  private final AccountRef issuer = fixture.account(asset, AccountKind.SYSTEM);
  private final AccountRef first = fixture.account(asset, AccountKind.SIMPLE);
  private final AccountRef second = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    fixture.close();
  }

  private TransferCommand moving(Leg... legs) {
    return TransferCommand.of(
            Principal.operator(fixture.tenant()),
            new TransferId(fixture.ids().next()),
            "test.transfer")
        .to(new Intent.Move(List.of(), List.of(legs)));
  }

  @Test
  void areCarriedByATransferOfTwoPostings() {
    // When
    Outcome outcome = fixture.submit(moving(Leg.of(issuer, first, LONG)));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(first)).contains(LONG);
  }

  @Test
  void areListedByATransferOfMore() {
    // When
    Outcome outcome =
        fixture.submit(moving(Leg.of(issuer, first, LONG), Leg.of(issuer, second, Amount.of(1))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(first)).contains(LONG);
    assertThat(fixture.balance(second)).contains(Amount.of(1));
  }
}
