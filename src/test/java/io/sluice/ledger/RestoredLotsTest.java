package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lots that come back: the very ones that an earlier transfer took, the youngest first. */
class RestoredLotsTest {
  private static final TransferId TAKEN = new TransferId(new UUID(0x7002, 1));
  private static final Instant OLD = TestBooks.NOW.minus(Duration.ofDays(9));
  private static final Instant YOUNG = TestBooks.NOW.minus(Duration.ofDays(1));
  private static final Instant LATER = TestBooks.NOW.plusSeconds(60);
  private static final LotMarks MARKS =
      LotMarks.of(Optional.of(TestBooks.NOW.minusSeconds(5)), Optional.of("order 5"));

  private final TestBooks books = new TestBooks();
  private final AccountRef target = books.system(Amount.of(1_000));
  private final AccountRef left = books.simple(0, -60, 0);
  private final AccountRef given = books.simple(0);

  /** 40 of the old one and 20 of the young one were taken, of which 30 are left. */
  private final AccountRef owner = books.lotAccount(30);

  private final LotId old = took(OLD, 40, 0, 40, Optional.empty(), owner);
  private final LotId young = took(YOUNG, 50, 30, 20, Optional.of(LATER), owner);

  private LotId took(
      Instant createdAt,
      long amount,
      long remaining,
      long taken,
      Optional<Instant> expiresAt,
      AccountRef account) {
    LotState lot =
        new LotState.Builder(books.newLot(), account.id())
            .amount(Amount.of(amount))
            .remaining(Amount.of(remaining))
            .createdAt(createdAt)
            .expiresAt(expiresAt)
            .marks(MARKS)
            .stored();
    books.books().add(TAKEN, lot, Amount.of(taken));
    if (remaining > 0) {
      books.books().enqueue(lot);
    }
    return lot.id();
  }

  private Leg[] restoring(AccountRef to, long amount) {
    return new Leg[] {
      Commands.leg(left, given, amount),
      Leg.of(target, to, Amount.of(amount), new LotRule.Restore(TAKEN, left))
    };
  }

  @Test
  void theYoungestComeBackFirst() {
    // When
    books.post(restoring(owner, 25));

    // Then
    assertThat(books.lot(young).remaining()).isEqualTo(Amount.of(50));
    assertThat(books.lot(old).remaining()).isEqualTo(Amount.of(5));
    assertThat(books.queue(owner)).containsExactly("5", "50");
    assertThat(books.balance(owner)).isEqualTo("55");
    assertThat(books.movements(old, young)).containsExactlyInAnyOrder("0 5", "1 20");
  }

  @Test
  void partsAddUpToTheWhole() {
    for (long part : List.of(7L, 13L, 1L, 38L, 1L)) {
      books.post(restoring(owner, part));
    }

    assertThat(books.lot(young).remaining()).isEqualTo(Amount.of(50));
    assertThat(books.lot(old).remaining()).isEqualTo(Amount.of(40));
    assertThat(books.refuse(restoring(owner, 1)))
        .isEqualTo(new LedgerRefusal.InsufficientFunds(left, Amount.ZERO, Amount.of(1)));
  }

  /** What others have taken since is not given back, and they can take what came back. */
  @Test
  void sharesItsLotsWithOtherPayers() {
    // Given
    books.post(Commands.leg(owner, target, 30));

    // When
    books.post(restoring(owner, 20));
    books.post(Commands.leg(owner, target, 15));
    books.post(restoring(owner, 40));

    // Then
    assertThat(books.lot(young).remaining()).isEqualTo(Amount.of(5));
    assertThat(books.lot(old).remaining()).isEqualTo(Amount.of(40));
    assertThat(books.queue(owner)).containsExactly("40", "5");
  }

