package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lots that commands name: they move whole, or are split for good. */
class NamedLotsTest {
  private final TestBooks books = new TestBooks();
  private final AccountRef owner = books.lotAccount(500);
  private final AccountRef buyer = books.inLots();
  private final LotId lot = books.register(owner, 500);

  @Test
  void aWholeLotChangesHandsAsItIs() {
    // When
    Receipt receipt = books.post(books.named(lot, owner, buyer, 500));

    // Then
    LotState moved = books.lot(lot);
    assertThat(moved.account()).isEqualTo(buyer.id());
    assertThat(moved.remaining()).isEqualTo(Amount.of(500));
    assertThat(moved.status()).isEqualTo(LotStatus.ACTIVE);
    assertThat(moved.children()).isEmpty();
    assertThat(moved.isNew()).isFalse();
    assertThat(moved.isChanged()).isTrue();
    assertThat(books.books().lots()).hasSize(1);
    assertThat(books.movements(lot)).containsExactly("0 -500", "0 500");
    assertThat(books.changes().lotMovements())
        .allMatch(stored -> stored.transfer().equals(receipt.id()))
        .extracting(stored -> stored.movement().account())
        .containsExactly(owner.id(), buyer.id());
    assertThat(books.balance(owner)).isEqualTo("0");
    assertThat(books.balance(buyer)).isEqualTo("500");
  }

  @Test
  void aPartSplitsTheLotForGood() {
    // Given
    LotId left = books.newLot();
    LotId right = books.newLot();

    // When
    books.post(TestBooks.named(lot, owner, buyer, 200, left, right));

    // Then
    assertThat(books.lot(lot).status()).isEqualTo(LotStatus.SPLIT);
    assertThat(books.lot(lot).remaining()).isEqualTo(Amount.ZERO);
    assertThat(books.lot(lot).amount()).isEqualTo(Amount.of(500));
    assertThat(books.lot(lot).children()).contains(new LotRule.Children(left, right));
    assertChild(left, buyer, 200, TestBooks.FIRST_SERIAL);
    assertChild(right, owner, 300, TestBooks.FIRST_SERIAL + 200);
    assertThat(books.movements(lot, left, right)).containsExactly("0 -500", "2 300", "1 200");
    assertThat(books.balance(owner)).isEqualTo("300");
    assertThat(books.balance(buyer)).isEqualTo("200");
  }

  private void assertChild(LotId id, AccountRef account, long amount, long serial) {
    LotState child = books.lot(id);
    assertThat(child.account()).isEqualTo(account.id());
    assertThat(child.amount()).isEqualTo(Amount.of(amount));
    assertThat(child.remaining()).isEqualTo(Amount.of(amount));
    assertThat(child.status()).isEqualTo(LotStatus.ACTIVE);
    assertThat(child.parent()).contains(lot);
    assertThat(child.createdAt()).isEqualTo(books.lot(lot).createdAt());
    assertThat(child.issue())
        .contains(
            new LotState.Issue(
                TestBooks.ISSUER, TestBooks.REGISTER, new UUID(0, 9), serial, TestBooks.PRODUCED));
    assertThat(child.isNew()).isTrue();
  }

  @Test
  void childrenExpireWithTheirParent() {
    // Given
    AccountRef holder = books.lotAccount(10);
    var expiry = Optional.of(TestBooks.NOW.plusSeconds(60));
    LotState expiring = books.registered(holder, 10).expiresAt(expiry).stored();
    books.books().add(expiring);
    LotId left = books.newLot();
    LotId right = books.newLot();

    // When
    books.post(TestBooks.named(expiring.id(), holder, buyer, 4, left, right));

    // Then
    assertThat(books.lot(left).expiresAt()).isEqualTo(expiry);
    assertThat(books.lot(right).expiresAt()).isEqualTo(expiry);
  }

