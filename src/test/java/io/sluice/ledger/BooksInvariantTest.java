package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Books that are not whole are a defect, found out when they are read and when money moves. */
class BooksInvariantTest {
  private static final TransferId TRANSFER = new TransferId(new UUID(0, 7));

  private static final AccountId ID = new AccountId(new UUID(0, 1));
  private static final Optional<Amount> ZERO = Optional.of(Amount.ZERO);
  private static final LotId LEFT = new LotId(new UUID(0, 2));
  private static final LotId RIGHT = new LotId(new UUID(0, 3));

  private record Broken(String what, ThrowingCallable make) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static AccountState account(
      AccountKind kind, Optional<Amount> floor, long balance, long overdrawn, long sequence) {
    return new AccountState(
        ID, kind, HolderStatus.ACTIVE, floor, Amount.of(balance), Amount.of(overdrawn), sequence);
  }

  private static AccountState simple(long balance) {
    return account(AccountKind.SIMPLE, ZERO, balance, 0, 0);
  }

  private static LotState.Builder lot(long amount, long remaining) {
    return new LotState.Builder(new LotId(ID.value()), ID)
        .amount(Amount.of(amount))
        .remaining(Amount.of(remaining))
        .createdAt(TestBooks.NOW);
  }

  private static LotState retired() {
    return lot(5, 0).status(LotStatus.RETIRED).stored();
  }

  static Stream<Broken> whenRead() {
    String floor = "account %s has a floor that its kind forbids";
    return Stream.of(
        new Broken(floor, () -> account(AccountKind.SIMPLE, Optional.empty(), 0, 0, 0)),
        new Broken(floor, () -> account(AccountKind.LOT, Optional.empty(), 0, 0, 0)),
        new Broken(floor, () -> account(AccountKind.SYSTEM, ZERO, 0, 0, 0)),
        new Broken(
            "account %s has a negative sequence number",
            () -> account(AccountKind.SIMPLE, ZERO, 0, 0, -1)),
        new Broken(
            "account %s would pass its floor", () -> account(AccountKind.SIMPLE, ZERO, -1, 0, 0)),
        new Broken(
            "account %s would pass its floor", () -> account(AccountKind.LOT, ZERO, -7, 6, 0)),
        new Broken(
            "account %s is overdrawn by less than nothing",
            () -> account(AccountKind.SIMPLE, ZERO, 5, -1, 0)),
        new Broken("lot %s holds more than it may", () -> lot(5, 6).stored()),
        new Broken("lot %s holds more than it may", () -> lot(0, 0).stored()),
        new Broken("lot %s holds less than nothing", () -> lot(5, -1).stored()),
        new Broken(
            "lot %s is out of use but not empty",
            () -> lot(5, 1).status(LotStatus.SPLIT).stored()));
  }

  static Stream<Broken> whenChanged() {
    return Stream.of(
        new Broken("account %s would be posted nothing", () -> simple(5).post(Amount.ZERO)),
        new Broken(
            "account %s would be overdrawn by less than nothing",
            () -> simple(5).overdraw(Amount.of(-1))),
        new Broken("lot %s cannot give what is taken", () -> lot(5, 3).stored().take(Amount.of(4))),
        new Broken("lot %s cannot give what is taken", () -> lot(5, 3).stored().take(Amount.ZERO)),
        new Broken("lot %s is out of use", () -> retired().moveTo(ID)),
        new Broken(
            "lot %s is out of use", () -> retired().split(new LotRule.Children(LEFT, RIGHT))));
  }

  @ParameterizedTest
  @MethodSource({"whenRead", "whenChanged"})
  void whatIsNotWholeIsADefect(Broken broken) {
    assertThatThrownBy(broken.make())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(broken.what().formatted(ID.value()));
  }

  @Test
  void whatIsWholeIsNone() {
    assertThat(account(AccountKind.SIMPLE, Optional.of(Amount.of(-5)), -7, 2, 0).balance())
        .isEqualTo(Amount.of(-7));
    assertThat(account(AccountKind.SYSTEM, Optional.empty(), -7, 0, 3).sequence()).isEqualTo(3);
    assertThat(lot(5, 5).stored().isChanged()).isFalse();
    assertThat(lot(5, 0).stored().remaining()).isEqualTo(Amount.ZERO);
  }