  @Test
  void oneThatHasMovedOnComesBackAsALotOfItsOwn() {
    // Given
    AccountRef other = books.lotAccount(30);
    AccountRef payer = books.lotAccount(0);
    TransferId taken = new TransferId(books.nextId());
    LotState moved =
        new LotState.Builder(books.newLot(), other.id())
            .amount(Amount.of(50))
            .remaining(Amount.of(30))
            .createdAt(YOUNG)
            .expiresAt(Optional.of(LATER))
            .marks(new LotMarks(MARKS.maturesAt(), Optional.of("a hold"), true))
            .stored();
    books.books().add(taken, moved, Amount.of(20));
    AccountRef rest = books.simple(0, -20, 0);

    // When
    books.post(
        Commands.leg(rest, given, 20),
        Leg.of(target, payer, Amount.of(20), new LotRule.Restore(taken, rest)));

    // Then
    LotState back = books.books().queue(payer.id()).getFirst();
    assertThat(back.id()).isNotEqualTo(moved.id());
    assertThat(back.parent()).contains(moved.id());
    assertThat(back.remaining()).isEqualTo(Amount.of(20));
    assertThat(back.createdAt()).isEqualTo(YOUNG);
    assertThat(back.expiresAt()).contains(LATER);
    assertThat(back.marks()).isEqualTo(LotMarks.of(MARKS.maturesAt(), Optional.empty()));
    assertThat(moved.remaining()).isEqualTo(Amount.of(30));
  }

  /** What has expired meanwhile is worth nothing: it comes back, and pays no debt. */
  @Test
  void whatHasExpiredComesBackToExpireAgain() {
    // Given
    AccountRef debtor = books.overdrawn(5);
    TransferId taken = new TransferId(books.nextId());
    LotState gone =
        new LotState.Builder(books.newLot(), debtor.id())
            .amount(Amount.of(20))
            .remaining(Amount.ZERO)
            .status(LotStatus.EXPIRED)
            .createdAt(OLD)
            .expiresAt(Optional.of(YOUNG))
            .marks(LotMarks.NONE)
            .stored();
    books.books().add(taken, gone, Amount.of(20));
    AccountRef rest = books.simple(0, -20, 0);

    // When
    books.post(
        Commands.leg(rest, given, 20),
        Leg.of(target, debtor, Amount.of(20), new LotRule.Restore(taken, rest)));

    // Then
    assertThat(gone.status()).isEqualTo(LotStatus.ACTIVE);
    assertThat(gone.remaining()).isEqualTo(Amount.of(20));
    assertThat(books.state(debtor).overdrawn()).isEqualTo(Amount.of(5));
    assertThat(books.balance(debtor)).isEqualTo("15");
    assertThat(books.refuse(Commands.leg(debtor, target, 1)))
        .isEqualTo(new LedgerRefusal.InsufficientFunds(debtor, Amount.of(-5), Amount.of(1)));
  }

  @Test
  void allOfItComesBackAtOnceByALegOfItsOwn() {
    // Given
    Leg whole = Leg.of(target, owner, Amount.of(60), new LotRule.Restore(TAKEN));

    // When
    books.post(whole);

    // Then
    assertThat(books.lot(young).remaining()).isEqualTo(Amount.of(50));
    assertThat(books.lot(old).remaining()).isEqualTo(Amount.of(40));
    assertThat(books.balance(owner)).isEqualTo("90");
    assertThatThrownBy(() -> Commands.move(whole, Commands.leg(left, given, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a leg of its own");
  }

  /** As any credit does; the oldest of what comes back goes first, as it would if it were paid. */
  @Test
  void anOverdraftIsPaidBackFirst() {
    // Given
    books.post(Commands.overdraft(owner, target, 45));

    // When
    books.post(restoring(owner, 60));

    // Then
    assertThat(books.state(owner).overdrawn()).isEqualTo(Amount.ZERO);
    assertThat(books.lot(old).remaining()).isEqualTo(Amount.of(25));
    assertThat(books.lot(young).remaining()).isEqualTo(Amount.of(20));
    assertThat(books.balance(owner)).isEqualTo("45");
  }

  @Test
  void oneOfManyLotsIsGivenBackInABatchOfItsOwn() {
    // Given
    var shared = new TestBooks(new LotLimit(1, false));
    AccountRef rest = shared.simple(0, -2, 0);
    AccountRef memo = shared.simple(0);
    AccountRef from = shared.system();
    AccountRef to = shared.lotAccount(0);
    for (int i = 0; i < 2; i++) {
      LotState lot =
          new LotState.Builder(shared.newLot(), to.id())
              .amount(Amount.of(1))
              .remaining(Amount.ZERO)
              .createdAt(OLD)
              .marks(LotMarks.NONE)
              .stored();
      shared.books().add(TAKEN, lot, Amount.of(1));
    }

    // When
    Decision decision =
        shared.decide(
            Commands.move(
                Commands.leg(rest, memo, 1),
                Leg.of(from, to, Amount.of(1), new LotRule.Restore(TAKEN, rest))));

    // Then
    assertThat(decision).isInstanceOf(Decision.Postponed.class);
  }
}