  @Test
  void childrenMoveAndAreSplitInTheirTurn() {
    // Given
    LotId left = books.newLot();
    LotId right = books.newLot();
    books.post(TestBooks.named(lot, owner, buyer, 200, left, right));
    LotId rightsLeft = books.newLot();
    LotId rightsRight = books.newLot();

    // When
    books.post(books.named(left, buyer, owner, 200));
    books.post(TestBooks.named(right, owner, buyer, 50, rightsLeft, rightsRight));

    // Then
    assertThat(books.lot(left).account()).isEqualTo(owner.id());
    assertThat(books.lot(rightsLeft).issue().orElseThrow().serialFrom())
        .isEqualTo(TestBooks.FIRST_SERIAL + 200);
    assertThat(books.lot(rightsRight).issue().orElseThrow().serialFrom())
        .isEqualTo(TestBooks.FIRST_SERIAL + 250);
    assertThat(books.balance(owner)).isEqualTo("450");
    assertThat(books.balance(buyer)).isEqualTo("50");
  }

  @Test
  void whoHasSoldALotCannotSellItAgain() {
    // Given
    books.post(books.named(lot, owner, buyer, 500));

    // When
    Refusal refusal = books.refuse(books.named(lot, owner, buyer, 500));

    // Then
    assertThat(refusal).isEqualTo(new LedgerRefusal.LotNotHeld(lot));
  }

  @Test
  void aSplitLotIsOutOfUse() {
    // Given
    books.post(books.named(lot, owner, buyer, 200));

    // When
    Refusal refusal = books.refuse(books.named(lot, owner, buyer, 300));

    // Then
    assertThat(refusal).isEqualTo(new LedgerRefusal.LotUnavailable(lot, LotStatus.SPLIT));
  }

  @Test
  void manyLotsMoveInOneCommand() {
    // Given
    AccountRef holder = books.lotAccount(30);
    LotId whole = books.register(holder, 10);
    LotId part = books.register(holder, 20);

    // When
    Receipt receipt =
        books.post(books.named(whole, holder, buyer, 10), books.named(part, holder, buyer, 5));

    // Then
    assertThat(receipt.postings())
        .extracting(p -> p.account().equals(holder.id()) + " " + p.amount() + " " + p.balance())
        .containsExactly("true -15 15", "false 10 10", "false 5 15");
    assertThat(books.lot(whole).account()).isEqualTo(buyer.id());
    assertThat(books.lot(part).status()).isEqualTo(LotStatus.SPLIT);
  }

  @Test
  void aNamedLotArrivesWholeWhereAnOverdraftIsOpen() {
    // Given
    AccountRef overdrawn = books.overdrawn(20);

    // When
    books.post(books.named(lot, owner, overdrawn, 500));

    // Then
    assertThat(books.balance(overdrawn)).isEqualTo("480");
    assertThat(books.state(overdrawn).overdrawn()).isEqualTo(Amount.of(20));
    assertThat(books.lot(lot).remaining()).isEqualTo(Amount.of(500));
  }

  @Test
  void aWholeLotMovesThoughTheIdsOfItsChildrenAreTaken() {
    // Given
    LotId taken = books.register(books.lotAccount(1), 1);

    // When
    books.post(TestBooks.named(lot, owner, buyer, 500, taken, taken));

    // Then
    assertThat(books.lot(lot).account()).isEqualTo(buyer.id());
  }

  @Test
  void anIssueBringsANewLotIntoBeing() {
    // Given
    AccountRef system = books.system();
    LotId issued = books.newLot();

    // When
    books.post(TestBooks.issue(issued, system, buyer, 70));

    // Then
    LotState fresh = books.lot(issued);
    assertThat(fresh.account()).isEqualTo(buyer.id());
    assertThat(fresh.amount()).isEqualTo(Amount.of(70));
    assertThat(fresh.createdAt()).isEqualTo(TestBooks.ISSUED_AT);
    assertThat(fresh.expiresAt()).isEmpty();
    assertThat(fresh.parent()).isEmpty();
    assertThat(fresh.issue())
        .contains(
            new LotState.Issue(
                TestBooks.ISSUER,
                TestBooks.REGISTER,
                new UUID(0, 9),
                TestBooks.FIRST_SERIAL,
                TestBooks.PRODUCED));
    assertThat(fresh.isNew()).isTrue();
    assertThat(books.movements(issued)).containsExactly("0 70");
    assertThat(books.balance(system)).isEqualTo("-70");
  }

