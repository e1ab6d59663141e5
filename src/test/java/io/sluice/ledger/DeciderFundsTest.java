package io.sluice.ledger;

import static io.sluice.ledger.Commands.command;
import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.legs;
import static io.sluice.ledger.Commands.overdraft;
import static io.sluice.ledger.TestBooks.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What accounts may pay, how far down they may go, and what their postings say. */
class DeciderFundsTest {
  private final TestBooks books = new TestBooks();

  private static Posting posting(AccountRef account, long sequence, long amount, long balance) {
    return new Posting(account.id(), sequence, Amount.of(amount), Amount.of(balance));
  }

  @Test
  void eachPayerIsPostedOnceAndEachLegsCreditAfterThem() {
    // Given
    AccountRef one = books.simple(100);
    AccountRef two = books.simple(100);
    AccountRef payee = books.simple(7);

    // When
    Receipt receipt =
        books.post(leg(one, payee, 10), leg(two, payee, 5), leg(one, two, 20), leg(two, payee, 1));

    // Then
    assertThat(receipt.postings())
        .containsExactly(
            posting(one, 1, -30, 70),
            posting(two, 1, -6, 94),
            posting(payee, 1, 10, 17),
            posting(payee, 2, 5, 22),
            posting(two, 2, 20, 114),
            posting(payee, 3, 1, 23));
    assertThat(books.changes().transfers())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.receipt()).isEqualTo(receipt);
              assertThat(stored.parties())
                  .isEqualTo(receipt.postings().stream().map(Posting::account).toList());
            });
  }

  @Test
  void aReceiptSaysWhatTheCommandSaid() {
    // Given
    TransferCommand command = command().to(legs(leg(books.simple(1), books.simple(0), 1)));

    // When
    Receipt receipt = posted(books.outcome(command));

    // Then
    assertThat(receipt.id()).isEqualTo(command.id());
    assertThat(receipt.kind()).isEqualTo(Commands.KIND);
    assertThat(receipt.detail()).isEqualTo(Commands.DETAIL);
    assertThat(receipt.createdAt()).isEqualTo(TestBooks.NOW);
    assertThat(receipt.posted()).isTrue();
    assertThat(books.changes().isEmpty()).isFalse();
  }

  @Test
  void sequenceAndBalanceGoOnFromCommandToCommand() {
    // Given
    AccountRef payer = books.simple(100);
    AccountRef payee = books.simple(0);
    books.post(leg(payer, payee, 10));

    // When
    Receipt second = books.post(leg(payer, payee, 20));

    // Then
    assertThat(second.postings())
        .containsExactly(posting(payer, 2, -20, 70), posting(payee, 2, 20, 30));
    assertThat(books.state(payer).sequence()).isEqualTo(2);
    assertThat(books.state(payer).touched()).isTrue();
  }

  @ParameterizedTest(name = "balance {0}, floor {1}, overdrawn {2}: {3} leaves {4}, overdrawn {5}")
  @CsvSource({
    // An overdraft may be used where it is allowed for; here it is not, so the floor holds.
    "100, 0, 0, 100, 0, 0",
    "0, -50, 0, 50, -50, 0",
    "10, -50, 0, 60, -50, 0",
    "-20, -50, 0, 30, -50, 0",
    // Above the floor.
    "60, 50, 0, 10, 50, 0"
  })
  void aSimpleAccountPaysDownToItsFloor(
      long balance, long floor, long overdrawn, long amount, long left, long overdrawnThen) {
    // Given
    AccountRef payer = books.simple(balance, floor, overdrawn);
    Refusal oneMore = books.refuse(leg(payer, books.system(), amount + 1));

    // When
    books.post(leg(payer, books.system(), amount));

    // Then
    assertThat(oneMore)
        .isEqualTo(
            new LedgerRefusal.InsufficientFunds(payer, Amount.of(amount), Amount.of(amount + 1)));
    assertThat(books.balance(payer)).isEqualTo(Long.toString(left));
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.of(overdrawnThen));
  }

  @ParameterizedTest(name = "balance {0}, floor {1}, overdrawn {2}: {3} leaves {4}, overdrawn {5}")
  @CsvSource({
    "100, 0, 0, 40, 60, 0",
    "100, 0, 0, 100, 0, 0",
    "100, 0, 0, 101, -1, 1",
    "0, 0, 0, 30, -30, 30",
    "-30, 0, 30, 5, -35, 35",
    "10, -50, 0, 70, -60, 10",
    "-60, -50, 10, 5, -65, 15"
  })
  void aPermittedOverdraftIsNotedFromTheFloorOn(
      long balance, long floor, long overdrawn, long amount, long left, long overdrawnThen) {
    // Given
    AccountRef payer = books.simple(balance, floor, overdrawn);

    // When
    books.post(overdraft(payer, books.system(), amount));

    // Then
    assertThat(books.balance(payer)).isEqualTo(Long.toString(left));
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.of(overdrawnThen));
  }

  @Test
  void theLargestBalanceAboveALowFloorPaysAsMuchAsThereCanBe() {
    // Given: balance and floor are further apart than any amount
    AccountRef payer =
        books.open(
            books.unopened(AccountKind.SIMPLE), HolderStatus.ACTIVE, Amount.MAX, Amount.of(-50));

    // When
    books.post(Leg.of(payer, books.system(), Amount.MAX));

    // Then
    assertThat(books.balance(payer)).isEqualTo("0");
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.ZERO);
  }

  @Test
  void oneLegThatMayOverdrawAllowsTheWholeDebitTo() {
    // Given
    AccountRef payer = books.simple(10);

    // When
    books.post(leg(payer, books.system(), 10), overdraft(payer, books.system(), 1));

    // Then
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.of(1));
  }

  @Test
  void whoIsOverdrawnCannotPay() {
    // Given
    AccountRef payer = books.simple(-30, 0, 30);

    // When
    Refusal refusal = books.refuse(leg(payer, books.system(), 1));

    // Then
    assertThat(refusal)
        .isEqualTo(new LedgerRefusal.InsufficientFunds(payer, Amount.of(-30), Amount.of(1)));
  }

  @ParameterizedTest(name = "overdrawn {0}: a credit of {1} leaves overdrawn {2}, balance {3}")
  @CsvSource({"30, 10, 20, -20", "30, 30, 0, 0", "30, 40, 0, 10", "0, 5, 0, 5"})
  void aCreditPaysAnOverdraftBackFirst(
      long overdrawn, long credit, long overdrawnThen, long balance) {
    // Given
    AccountRef payee = books.simple(-overdrawn, 0, overdrawn);

    // When
    books.post(leg(books.system(), payee, credit));

    // Then
    assertThat(books.state(payee).overdrawn()).isEqualTo(Amount.of(overdrawnThen));
    assertThat(books.balance(payee)).isEqualTo(Long.toString(balance));
  }

  @Test
  void aRingOfPaymentsComesOutEvenAndPostsAllOfThem() {
    // Given
    AccountRef a = books.simple(5);
    AccountRef b = books.simple(5);

    // When
    Receipt receipt = books.post(leg(a, b, 5), leg(b, a, 5));

    // Then
    assertThat(receipt.postings())
        .containsExactly(
            posting(a, 1, -5, 0), posting(b, 1, -5, 0), posting(b, 2, 5, 5), posting(a, 2, 5, 5));
  }

  @Test
  void aSystemAccountPaysWithoutAFloorAndWithoutTheCommandsLimit() {
    // Given
    AccountRef system = books.system();
    AccountRef payee = books.simple(0);

    // When
    Outcome outcome =
        books.outcome(command().balanceLimit(Amount.of(50)).to(legs(leg(system, payee, 50))));
    Outcome again =
        books.outcome(
            command().balanceLimit(Amount.of(50)).to(legs(leg(system, books.simple(0), 50))));

    // Then
    assertThat(List.of(outcome, again)).allMatch(Outcome.Posted.class::isInstance);
    assertThat(books.balance(system)).isEqualTo("-100");
    assertThat(books.state(system).overdrawn()).isEqualTo(Amount.ZERO);
  }

  @Test
  void balancesReachTheLimitsOnBothSidesExactly() {
    // Given
    AccountRef payer = books.simple(0);
    AccountRef payee = books.simple(0);

    // When
    Outcome outcome =
        books.outcome(
            command().balanceLimit(Amount.of(100)).to(legs(overdraft(payer, payee, 100))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(books.balance(payer)).isEqualTo("-100");
    assertThat(books.balance(payee)).isEqualTo("100");
  }

  @Test
  void thirtyEightDigitsMoveExactly() {
    // Given
    AccountRef system = books.system();
    AccountRef payee = books.simple(0);

    // When
    Receipt receipt = books.post(Leg.of(system, payee, Amount.MAX));

    // Then
    assertThat(receipt.postings())
        .extracting(Posting::balance)
        .containsExactly(Amount.MAX.negated(), Amount.MAX);
  }

  @Test
  void whatLeavesAndComesInOneCommandCountsTogetherAgainstTheLimit() {
    // Given: an account at its limit that passes on what it gets
    AccountRef middle = books.simple(100);
    AccountRef payer = books.simple(60);
    AccountRef payee = books.simple(0);

    // When
    Outcome outcome =
        books.outcome(
            command()
                .balanceLimit(Amount.of(100))
                .to(legs(leg(payer, middle, 60), leg(middle, payee, 60))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(books.balance(middle)).isEqualTo("100");
  }
}
