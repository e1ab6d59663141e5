package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payers of very many lots, each a crumb: no command's bound depends on its company. */
class ManyLotsTest {
  private static final int LEGS_PER_CREDIT = 4_000;

  /** With one lane, what waits while it is busy is one batch. */
  private final LedgerFixture fixture =
      new LedgerFixture(LedgerFixture.settings(Map.of("pipeline.lanes", "1")));

  private final AssetId asset = fixture.asset(true);
  private final AccountRef system = fixture.account(asset, AccountKind.SYSTEM);

  @AfterEach
  void close() {
    fixture.close();
  }

  private AccountRef holder() {
    return fixture.account(asset, AccountKind.LOT);
  }

  /** Somebody with so many lots of one unit. */
  private AccountRef payer(int lots) {
    AccountRef payer = holder();
    for (int left = lots; left > 0; left -= LEGS_PER_CREDIT) {
      Leg crumb = leg(system, payer, 1);
      Leg[] legs = Collections.nCopies(Math.min(left, LEGS_PER_CREDIT), crumb).toArray(Leg[]::new);
      assertThat(submit(legs)).isInstanceOf(Outcome.Posted.class);
    }
    return payer;
  }

  private static Leg leg(AccountRef from, AccountRef to, long amount) {
    return Leg.of(from, to, Amount.of(amount));
  }

  private Outcome submit(Leg... legs) {
    return fixture.submit(fixture.command(legs));
  }

  /** These commands, the first of which keeps the lane busy while the others arrive. */
  private List<Outcome> together(Leg... legs) {
    List<Future<Outcome>> outcomes =
        Stream.of(legs).map(leg -> fixture.submitLater(fixture.command(leg))).toList();
    return outcomes.stream().map(Await::result).collect(Collectors.toCollection(ArrayList::new));
  }

  private Optional<Amount> balance(AccountRef account) {
    return fixture.balance(account);
  }

  private static Optional<Amount> units(long amount) {
    return Optional.of(Amount.of(amount));
  }

  private static Refusal refusal(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).reason();
  }

  @Test
  void whoeverHasTwentyFiveThousandLotsPaysAllThatHeHas() {
    // Given
    AccountRef payer = payer(25_000);
    AccountRef payee = holder();

    // When
    Outcome outcome = submit(leg(payer, payee, 25_000));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(balance(payee)).isEqualTo(units(25_000));
    assertThat(balance(payer)).isEqualTo(units(0));
  }

  @Test
  void whatIsInMoreLotsThanOneCommandMayUseIsRefusedAndPaidInParts() {
    // Given
    int limit = LotLimit.MAX_LOTS_PER_COMMAND;
    AccountRef payer = payer(limit + 1);
    AccountRef payee = holder();

    // When
    Outcome atOnce = submit(leg(payer, payee, limit + 1));
    Outcome overdrawing =
        submit(new Leg(payer, payee, Amount.of(limit + 2), LotRule.AUTOMATIC, true));
    Outcome most = submit(leg(payer, payee, limit));
    Outcome rest = submit(leg(payer, payee, 1));

    // Then
    assertThat(refusal(atOnce)).isEqualTo(new LedgerRefusal.TooManyLots(payer, limit));
    assertThat(refusal(overdrawing)).isEqualTo(refusal(atOnce));
    assertThat(List.of(most, rest)).allMatch(Outcome.Posted.class::isInstance);
    assertThat(balance(payee)).isEqualTo(units(limit + 1));
  }

  @Test
  void commandsOfOneBatchThatTakeManyLotsDoNotTakeThemFromOneAnother() {
    // Given
    AccountRef payer = payer(28_000);
    AccountRef payee = holder();

    // When
    List<Outcome> outcomes =
        together(
            leg(payer, payee, 1),
            leg(payer, payee, 9_000),
            leg(payer, payee, 9_000),
            leg(payer, payee, 1),
            leg(payer, payee, 9_000));

    // Then
    assertThat(outcomes).allMatch(Outcome.Posted.class::isInstance);
    assertThat(balance(payee)).isEqualTo(units(27_002));
  }

  @Test
  void whoeverWaitsForACommandThatTakesManyLotsGetsItsTurnAfterIt() {
    // Given
    AccountRef payer = payer(15_000);
    AccountRef payee = holder();
    AccountRef last = holder();

    // When
    List<Outcome> outcomes =
        together(
            leg(payer, payee, 1),
            leg(payer, payee, 14_999),
            leg(payer, payee, 1),
            leg(payee, last, 15_000),
            leg(last, system, 15_000));

    // Then
    assertThat(refusal(outcomes.remove(2)))
        .isEqualTo(new LedgerRefusal.InsufficientFunds(payer, Amount.ZERO, Amount.of(1)));
    assertThat(outcomes).allMatch(Outcome.Posted.class::isInstance);
    assertThat(balance(last)).isEqualTo(units(0));
  }
}
