package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.overdraft;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lots that nobody names: the oldest pay first, and what is paid is one fresh lot. */
class OldestLotsTest {
  private static final Optional<Instant> NEVER = Optional.empty();

  private final TestBooks books = new TestBooks();

  @ParameterizedTest(name = "of 10, 20 and 30 a debit of {0} leaves {1}")
  @CsvSource({"1, 9 20 30", "10, 20 30", "11, 19 30", "30, 30", "31, 29", "59, 1", "60, ''"})
  void theOldestPayFirst(long amount, String left) {
    // Given
    AccountRef payer = books.inLots(10, 20, 30);
    AccountRef payee = books.inLots();

    // When
    books.post(leg(payer, payee, amount));

    // Then
    assertThat(String.join(" ", books.queue(payer))).isEqualTo(left);
    assertThat(books.queue(payee)).containsExactly(Long.toString(amount));
    assertThat(books.balance(payer)).isEqualTo(Long.toString(60 - amount));
  }

  @Test
  void whatIsPaidBecomesOneFreshLot() {
    // Given
    AccountRef payer = books.lotAccount(30);
    LotId first = books.queue(payer, 10, Duration.ofDays(2), NEVER);
    LotId second = books.queue(payer, 20, Duration.ofDays(1), NEVER);
    AccountRef payee = books.inLots();

    // When
    books.post(leg(payer, payee, 15));

    // Then
    LotState fresh = books.books().queue(payee.id()).getFirst();
    assertThat(fresh.amount()).isEqualTo(Amount.of(15));
    assertThat(fresh.createdAt()).isEqualTo(TestBooks.NOW);
    assertThat(fresh.expiresAt()).isEmpty();
    assertThat(fresh.issue()).isEmpty();
    assertThat(fresh.parent()).isEmpty();
    assertThat(fresh.isNew()).isTrue();
    assertThat(books.movements(first, second, fresh.id())).containsExactly("0 -10", "1 -5", "2 15");
    assertThat(books.lot(first).isChanged()).isTrue();
    assertThat(books.lot(first).isNew()).isFalse();
    assertThat(books.lot(first).status()).isEqualTo(LotStatus.ACTIVE);
  }

  @Test
  void lotsThatAreNotNeededStayUntouched() {
    // Given
    AccountRef payer = books.lotAccount(30);
    books.queue(payer, 10, Duration.ofDays(2), NEVER);
    LotId second = books.queue(payer, 20, Duration.ofDays(1), NEVER);

    // When
    books.post(leg(payer, books.inLots(), 10));

    // Then
    assertThat(books.lot(second).isChanged()).isFalse();
  }

  @Test
  void aFreshLotExpiresWhenTheCommandSaysSo() {
    // Given
    AccountRef payee = books.inLots();
    var expiry = Optional.of(TestBooks.NOW.plusSeconds(1));

    // When
    books.post(
        Leg.of(books.system(), payee, Amount.of(5), new LotRule.Automatic(expiry)),
        Leg.of(books.system(), payee, Amount.of(6), LotRule.AUTOMATIC));

    // Then
    assertThat(books.books().queue(payee.id()))
        .extracting(LotState::expiresAt)
        .containsExactly(expiry, NEVER);
  }