  @Test
  void anAccountThatPassesItsFloorIsFoundOut() {
    // Given
    AccountState account = simple(5);

    // When
    account.post(Amount.of(-6));

    // Then
    assertThatThrownBy(account::assertWhole)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("account " + ID.value() + " would pass its floor");
  }

  @Test
  void anAccountThatIsNotTheSumOfItsLotsIsFoundOut() {
    // Given
    AccountState account = account(AccountKind.LOT, ZERO, 5, 0, 0);
    account.post(Amount.of(2));
    assertThatThrownBy(account::assertWhole)
        .hasMessage("account " + ID.value() + " is not the sum of its lots");

    // When
    account.changeLots(Amount.of(2));

    // Then
    account.assertWhole();
  }

  @Test
  void lotsOfAnAccountThatTracksNoneDoNotMatter() {
    // Given
    AccountState account = simple(5);

    // When
    account.changeLots(Amount.of(1));

    // Then
    account.assertWhole();
  }

  @Test
  void aNamedLotLargerThanItsAccountsBalanceMovesNothing() {
    // Given: the account holds a lot of 5 but has a balance of 3
    var books = new TestBooks();
    AccountRef owner = books.lotAccount(3);
    LotId lot = books.register(owner, 5);
    TransferCommand command = Commands.move(books.named(lot, owner, books.inLots(), 5));

    // When
    ThrowingCallable decide = () -> books.decide(command);

    // Then
    assertThatThrownBy(decide)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("account " + owner.id().value() + " would pass its floor");
    assertThat(books.changes().isEmpty()).isTrue();
  }

  @Test
  void whatWasNotFoundToBePayableIsNotPaid() {
    // Given: debits that nobody asked whether they can be paid
    var books = new TestBooks();
    AccountRef poor = books.simple(5);
    AccountRef withoutLots = books.inLots();
    var movements = new LotMovements(TRANSFER, books.books(), books::nextId, TestBooks.NOW);

    // When
    Stream<ThrowingCallable> payments =
        Stream.of(poor, withoutLots)
            .map(
                payer -> {
                  var debit =
                      new Debit(
                          payer,
                          books.state(payer),
                          new Books.Payable(List.of(), true),
                          TestBooks.NOW);
                  debit.add(leg(payer, books.system(), 6));
                  return () -> debit.apply(movements);
                });

    // Then
    assertThat(payments)
        .allSatisfy(
            pay ->
                assertThatThrownBy(pay)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith(" may not be overdrawn"));
  }

  @Test
  void anAccountThatTheBatchDidNotLockIsADefect() {
    // Given
    var books = new TestBooks();
    AccountRef payer = books.simple(5);
    AccountRef unknown = books.unopened(AccountKind.SIMPLE);

    // When
    ThrowingCallable decide = () -> books.post(leg(payer, unknown, 1));

    // Then
    assertThatThrownBy(decide)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("account " + unknown.id().value() + " is not locked");
    assertThat(books.books().hasAccount(payer.id())).isTrue();
    assertThat(books.books().hasAccount(unknown.id())).isFalse();
  }

  @Test
  void anAccountOfAnotherKindThanTheCommandSaysIsADefect() {
    // Given
    var books = new TestBooks();
    AccountRef payer = books.simple(5);
    AccountRef mistaken =
        AccountRef.of(payer.holder(), payer.asset(), Bucket.AVAILABLE, AccountKind.LOT);

    // When
    ThrowingCallable decide = () -> books.post(leg(mistaken, books.system(), 1));

    // Then
    assertThatThrownBy(decide)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("account " + payer.id().value() + " is of another kind");
  }

  @Test
  void aLotIsReadOnceThoughTwoQuestionsFindIt() {
    // Given
    var books = new TestBooks();
    AccountRef owner = books.lotAccount(5);
    LotId named = books.register(owner, 5);
    LotState first = books.lot(named);

    // When
    books.books().add(books.registered(owner, 5).stored());
    books
        .books()
        .enqueue(
            new LotState.Builder(named, owner.id())
                .amount(Amount.of(5))
                .createdAt(first.createdAt())
                .stored());
    books
        .books()
        .add(
            new LotState.Builder(named, owner.id())
                .amount(Amount.of(5))
                .createdAt(first.createdAt())
                .stored());

    // Then
    assertThat(books.lot(named)).isSameAs(first);
    assertThat(books.books().queue(owner.id())).singleElement().isSameAs(first);
  }
}
