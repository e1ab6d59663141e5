package io.sluice.ledger;

import static io.sluice.ledger.Commands.key;
import static io.sluice.ledger.Commands.keyed;
import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.legs;
import static io.sluice.ledger.TestBooks.posted;
import static io.sluice.ledger.TestBooks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key stands for one wish: value moves once, and the key goes before everything else. */
class DeciderKeysTest {
  private static final TransferId EARLIER = new TransferId(new UUID(0x7002, 1));

  private enum Own implements Refusal {
    REASON
  }

  private final TestBooks books = new TestBooks();
  private final AccountRef payer = books.simple(100);
  private final AccountRef payee = books.simple(0);

  /** A command that an earlier transaction carried out. */
  private void storedEarlier(String text, String wish) {
    IdempotencyKey key = key(text, wish);
    books.books().add(key.digest(), new Prior(EARLIER, key.fingerprint(), Optional.empty()));
  }

  /** Intents of which none could be carried out, but under a key that was used. */
  static Stream<Intent> intents() {
    var books = new TestBooks();
    AccountRef suspended = books.simple(HolderStatus.SUSPENDED);
    Leg leg = leg(suspended, books.simple(0), 1);
    var check = new Check.AccountStatusIn(suspended, Set.of(HolderStatus.ACTIVE), Own.REASON);
    return Stream.of(
        new Intent.Doomed(List.of(), Own.REASON),
        new Intent.Move(List.of(check), List.of(leg)),
        legs(leg(suspended, books.simple(0), 1_000_000)));
  }

  @ParameterizedTest
  @MethodSource("intents")
  void anEarlierAnswerIsToBeReadWhateverIsWrongByNow(Intent intent) {
    // Given
    storedEarlier("used", "wish");
    String before = books.snapshot();

    // When
    Decision decision = books.decide(keyed("used", "wish").to(intent));

    // Then
    assertThat(decision).isEqualTo(new Decision.ReplayOf(EARLIER));
    assertThat(books.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("intents")
  void anotherWishIsAConflictWhateverElseIsWrong(Intent intent) {
    // Given
    storedEarlier("used", "wish");
    String before = books.snapshot();

    // When
    Decision decision = books.decide(keyed("used", "another").to(intent));

    // Then
    assertThat(decision).isEqualTo(new Decision.Decided(new Outcome.Conflict(EARLIER)));
    assertThat(books.snapshot()).isEqualTo(before);
  }

  @Test
  void twinsInOneBatchMoveValueOnce() {
    // Given
    Receipt first = posted(books.outcome(keyed("twin", "wish").to(legs(leg(payer, payee, 60)))));
    String before = books.snapshot();

    // When
    Outcome second = books.outcome(keyed("twin", "wish").to(legs(leg(payer, payee, 60))));

    // Then
    assertThat(second).isEqualTo(new Outcome.Replayed(first));
    assertThat(books.snapshot()).isEqualTo(before);
    assertThat(books.balance(payer)).isEqualTo("40");
  }

  @Test
  void anotherWishInTheSameBatchIsAConflict() {
    // Given
    Receipt first = posted(books.outcome(keyed("used", "wish").to(legs(leg(payer, payee, 60)))));

    // When
    Outcome second = books.outcome(keyed("used", "another").to(legs(leg(payer, payee, 10))));

    // Then
    assertThat(second).isEqualTo(new Outcome.Conflict(first.id()));
    assertThat(books.balance(payer)).isEqualTo("40");
  }

  @Test
  void otherKeysAndNoKeysAreOtherTransfers() {
    // When
    List<Outcome> outcomes =
        Stream.of(
                keyed("one", "wish").to(legs(leg(payer, payee, 10))),
                keyed("other", "wish").to(legs(leg(payer, payee, 10))),
                Commands.move(leg(payer, payee, 10)),
                Commands.move(leg(payer, payee, 10)))
            .map(books::outcome)
            .toList();

    // Then
    assertThat(outcomes).allMatch(Outcome.Posted.class::isInstance);
    assertThat(books.balance(payer)).isEqualTo("60");
  }

  @Test
  void aRefusalLeavesItsKeyUnused() {
    // Given
    refused(books.outcome(keyed("again", "wish").to(legs(leg(payee, payer, 1)))));
    refused(books.outcome(keyed("again", "other").to(new Intent.Doomed(List.of(), Own.REASON))));
    books.post(leg(payer, payee, 1));

    // When
    Outcome outcome = books.outcome(keyed("again", "wish").to(legs(leg(payee, payer, 1))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
  }

  @Test
  void whatIsStoredCarriesItsKey() {
    // When
    books.outcome(keyed("kept", "wish").to(legs(leg(payer, payee, 1))));
    books.post(leg(payer, payee, 1));

    // Then
    assertThat(books.changes().transfers())
        .extracting(StoredTransfer::key)
        .containsExactly(Optional.of(key("kept", "wish")), Optional.empty());
  }

  @Test
  void aRecordedRefusalIsAnsweredAgainAlsoWhenThereIsMoneyByThen() {
    // Given
    Intent intent = legs(leg(payee, payer, 5));
    Receipt recorded =
        refused(books.outcome(keyed("poor", "wish").recordsRefusal().to(intent)))
            .recorded()
            .orElseThrow();
    books.post(leg(payer, payee, 50));

    // When
    Outcome again = books.outcome(keyed("poor", "wish").recordsRefusal().to(intent));
    Outcome other = books.outcome(keyed("poor", "another").recordsRefusal().to(intent));

    // Then
    assertThat(again).isEqualTo(new Outcome.Replayed(recorded));
    assertThat(other).isEqualTo(new Outcome.Conflict(recorded.id()));
    assertThat(books.balance(payee)).isEqualTo("50");
  }
}
