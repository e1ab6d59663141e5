package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of several reasons to refuse a command the first one in a fixed order is the answer. */
class DeciderOrderTest {
  /** What can stand in a command's way, in the order in which it is looked at. */
  private enum Obstacle {
    KEY_OF_ANOTHER_WISH,
    FIRST_CHECK,
    SECOND_CHECK,
    FUNDS_OF_FIRST_PAYER,
    FUNDS_OF_SECOND_PAYER,
    NAMED_LOT,
    RANGE_OF_PAYER,
    RANGE_OF_PAYEE,
    NEW_LOTS_ID,
    NONE;

    boolean standsFrom(Obstacle first) {
      return first.compareTo(this) <= 0;
    }
  }

  /** What can be wrong with a named lot, in the order in which it is looked at. */
  private enum Amiss {
    UNKNOWN,
    NOT_HELD,
    OTHER_ISSUER,
    OUT_OF_USE,
    TOO_SMALL,
    NOTHING
  }

  private record Broken(String name) implements Refusal {}

  private final TestBooks books = new TestBooks();

  @ParameterizedTest
  @EnumSource
  void theFirstObstacleIsTheAnswer(Obstacle first) {
    // Given: this obstacle and all that come after it
    TransferCommand command = commandWithAllFrom(first);

    // When
    Outcome outcome = books.outcome(command);

    // Then
    assertThat(name(outcome)).isEqualTo(expected(first));
  }

