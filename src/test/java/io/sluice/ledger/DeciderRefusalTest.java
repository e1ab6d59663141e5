package io.sluice.ledger;

import static io.sluice.ledger.Commands.command;
import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.legs;
import static io.sluice.ledger.Commands.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to refuse a command, each with what the answer tells; none leaves a trace. */
class DeciderRefusalTest {
  private static final Amount MAX = Amount.MAX;
  private static final Amount ONE = Amount.of(1);

  private enum Own implements Refusal {
    DOOMED,
    CHECK
  }

  /** A command that the books refuse, and why. */
  private record Refused(TransferCommand command, Refusal reason) {}

  private interface Scene {
    Refused on(TestBooks books);
  }

  private record Row(String name, Scene scene) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(doomedOrChecked(), funds(), ranges(), namedLots(), takenIds())
        .flatMap(List::stream);
  }

  private static List<Row> doomedOrChecked() {
    return List.of(
        new Row(
            "doomed",
            books ->
                new Refused(command().to(new Intent.Doomed(List.of(), Own.DOOMED)), Own.DOOMED)),
        new Row(
            "a holder nobody knows",
            books -> {
              var check =
                  new Check.HolderStatusIn(
                      new HolderId(books.nextId()), Set.of(HolderStatus.values()), Own.CHECK);
              Leg leg = leg(books.simple(1), books.simple(0), 1);
              return new Refused(
                  command().to(new Intent.Move(List.of(check), List.of(leg))), Own.CHECK);
            }),
        new Row(
            "an account's holder in another status",
            books -> {
              AccountRef payer = books.simple(HolderStatus.SUSPENDED);
              var check =
                  new Check.AccountStatusIn(
                      payer, Set.of(HolderStatus.ACTIVE, HolderStatus.CLOSED), Own.CHECK);
              Leg leg = leg(payer, books.simple(0), 1);
              return new Refused(
                  command().to(new Intent.Move(List.of(check), List.of(leg))), Own.CHECK);
            }));
  }

  private static Refused tooPoor(AccountRef payer, long available, long required, Leg... legs) {
    return new Refused(
        move(legs),
        new LedgerRefusal.InsufficientFunds(payer, Amount.of(available), Amount.of(required)));
  }

  private static List<Row> funds() {
    return List.of(
        new Row(
            "one unit more than there is",
            books -> {
              AccountRef payer = books.simple(100);
              return tooPoor(payer, 100, 101, leg(payer, books.simple(0), 101));
            }),
        new Row(
            "legs that together want too much",
            books -> {
              AccountRef payer = books.simple(100);
              AccountRef payee = books.simple(0);
              return tooPoor(payer, 100, 120, leg(payer, payee, 60), leg(payer, payee, 60));
            }),
        new Row(
            "what comes in cannot go out again at once",
            books -> {
              AccountRef payer = books.simple(5);
              AccountRef other = books.simple(100);
              return tooPoor(payer, 5, 6, leg(other, payer, 50), leg(payer, other, 6));
            }),
        new Row(
            "lots that do not cover it",
            books -> {
              AccountRef payer = books.inLots(30, 20);
              return tooPoor(payer, 50, 51, leg(payer, books.inLots(), 51));
            }),
        new Row(
            "lots of which one has expired this very moment",
            books -> {
              AccountRef payer = books.lotAccount(50);
              books.queue(payer, 30, Duration.ofDays(2), Optional.of(TestBooks.NOW));
              books.queue(payer, 20, Duration.ofDays(1), Optional.of(TestBooks.NOW.plusNanos(1)));
              return tooPoor(payer, 20, 21, leg(payer, books.inLots(), 21));
            }),
        new Row(
            "nothing, and less than nothing, in lots",
            books -> {
              AccountRef payer = books.overdrawn(20);
              return tooPoor(payer, -20, 1, leg(payer, books.inLots(), 1));
            }),
        new Row("more lots than one command may use", DeciderRefusalTest::tooManyLots),
        new Row("nothing that is selected", DeciderRefusalTest::nothingToMove));
  }

  private static Refused nothingToMove(TestBooks books) {
    AccountRef payer = books.lotAccount(0);
    var all = new LotRule.Selected(LotFilter.ANY, LotRule.Extent.AT_MOST, new LotRule.Stamp.Kept());
    return new Refused(
        move(Leg.of(payer, books.inLots(), Amount.MAX, all)),
        new LedgerRefusal.NothingToMove(payer));
  }

  /** There is one lot more than may be used. */
  private static Refused tooManyLots(TestBooks books) {
    int limit = LotLimit.MAX_LOTS_PER_COMMAND;
    AccountRef payer = books.lotAccount(limit + 1);
    for (int i = 0; i <= limit; i++) {
      books.queue(payer, 1, Duration.ofDays(1), Optional.empty());
    }
    return new Refused(
        move(leg(payer, books.inLots(), limit + 1)), new LedgerRefusal.TooManyLots(payer, limit));
  }

  private static List<Row> ranges() {
    return List.of(
        new Row(
            "a credit past the command's limit",
            books -> {
              AccountRef payee = books.simple(90);
              Leg leg = leg(books.simple(100), payee, 11);
              return new Refused(
                  command().balanceLimit(Amount.of(100)).to(legs(leg)),
                  new LedgerRefusal.BalanceOutOfRange(payee));
            }),
        new Row(
            "an overdraft past the command's limit",
            books -> {
              AccountRef payer = books.simple(0);
              Leg leg = Commands.overdraft(payer, books.system(), 101);
              return new Refused(
                  command().balanceLimit(Amount.of(100)).to(legs(leg)),
                  new LedgerRefusal.BalanceOutOfRange(payer));
            }),
        new Row(
            "a credit past 38 digits",
            books -> {
              AccountRef payee = books.simple(MAX);
              return new Refused(
                  move(leg(books.simple(1), payee, 1)), new LedgerRefusal.BalanceOutOfRange(payee));
            }),
        new Row(
            "legs that together pass 38 digits",
            books -> {
              AccountRef payer = books.simple(MAX);
              AccountRef payee = books.simple(0);
              return new Refused(
                  move(Leg.of(payer, payee, MAX), Leg.of(payer, payee, ONE)),
                  new LedgerRefusal.BalanceOutOfRange(payer));
            }),
        new Row(
            "a system account past 38 digits",
            books -> {
              AccountRef payer = books.system(MAX.negated());
              return new Refused(
                  move(leg(payer, books.simple(0), 1)), new LedgerRefusal.BalanceOutOfRange(payer));
            }),
        new Row(
            "a system account past 38 digits between its debit and its credit",
            books -> {
              AccountRef payer = books.system(MAX.negated());
              AccountRef other = books.system();
              return new Refused(
                  move(leg(payer, other, 1), leg(other, payer, 1)),
                  new LedgerRefusal.BalanceOutOfRange(payer));
            }));
  }

  private static List<Row> namedLots() {
    return List.of(
        new Row(
            "a lot that there is not",
            books -> {
              LotId none = books.newLot();
              Leg leg = books.named(none, books.lotAccount(5), books.inLots(), 5);
              return new Refused(move(leg), new LedgerRefusal.LotUnknown(none));
            }),
        new Row(
            "a lot of somebody else",
            books -> {
              LotId lot = books.register(books.lotAccount(5), 5);
              Leg leg = books.named(lot, books.inLots(), books.inLots(), 5);
              return new Refused(move(leg), new LedgerRefusal.LotNotHeld(lot));
            }),
        new Row("a lot of another issuer", DeciderRefusalTest::otherIssuer),
        new Row("a lot that nobody issued", DeciderRefusalTest::noIssuer),
        new Row("a lot that was split", books -> unavailable(books, LotStatus.SPLIT)),
        new Row("a lot out of circulation", books -> unavailable(books, LotStatus.RETIRED)),
        new Row(
            "one unit more than the lot has",
            books -> {
              AccountRef owner = books.lotAccount(9);
              LotId lot = books.register(owner, 5);
              books.register(owner, 4);
              Leg leg = books.named(lot, owner, books.inLots(), 6);
              return new Refused(
                  move(leg), new LedgerRefusal.LotTooSmall(lot, Amount.of(5), Amount.of(6)));
            }));
  }

  private static Refused otherIssuer(TestBooks books) {
    AccountRef owner = books.lotAccount(5);
    LotId lot = books.register(owner, 5);
    var rule =
        new LotRule.Named(
            lot,
            new HolderId(books.nextId()),
            new LotRule.Children(books.newLot(), books.newLot()));
    Leg leg = Leg.of(owner, books.inLots(), Amount.of(5), rule);
    return new Refused(move(leg), new LedgerRefusal.LotIssuerMismatch(lot));
  }

  private static Refused noIssuer(TestBooks books) {
    AccountRef owner = books.lotAccount(5);
    LotId lot = books.queue(owner, 5, Duration.ofDays(1), Optional.empty());
    Leg leg = books.named(lot, owner, books.inLots(), 5);
    return new Refused(move(leg), new LedgerRefusal.LotIssuerMismatch(lot));
  }

  private static Refused unavailable(TestBooks books, LotStatus status) {
    AccountRef owner = books.lotAccount(0);
    LotState lot = books.registered(owner, 5).remaining(Amount.ZERO).status(status).stored();
    books.books().add(lot);
    Leg leg = books.named(lot.id(), owner, books.inLots(), 5);
    return new Refused(move(leg), new LedgerRefusal.LotUnavailable(lot.id(), status));
  }

  private static List<Row> takenIds() {
    return List.of(
        new Row("the id of a child that moves is taken", books -> takenChild(books, true)),
        new Row("the id of a child that stays is taken", books -> takenChild(books, false)),
        new Row(
            "the id of an issued lot is taken",
            books -> {
              AccountRef owner = books.lotAccount(5);
              LotId taken = books.register(owner, 5);
              Leg leg = TestBooks.issue(taken, books.system(), owner, 7);
              return new Refused(move(leg), new LedgerRefusal.LotIdTaken(taken));
            }),
        new Row(
            "two children of one lot with one id",
            books -> {
              AccountRef owner = books.lotAccount(5);
              LotId lot = books.register(owner, 5);
              LotId twice = books.newLot();
              Leg leg = TestBooks.named(lot, owner, books.inLots(), 2, twice, twice);
              return new Refused(move(leg), new LedgerRefusal.LotIdTaken(twice));
            }),
        new Row(
            "two legs that draw one id",
            books -> {
              AccountRef owner = books.inLots();
              LotId twice = books.newLot();
              Leg first = TestBooks.issue(twice, books.system(), owner, 2);
              Leg second = TestBooks.issue(twice, books.system(), owner, 3);
              return new Refused(move(first, second), new LedgerRefusal.LotIdTaken(twice));
            }));
  }

  private static Refused takenChild(TestBooks books, boolean moves) {
    AccountRef owner = books.lotAccount(10);
    LotId lot = books.register(owner, 5);
    LotId taken = books.register(owner, 5);
    LotId free = books.newLot();
    Leg leg =
        TestBooks.named(lot, owner, books.inLots(), 2, moves ? taken : free, moves ? free : taken);
    return new Refused(move(leg), new LedgerRefusal.LotIdTaken(taken));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedWithoutATrace(Row row) {
    // Given
    var books = new TestBooks();
    Refused refused = row.scene().on(books);
    String before = books.snapshot();

    // When
    Outcome outcome = books.outcome(refused.command());

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Refused(refused.reason(), Optional.empty()));
    assertThat(books.snapshot()).isEqualTo(before);
    assertThat(books.changes().isEmpty()).isTrue();
  }

  @Test
  void noReasonIsMissingFromTheTable() {
    // When
    List<String> inTheTable =
        rows().map(row -> row.scene().on(new TestBooks()).reason().getClass().getName()).toList();

    // Then
    assertThat(inTheTable).containsAll(reasons(LedgerRefusal.class).toList());
  }

  private static Stream<String> reasons(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DeciderRefusalTest::reasons)
        : Stream.of(type.getName());
  }
}
