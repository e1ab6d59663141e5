package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lots that are used up, by name or the oldest ones, and lots that come under an order. */
class RetiredLotsTest {
  private static final HolderId BENEFICIARY = new HolderId(new UUID(0, 11));
  private static final LotRule.Use.Retire RETIRE = new LotRule.Use.Retire(BENEFICIARY);
  private static final LotRule.Choice ANY =
      new LotRule.Choice(TestBooks.ISSUER, Optional.empty(), Optional.empty());

  private final TestBooks books = new TestBooks();
  private final AccountRef owner = books.lotAccount(500);
  private final AccountRef retired = books.system();
  private final LotId left = books.newLot();
  private final LotId right = books.newLot();

  private LotId registered(long amount) {
    return books.register(owner, amount);
  }

  private Leg retire(LotId lot, long amount) {
    var rule = new LotRule.Named(lot, TestBooks.ISSUER, new LotRule.Children(left, right), RETIRE);
    return Leg.of(owner, retired, Amount.of(amount), rule);
  }

  private Leg oldest(long amount) {
    var rule = new LotRule.Oldest(ANY, new LotRule.Children(left, right), RETIRE);
    return Leg.of(owner, retired, Amount.of(amount), rule);
  }

  private LotId chosen(long amount) {
    LotState lot = books.registered(owner, amount).stored();
    books.books().choose(lot);
    return lot.id();
  }

  @Test
  void aWholeLotIsUsedUpWhereItIs() {
    // Given
    LotId lot = registered(500);

    // When
    Receipt receipt = books.post(retire(lot, 500));

    // Then
    LotState used = books.lot(lot);
    assertThat(used.status()).isEqualTo(LotStatus.RETIRED);
    assertThat(used.account()).isEqualTo(owner.id());
    assertThat(used.remaining()).isEqualTo(Amount.ZERO);
    assertThat(used.retirement()).contains(new LotState.Retirement(receipt.id(), BENEFICIARY));
    assertThat(books.movements(lot)).containsExactly("0 -500");
    assertThat(books.balance(owner)).isEqualTo("0");
    assertThat(books.balance(retired)).isEqualTo("500");
  }

  @Test
  void ofAPartTheLeftChildIsUsedUp() {
    // Given
    LotId lot = registered(500);

    // When
    Receipt receipt = books.post(retire(lot, 200));

    // Then
    assertThat(books.lot(lot).status()).isEqualTo(LotStatus.SPLIT);
    LotState used = books.lot(left);
    assertThat(used.status()).isEqualTo(LotStatus.RETIRED);
    assertThat(used.amount()).isEqualTo(Amount.of(200));
    assertThat(used.remaining()).isEqualTo(Amount.ZERO);
    assertThat(used.parent()).contains(lot);
    assertThat(used.account()).isEqualTo(owner.id());
    assertThat(used.retirement()).contains(new LotState.Retirement(receipt.id(), BENEFICIARY));
    assertThat(books.lot(right).remaining()).isEqualTo(Amount.of(300));
    assertThat(books.lot(right).retirement()).isEmpty();
    assertThat(books.movements(lot, left, right)).containsExactly("0 -500", "2 300");
    assertThat(books.balance(owner)).isEqualTo("300");
  }

  @Test
  void whatIsUsedUpNeverMovesAgain() {
    // Given
    LotId lot = registered(500);
    books.post(retire(lot, 500));

    // When
    Refusal again = books.refuse(retire(lot, 1));

    // Then
    assertThat(again).isEqualTo(new LedgerRefusal.LotUnavailable(lot, LotStatus.RETIRED));
  }

  @Test
  void theOldestAreUsedUpAndTheLastIsSplit() {
    // Given
    LotId first = chosen(100);
    LotId second = chosen(150);
    LotId third = chosen(250);

    // When
    books.post(oldest(180));

    // Then
    assertThat(books.lot(first).status()).isEqualTo(LotStatus.RETIRED);
    assertThat(books.lot(second).status()).isEqualTo(LotStatus.SPLIT);
    assertThat(books.lot(left).amount()).isEqualTo(Amount.of(80));
    assertThat(books.lot(left).status()).isEqualTo(LotStatus.RETIRED);
    assertThat(books.lot(right).remaining()).isEqualTo(Amount.of(70));
    assertThat(books.lot(third).isChanged()).isFalse();
  }

  @Test
  void whatTheChosenCannotPayIsRefusedWithoutATrace() {
    // Given
    chosen(100);
    chosen(150);
    String before = books.snapshot();

    // When
    Refusal refusal = books.refuse(oldest(251));

    // Then
    assertThat(refusal)
        .isEqualTo(new LedgerRefusal.InsufficientFunds(owner, Amount.of(250), Amount.of(251)));
    assertThat(books.snapshot()).isEqualTo(before);
  }

  @Test
  void aChoiceHasABatchToItself() {
    // Given
    var shared = new TestBooks(new LotLimit(100, false));
    AccountRef payer = shared.lotAccount(10);
    var rule = new LotRule.Oldest(ANY, new LotRule.Children(left, right), RETIRE);
    Leg leg = Leg.of(payer, shared.system(), Amount.of(5), rule);

    // When
    Decision decision = shared.decide(Commands.move(leg));

    // Then
    assertThat(decision).isEqualTo(new Decision.Postponed());
  }

  @Test
  void aChoiceIsTheOnlyLeg() {
    List<Leg> legs = List.of(oldest(1), oldest(2));
    assertThatThrownBy(() -> new Intent.Move(List.of(), legs))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsDeliveredCarriesItsOrderToItsChildren() {
    // Given
    LotId lot = registered(500);
    AccountRef buyer = books.inLots();
    var order = new HolderId(books.nextId());
    var use = new LotRule.Use.Deliver(order);
    var rule = new LotRule.Named(lot, TestBooks.ISSUER, new LotRule.Children(left, right), use);

    // When
    Receipt receipt = books.post(Leg.of(owner, buyer, Amount.of(200), rule));
    LotId part = books.newLot();
    LotId rest = books.newLot();
    books.post(TestBooks.named(left, buyer, owner, 50, part, rest));

    // Then
    var delivery = new LotState.Delivery(receipt.id(), order);
    assertThat(books.lot(left).account()).isEqualTo(buyer.id());
    assertThat(books.lot(left).delivery()).contains(delivery);
    assertThat(books.lot(part).delivery()).contains(delivery);
    assertThat(books.lot(rest).delivery()).contains(delivery);
    assertThat(books.lot(right).delivery()).isEmpty();
  }

  @Test
  void anAccountThatPaysFirstIsLookedAtFirst() {
    // Given: one has too little, and the other does not hold the lot that is named
    AccountRef open = books.simple(5);
    LotId lot = books.register(books.lotAccount(500), 500);
    Leg memo = Commands.leg(open, books.system(), 6);

    // When
    Refusal refusal = books.refuse(memo, books.named(lot, owner, books.inLots(), 6));

    // Then
    assertThat(refusal)
        .isEqualTo(new LedgerRefusal.InsufficientFunds(open, Amount.of(5), Amount.of(6)));
  }
}
