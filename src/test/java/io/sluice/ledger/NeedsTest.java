package io.sluice.ledger;

import static io.sluice.ledger.Commands.key;
import static io.sluice.ledger.Commands.keyed;
import static io.sluice.ledger.Commands.leg;
import static io.sluice.ledger.Commands.legs;
import static io.sluice.ledger.Commands.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Exactly what must be locked and read before commands can be decided: no less, and no more. */
class NeedsTest {
  private enum Own implements Refusal {
    REASON
  }

  private long ids;

  private AccountRef account(AccountKind kind) {
    return AccountRef.of(new HolderId(new UUID(3, ids++)), TestBooks.ASSET, Bucket.AVAILABLE, kind);
  }

  private LotId lot() {
    return new LotId(new UUID(4, ids++));
  }

  private static Needs needs(TransferCommand... commands) {
    return new Needs(Commands.TENANT, List.of(commands), LotLimit.ALONE);
  }

  @Test
  void aPlainTransferNeedsItsTwoAccounts() {
    // Given
    AccountRef payer = account(AccountKind.SIMPLE);
    AccountRef payee = account(AccountKind.SIMPLE);
    TransferCommand command = move(leg(payer, payee, 5));

    // When
    Needs needs = needs(command);

    // Then
    assertThat(needs.tenant()).isEqualTo(Commands.TENANT);
    assertThat(needs.commands()).containsExactly(command);
    assertThat(needs.accounts()).containsExactly(payer, payee);
    assertThat(needs.keys()).isEmpty();
    assertThat(needs.holders()).isEmpty();
    assertThat(needs.lots()).isEmpty();
    assertThat(needs.newLots()).isEmpty();
    assertThat(needs.lotDebits()).isEmpty();
  }

  @Test
  void whatManyCommandsNeedIsNeededOnce() {
    // Given
    AccountRef hot = account(AccountKind.SIMPLE);
    AccountRef other = account(AccountKind.SIMPLE);

    // When
    Needs needs =
        needs(
            keyed("one", "wish").to(legs(leg(hot, other, 1))),
            keyed("two", "wish").to(legs(leg(other, hot, 1))),
            keyed("one", "another").to(legs(leg(hot, other, 1))));

    // Then
    assertThat(needs.commands()).hasSize(3);
    assertThat(needs.accounts()).containsExactly(hot, other);
    assertThat(needs.keys())
        .containsExactly(key("one", "wish").digest(), key("two", "wish").digest());
  }

  @Test
  void checksNeedTheStatusThatTheyAskFor() {
    // Given
    AccountRef payer = account(AccountKind.SIMPLE);
    AccountRef payee = account(AccountKind.SIMPLE);
    AccountRef third = account(AccountKind.SIMPLE);
    var programme = new HolderId(new UUID(5, 1));
    List<Check> checks =
        List.of(
            new Check.HolderStatusIn(programme, Set.of(HolderStatus.ACTIVE), Own.REASON),
            new Check.AccountStatusIn(third, Set.of(HolderStatus.ACTIVE), Own.REASON));

    // When
    Needs needs =
        needs(Commands.command().to(new Intent.Move(checks, List.of(leg(payer, payee, 1)))));

    // Then
    assertThat(needs.holders()).containsExactly(programme);
    assertThat(needs.accounts()).containsExactlyInAnyOrder(payer, payee, third);
  }

  @Test
  void aDoomedCommandNeedsItsKeyAndItsChecksOnly() {
    // Given
    var holder = new HolderId(new UUID(5, 1));
    var check = new Check.HolderStatusIn(holder, Set.of(HolderStatus.ACTIVE), Own.REASON);

    // When
    Needs needs = needs(keyed("doomed", "wish").to(new Intent.Doomed(List.of(check), Own.REASON)));

    // Then
    assertThat(needs.keys()).containsExactly(key("doomed", "wish").digest());
    assertThat(needs.holders()).containsExactly(holder);
    assertThat(needs.accounts()).isEmpty();
  }

  @Test
  void whoPaysFromLotsNeedsTheOldestThatCoverEverything() {
    // Given
    AccountRef payer = account(AccountKind.LOT);
    AccountRef payee = account(AccountKind.LOT);
    AccountRef system = account(AccountKind.SYSTEM);

    // When
    Needs needs =
        needs(
            move(leg(payer, payee, 5), leg(payer, system, 7)),
            move(leg(payer, payee, 30)),
            move(leg(payee, payer, 4)),
            move(leg(system, payer, 1_000)));

    // Then
    assertThat(needs.lotDebits())
        .isEqualTo(Map.of(payer.id(), BigInteger.valueOf(42), payee.id(), BigInteger.valueOf(4)));
    assertThat(needs.lots()).isEmpty();
    assertThat(needs.newLots()).isEmpty();
  }

  @Test
  void namedLotsNeedThemselvesAndTheIdsOfTheirChildren() {
    // Given
    AccountRef payer = account(AccountKind.LOT);
    AccountRef payee = account(AccountKind.LOT);
    LotId named = lot();
    LotId left = lot();
    LotId right = lot();

    // When
    Needs needs = needs(move(TestBooks.named(named, payer, payee, 5, left, right)));

    // Then
    assertThat(needs.accounts()).containsExactly(payer, payee);
    assertThat(needs.lots()).containsExactly(named);
    assertThat(needs.newLots()).containsExactly(left, right);
    assertThat(needs.lotDebits()).isEmpty();
  }

  @Test
  void anIssueNeedsTheIdOfItsLot() {
    // Given
    AccountRef payee = account(AccountKind.LOT);
    LotId issued = lot();

    // When
    Needs needs = needs(move(TestBooks.issue(issued, account(AccountKind.SYSTEM), payee, 5)));

    // Then
    assertThat(needs.newLots()).containsExactly(issued);
    assertThat(needs.lots()).isEmpty();
    assertThat(needs.lotDebits()).isEmpty();
  }

  @Test
  void theOldestLotsMustCoverAlsoWhatGoesByName() {
    // Given
    AccountRef payer = account(AccountKind.LOT);
    AccountRef payee = account(AccountKind.LOT);

    // When
    Needs needs =
        needs(
            move(TestBooks.named(lot(), payer, payee, 100, lot(), lot())),
            move(leg(payer, payee, 7)),
            move(TestBooks.named(lot(), payer, payee, 20, lot(), lot())),
            move(TestBooks.named(lot(), payee, payer, 9, lot(), lot())));

    // Then
    assertThat(needs.lotDebits()).isEqualTo(Map.of(payer.id(), BigInteger.valueOf(127)));
  }
}