  private static String expected(Obstacle first) {
    return switch (first) {
      case KEY_OF_ANOTHER_WISH -> "Conflict";
      case FIRST_CHECK -> "first";
      case SECOND_CHECK -> "second";
      case FUNDS_OF_FIRST_PAYER -> "InsufficientFunds 10";
      case FUNDS_OF_SECOND_PAYER -> "InsufficientFunds 20";
      case NAMED_LOT -> "LotUnknown";
      case RANGE_OF_PAYER, RANGE_OF_PAYEE -> "BalanceOutOfRange";
      case NEW_LOTS_ID -> "LotIdTaken";
      case NONE -> "Posted";
    };
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(Broken broken, var recorded) -> broken.name();
      case Outcome.Refused(LedgerRefusal.InsufficientFunds funds, var recorded) ->
          "InsufficientFunds " + funds.available();
      case Outcome.Refused(Refusal refusal, var recorded) -> refusal.getClass().getSimpleName();
      default -> outcome.getClass().getSimpleName();
    };
  }

  private TransferCommand commandWithAllFrom(Obstacle first) {
    if (Obstacle.KEY_OF_ANOTHER_WISH.standsFrom(first)) {
      IdempotencyKey other = Commands.key("key", "other");
      books
          .books()
          .add(
              other.digest(),
              new Prior(new TransferId(new UUID(0, 1)), other.fingerprint(), Optional.empty()));
    }
    AccountRef one = books.simple(10);
    AccountRef two = books.simple(20);
    List<Check> checks =
        List.of(
            check(one, first, Obstacle.FIRST_CHECK, "first"),
            check(two, first, Obstacle.SECOND_CHECK, "second"));
    var legs = new ArrayList<Leg>();
    AccountRef payee = books.simple(Obstacle.RANGE_OF_PAYEE.standsFrom(first) ? 990 : 0);
    legs.add(leg(one, payee, Obstacle.FUNDS_OF_FIRST_PAYER.standsFrom(first) ? 11 : 10));
    legs.add(leg(two, payee, Obstacle.FUNDS_OF_SECOND_PAYER.standsFrom(first) ? 21 : 20));
    AccountRef overdrawn = books.simple(0);
    legs.add(
        Commands.overdraft(
            overdrawn, books.system(), Obstacle.RANGE_OF_PAYER.standsFrom(first) ? 1_001 : 1));
    AccountRef owner = books.lotAccount(5);
    LotId held = books.register(owner, 5);
    LotId lot = Obstacle.NAMED_LOT.standsFrom(first) ? books.newLot() : held;
    legs.add(books.named(lot, owner, books.inLots(), 5));
    LotId issued = Obstacle.NEW_LOTS_ID.standsFrom(first) ? held : books.newLot();
    legs.add(TestBooks.issue(issued, books.system(), owner, 1));
    return Commands.keyed("key", "wish")
        .balanceLimit(Amount.of(1_000))
        .to(new Intent.Move(checks, legs));
  }

  private static Check check(AccountRef account, Obstacle first, Obstacle its, String name) {
    var allowed = its.standsFrom(first) ? HolderStatus.CLOSED : HolderStatus.ACTIVE;
    return new Check.AccountStatusIn(account, Set.of(allowed), new Broken(name));
  }

  @ParameterizedTest
  @EnumSource
  void ofWhatIsAmissWithALotTheFirstIsTheAnswer(Amiss first) {
    // Given
    boolean outOfUse = first.compareTo(Amiss.OUT_OF_USE) <= 0;
    AccountRef owner = books.lotAccount(outOfUse ? 0 : 5);
    LotState.Builder draft = books.registered(owner, 5);
    LotState lot =
        outOfUse ? draft.status(LotStatus.RETIRED).remaining(Amount.ZERO).stored() : draft.stored();
    books.books().add(lot);
    LotId named = first == Amiss.UNKNOWN ? books.newLot() : lot.id();
    AccountRef payer = first.compareTo(Amiss.NOT_HELD) <= 0 ? books.inLots() : owner;
    var issuer =
        first.compareTo(Amiss.OTHER_ISSUER) <= 0 ? new HolderId(books.nextId()) : TestBooks.ISSUER;
    var rule =
        new LotRule.Named(named, issuer, new LotRule.Children(books.newLot(), books.newLot()));
    long amount = first.compareTo(Amiss.TOO_SMALL) <= 0 ? 6 : 5;

    // When
    Outcome outcome =
        books.outcome(Commands.move(Leg.of(payer, books.inLots(), Amount.of(amount), rule)));

    // Then
    assertThat(name(outcome))
        .isEqualTo(
            switch (first) {
              case UNKNOWN -> "LotUnknown";
              case NOT_HELD -> "LotNotHeld";
              case OTHER_ISSUER -> "LotIssuerMismatch";
              case OUT_OF_USE -> "LotUnavailable";
              case TOO_SMALL -> "LotTooSmall";
              case NOTHING -> "Posted";
            });
  }

  @Test
  void ofTwoLegsWithTheSameFlawTheFirstIsNamed() {
    // Given
    AccountRef owner = books.lotAccount(2);
    LotId good = books.register(owner, 2);
    LotId first = books.newLot();
    LotId second = books.newLot();

    // When
    Refusal refusal =
        books.refuse(
            books.named(good, owner, books.inLots(), 2),
            books.named(first, owner, books.inLots(), 1),
            books.named(second, owner, books.inLots(), 1));

    // Then
    assertThat(refusal).isEqualTo(new LedgerRefusal.LotUnknown(first));
  }

  @Test
  void aDoomedCommandsChecksGoFirst() {
    // Given
    HolderId holder = new HolderId(books.nextId());
    books.books().add(holder, HolderStatus.SUSPENDED);
    var broken = new Check.HolderStatusIn(holder, Set.of(HolderStatus.ACTIVE), new Broken("check"));
    var kept = new Check.HolderStatusIn(holder, Set.of(HolderStatus.SUSPENDED), new Broken("kept"));

    // When
    Outcome afterBroken =
        books.outcome(
            Commands.command().to(new Intent.Doomed(List.of(kept, broken), new Broken("doom"))));
    Outcome afterKept =
        books.outcome(Commands.command().to(new Intent.Doomed(List.of(kept), new Broken("doom"))));

    // Then
    assertThat(name(afterBroken)).isEqualTo("check");
    assertThat(name(afterKept)).isEqualTo("doom");
  }
}