  @Test
  void expiredLotsPayNothingAndStayInTheBalance() {
    // Given: one that expired, one that expires now, one that expires a moment later
    AccountRef payer = books.lotAccount(60);
    books.queue(payer, 10, Duration.ofDays(3), Optional.of(TestBooks.NOW.minusNanos(1)));
    books.queue(payer, 20, Duration.ofDays(2), Optional.of(TestBooks.NOW));
    books.queue(payer, 30, Duration.ofDays(1), Optional.of(TestBooks.NOW.plusNanos(1)));

    // When
    books.post(leg(payer, books.inLots(), 30));

    // Then
    assertThat(books.queue(payer)).containsExactly("10", "20");
    assertThat(books.balance(payer)).isEqualTo("30");
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.ZERO);
  }

  @Test
  void whatIsCreditedPaysForTheNextCommand() {
    // Given
    AccountRef middle = books.inLots(5);
    books.post(leg(books.system(), middle, 10));

    // When
    books.post(leg(middle, books.inLots(), 12));

    // Then
    assertThat(books.queue(middle)).containsExactly("3");
  }

  @Test
  void lotsThatCameTogetherPayInTheDatabasesOrderOfTheirIds() {
    // Given: the larger id has its highest bit set, which Java takes for a sign
    AccountRef payer = books.lotAccount(0);
    List<LotId> ids =
        List.of(new LotId(new UUID(-1, 0)), new LotId(new UUID(1, -1)), new LotId(new UUID(1, 1)));
    AccountRef seller = books.lotAccount(30);
    for (LotId id : ids) {
      books.books().add(named(id, seller));
      books.post(books.named(id, seller, payer, 10));
    }

    // When
    books.post(leg(payer, books.inLots(), 15));

    // Then
    assertThat(ids)
        .extracting(id -> books.lot(id).remaining().toString())
        .containsExactly("10", "5", "0");
  }

  private static LotState named(LotId id, AccountRef owner) {
    return new LotState.Builder(id, owner.id())
        .amount(Amount.of(10))
        .createdAt(TestBooks.NOW)
        .issue(
            Optional.of(
                new LotState.Issue(
                    TestBooks.ISSUER, TestBooks.REGISTER, new UUID(0, 9), 0, TestBooks.PRODUCED)))
        .stored();
  }

  @Test
  void oneDebitPaysForAllLegsAndEachCreditIsALotOfItsOwn() {
    // Given
    AccountRef payer = books.inLots(10, 20);
    AccountRef payee = books.inLots();

    // When
    Receipt receipt = books.post(leg(payer, payee, 8), leg(payer, payee, 7));

    // Then
    assertThat(receipt.postings().getFirst().amount()).isEqualTo(Amount.of(-15));
    assertThat(books.queue(payer)).containsExactly("15");
    assertThat(books.queue(payee)).containsExactly("8", "7");
  }

  @Test
  void anOverdraftUsesUpTheLotsAndIsNotedFromThereOn() {
    // Given
    AccountRef payer = books.inLots(10, 20);

    // When
    books.post(overdraft(payer, books.system(), 50));

    // Then
    assertThat(books.queue(payer)).isEmpty();
    assertThat(books.balance(payer)).isEqualTo("-20");
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.of(20));
  }

  @Test
  void anOverdraftWithinTheLotsIsNone() {
    // Given
    AccountRef payer = books.inLots(10, 20);

    // When
    books.post(overdraft(payer, books.system(), 30));

    // Then
    assertThat(books.state(payer).overdrawn()).isEqualTo(Amount.ZERO);
  }

  @ParameterizedTest(name = "overdrawn {0}: a credit of {1} leaves lots {2}, overdrawn {3}")
  @CsvSource({"20, 5, '', 15", "20, 20, '', 0", "20, 50, 30, 0"})
  void aCreditPaysAnOverdraftBackAndTheRestIsALot(
      long overdrawn, long credit, String lots, long overdrawnThen) {
    // Given
    AccountRef payee = books.overdrawn(overdrawn);

    // When
    books.post(leg(books.system(), payee, credit));

    // Then
    assertThat(String.join(" ", books.queue(payee))).isEqualTo(lots);
    assertThat(books.state(payee).overdrawn()).isEqualTo(Amount.of(overdrawnThen));
    LotState fresh = books.books().queue(payee.id()).getFirst();
    assertThat(fresh.amount()).isEqualTo(Amount.of(credit));
    assertThat(books.movements(fresh.id()))
        .isEqualTo(lots.isEmpty() ? List.of() : List.of("0 " + lots));
  }

  @Test
  void aSimpleAccountHasNoLots() {
    // When
    books.post(leg(books.simple(10), books.simple(0), 5));

    // Then
    assertThat(books.books().lots()).isEmpty();
    assertThat(books.changes().lotMovements()).isEmpty();
  }

  @Test
  void moreLotsThanOneCommandMayUseAreRefusedAlsoWhenItMayOverdraw() {
    // Given
    int limit = LotLimit.MAX_LOTS_PER_COMMAND;
    AccountRef payer = lots(limit + 1);

    // When
    Refusal refusal = books.refuse(overdraft(payer, books.system(), limit + 1));
    Refusal beyondAll = books.refuse(overdraft(payer, books.system(), limit + 2));
    books.post(overdraft(payer, books.system(), limit));

    // Then
    assertThat(refusal).isEqualTo(new LedgerRefusal.TooManyLots(payer, limit));
    assertThat(beyondAll).isEqualTo(refusal);
    assertThat(books.balance(payer)).isEqualTo("1");
  }

  @Test
  void anOverdraftBeyondTheLargestAmountIsRefusedThoughExpiredLotsCoverIt() {
    // Given: a balance that is in lots which have expired, and which an overdraft may use up
    Amount expired = new Amount(BigInteger.TEN.pow(37).multiply(BigInteger.valueOf(9)));
    AccountRef payer =
        books.open(books.unopened(AccountKind.LOT), HolderStatus.ACTIVE, expired, Amount.ZERO);
    AccountRef system = books.system(expired.negated());
    Leg most = new Leg(payer, system, expired, LotRule.AUTOMATIC, true);
    books.post(most);

    // When
    Refusal refusal = books.refuse(most);

    // Then
    assertThat(refusal).isEqualTo(new LedgerRefusal.BalanceOutOfRange(payer));
  }

  private AccountRef lots(int count) {
    AccountRef payer = books.lotAccount(count);
    for (int i = 0; i < count; i++) {
      books.queue(payer, 1, Duration.ofDays(1), NEVER);
    }
    return payer;
  }

  @Test
  void whoHasMoreLotsThanOneCommandMayUseAndTooLittleInThemIsShortOfFunds() {
    // Given
    int count = LotLimit.MAX_LOTS_PER_COMMAND + 1;
    AccountRef payer = lots(count);

    // When
    Refusal refusal = books.refuse(leg(payer, books.system(), count + 1));

    // Then
    assertThat(refusal)
        .isEqualTo(
            new LedgerRefusal.InsufficientFunds(payer, Amount.of(count), Amount.of(count + 1)));
  }

  @Test
  void asManyLotsAsACommandMayUseAndNoMoneyBeyondIsWantOfFunds() {
    // Given
    int limit = LotLimit.MAX_LOTS_PER_COMMAND;
    AccountRef payer = lots(limit);

    // When
    Refusal refusal = books.refuse(leg(payer, books.system(), limit + 1));

    // Then
    assertThat(refusal)
        .isEqualTo(
            new LedgerRefusal.InsufficientFunds(payer, Amount.of(limit), Amount.of(limit + 1)));
  }
}