  @Test
  void whatWasIssuedMayBeNamedByTheNextCommand() {
    // Given
    LotId issued = books.newLot();
    books.post(TestBooks.issue(issued, books.system(), buyer, 70));

    // When
    books.post(books.named(issued, buyer, owner, 70));

    // Then
    assertThat(books.lot(issued).account()).isEqualTo(owner.id());
    assertThat(books.lot(issued).isNew()).isTrue();
  }

  @Test
  void aLotThatWentNoLongerPaysForItsOldOwner() {
    // Given
    AccountRef other = books.lotAccount(90);
    LotId named = enqueueRegistered(other, 60, 3);
    books.queue(other, 30, Duration.ofDays(2), Optional.empty());
    books.post(books.named(named, other, buyer, 60));

    // When
    Refusal tooMuch = books.refuse(leg(other, owner, 31));
    books.post(leg(other, owner, 30));

    // Then
    assertThat(tooMuch)
        .isEqualTo(new LedgerRefusal.InsufficientFunds(other, Amount.of(30), Amount.of(31)));
    assertThat(books.lot(named).remaining()).isEqualTo(Amount.of(60));
  }

  /** A lot that a command names and that pays in its turn: the books read it twice. */
  private LotId enqueueRegistered(AccountRef account, long size, int daysOld) {
    LotState read = books.registered(account, size).createdAt(age(daysOld)).stored();
    books.books().add(read);
    books
        .books()
        .enqueue(
            new LotState.Builder(read.id(), account.id())
                .amount(Amount.of(size))
                .createdAt(read.createdAt())
                .stored());
    return read.id();
  }

  private static Instant age(int days) {
    return TestBooks.NOW.minus(Duration.ofDays(days));
  }

  @Test
  void aLotThatCamePaysInItsTurnForItsNewOwner() {
    // Given: the newcomer is older than one of the owner's lots, younger than the other
    AccountRef payer = books.lotAccount(30);
    LotId oldest = books.queue(payer, 10, Duration.ofDays(3), Optional.empty());
    LotId youngest = books.queue(payer, 20, Duration.ofDays(1), Optional.empty());
    AccountRef seller = books.lotAccount(5);
    LotState bought = books.registered(seller, 5).createdAt(age(2)).stored();
    books.books().add(bought);
    books.post(books.named(bought.id(), seller, payer, 5));

    // When
    books.post(leg(payer, books.inLots(), 16));

    // Then
    assertThat(List.of(oldest, bought.id(), youngest))
        .extracting(id -> books.lot(id).remaining().toString())
        .containsExactly("0", "0", "19");
  }

  @Test
  void theRestOfASplitLotPaysInThePlaceOfTheWhole() {
    // Given
    AccountRef payer = books.lotAccount(40);
    LotId named = enqueueRegistered(payer, 30, 2);
    LotId younger = books.queue(payer, 10, Duration.ofDays(1), Optional.empty());
    LotId rest = books.newLot();
    books.post(TestBooks.named(named, payer, buyer, 10, books.newLot(), rest));

    // When
    books.post(leg(payer, books.inLots(), 25));

    // Then
    assertThat(books.lot(rest).remaining()).isEqualTo(Amount.ZERO);
    assertThat(books.lot(younger).remaining()).isEqualTo(Amount.of(5));
    assertThat(books.balance(payer)).isEqualTo("5");
  }
}
