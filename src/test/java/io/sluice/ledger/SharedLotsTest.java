package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.move;
import static io.sluice.ledger.Commands.overdraft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that several commands share reads few lots of each: what needs more has to wait. */
class SharedLotsTest {
  private static final Decision POSTPONED = new Decision.Postponed();

  private final TestBooks books = new TestBooks(new LotLimit(2, false));

  @Test
  void whatTheLotsThatWereReadCoverIsPaid() {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);

    // When
    books.post(leg(payer, books.system(), 30));

    // Then
    assertThat(books.balance(payer)).isEqualTo("30");
  }

  @Test
  void whatTakesMoreIsPostponedWithoutATrace() {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);
    AccountRef payee = books.inLots();
    String before = books.snapshot();

    // When
    List<Decision> decisions =
        List.of(
            books.decide(move(leg(payer, payee, 31))),
            books.decide(move(overdraft(payer, payee, 61))));

    // Then
    assertThat(decisions).containsOnly(POSTPONED);
    assertThat(books.snapshot()).isEqualTo(before);
  }

  @Test
  void whatIsMoreThanTheBalanceIsRefusedAtOnce() {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);

    // When
    Refusal refusal = books.refuse(leg(payer, books.system(), 61));

    // Then
    assertThat(refusal)
        .isEqualTo(new LedgerRefusal.InsufficientFunds(payer, Amount.of(60), Amount.of(61)));
  }

  @Test
  void whatArrivesMeanwhileIsNotPaidBeforeOlderLotsThatWereNotRead() {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);
    books.post(leg(books.system(), payer, 100));

    // When
    Decision decision = books.decide(move(leg(payer, books.system(), 31)));

    // Then
    assertThat(decision).isEqualTo(POSTPONED);
  }

  @Test
  void whatEarlierCommandsOfTheBatchUsedUpIsNoReasonToRefuse() {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);
    books.post(leg(payer, books.system(), 25));

    // When
    Decision decision = books.decide(move(leg(payer, books.system(), 6)));

    // Then
    assertThat(decision).isEqualTo(POSTPONED);
  }

  @Test
  void anAccountWithoutFurtherLotsNeedNotWait() {
    // Given
    AccountRef payer = books.inLots(10, 20);

    // When
    Refusal refusal = books.refuse(leg(payer, books.system(), 31));

    // Then
    assertThat(refusal).isInstanceOf(LedgerRefusal.InsufficientFunds.class);
  }

  @ParameterizedTest(name = "{0} commands with {1} legs")
  @CsvSource({
    "1, 1, 30000, true",
    "1, 4000, 30000, true",
    "2, 2, 5000, false",
    "256, 256, 100, false"
  })
  void howManyLotsAreReadGoesByHowManyShareTheBatch(
      int commands, int legs, int lots, boolean alone) {
    assertThat(LotLimit.ofBatch(commands, legs)).isEqualTo(new LotLimit(lots, alone));
  }
}
