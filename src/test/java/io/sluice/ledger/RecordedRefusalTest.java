package io.sluice.ledger;

import static io.sluice.ledger.Commands.command;
import static io.sluice.ledger.Commands.keyed;
import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.legs;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refusal for want of funds is a failed transfer, where the dialect keeps those. */
class RecordedRefusalTest {
  private enum Own implements Refusal {
    REASON
  }

  private final TestBooks books = new TestBooks();

  @Test
  void itIsStoredWithTheAccountsThatItWouldHaveMoved() {
    // Given
    AccountRef first = books.simple(5);
    AccountRef second = books.simple(100);
    AccountRef payee = books.simple(0);
    TransferCommand command =
        keyed("poor", "wish")
            .recordsRefusal()
            .to(legs(leg(second, payee, 1), leg(first, payee, 6), leg(second, first, 2)));

    // When
    Outcome outcome = books.outcome(command);

    // Then
    var receipt =
        new Receipt(command.id(), Commands.KIND, false, TestBooks.NOW, Commands.DETAIL, List.of());
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Refused(
                new LedgerRefusal.InsufficientFunds(first, Amount.of(5), Amount.of(6)),
                Optional.of(receipt)));
    assertThat(books.changes().transfers())
        .containsExactly(
            new StoredTransfer(
                receipt,
                List.of(second.id(), first.id(), payee.id(), payee.id(), first.id()),
                command.credential(),
                command.key()));
    assertThat(books.books().accounts()).noneMatch(AccountState::touched);
  }

  @Test
  void withoutBeingAskedForItIsNotStored() {
    // When
    Outcome outcome =
        books.outcome(keyed("poor", "wish").to(legs(leg(books.simple(0), books.simple(0), 1))));

    // Then
    assertThat(TestBooks.refused(outcome).recorded()).isEmpty();
    assertThat(books.changes().isEmpty()).isTrue();
  }

  private interface Scene {
    Intent on(TestBooks books);
  }

  static Stream<Scene> otherReasons() {
    return Stream.of(
        books -> new Intent.Doomed(List.of(), Own.REASON),
        books -> {
          AccountRef payer = books.simple(HolderStatus.CLOSED);
          var check = new Check.AccountStatusIn(payer, Set.of(HolderStatus.ACTIVE), Own.REASON);
          return new Intent.Move(List.of(check), List.of(leg(payer, books.simple(0), 1)));
        },
        books -> legs(leg(books.simple(1), books.simple(Amount.MAX), 1)),
        books -> legs(books.named(books.newLot(), books.inLots(), books.inLots(), 1)));
  }

  @ParameterizedTest
  @MethodSource("otherReasons")
  void aRefusalForAnotherReasonIsNotStored(Scene scene) {
    // Given
    TransferCommand command = command().recordsRefusal().to(scene.on(books));

    // When
    Outcome outcome = books.outcome(command);

    // Then
    assertThat(TestBooks.refused(outcome).recorded()).isEmpty();
    assertThat(books.changes().isEmpty()).isTrue();
  }
}
