package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Decider;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredLotMovement;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What the ledger decides passes; whatever is then changed of it, one thing at a time, does not.
 */
class WriteAssertionsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.654321Z");
  private static final TenantId TENANT = new TenantId(1);
  private static final AssetId MONEY = new AssetId(new UUID(0, 1));
  private static final AssetId POINTS = new AssetId(new UUID(0, 2));
  private static final AccountRef BANK = account(1, MONEY, AccountKind.SYSTEM);
  private static final AccountRef ANN = account(2, MONEY, AccountKind.SIMPLE);
  private static final AccountRef BOB = account(3, MONEY, AccountKind.SIMPLE);
  private static final AccountRef STRANGER = account(4, MONEY, AccountKind.SIMPLE);
  private static final AccountRef ISSUER = account(5, POINTS, AccountKind.SYSTEM);
  private static final AccountRef CAT = account(6, POINTS, AccountKind.LOT);

  private final List<StoredTransfer> transfers;
  private final LockedBooks locked;

  WriteAssertionsTest() {
    List<TransferCommand> commands =
        List.of(
            moves(Leg.of(BANK, ANN, Amount.of(100))),
            moves(Leg.of(ANN, BOB, Amount.of(30)), Leg.of(ANN, BANK, Amount.of(5))),
            moves(Leg.of(ISSUER, CAT, Amount.of(50))),
            moves(new Leg(CAT, ISSUER, Amount.of(70), LotRule.AUTOMATIC, true)));
    locked = new LockedBooks(new Needs(TENANT, commands, LotLimit.ALONE));
    List.of(BANK, ANN, BOB, ISSUER, CAT).forEach(ref -> locked.add(unposted(ref), "(0,1)", 1));
    var decider = new Decider(locked.books(), locked.changes(), new TimeOrderedIds(), NOW);
    commands.forEach(decider::decide);
    transfers = locked.changes().transfers();
  }

  private static AccountRef account(int holder, AssetId asset, AccountKind kind) {
    return AccountRef.of(new HolderId(new UUID(1, holder)), asset, Bucket.AVAILABLE, kind);
  }

  private static TransferCommand moves(Leg... legs) {
    return TransferCommand.of(Principal.operator(TENANT), new TransferId(UUID.randomUUID()), "test")
        .to(new Intent.Move(List.of(), List.of(legs)));
  }

  private static AccountState unposted(AccountRef ref) {
    return new AccountState(
        ref.id(),
        ref.kind(),
        HolderStatus.ACTIVE,
        ref.kind() == AccountKind.SYSTEM ? Optional.empty() : Optional.of(Amount.ZERO),
        Amount.ZERO,
        Amount.ZERO,
        0);
  }

  private void change(int transfer, UnaryOperator<StoredTransfer> change) {
    transfers.set(transfer, change.apply(transfers.get(transfer)));
  }

  private void changePosting(int transfer, int posting, UnaryOperator<Posting> change) {
    change(
        transfer,
        old -> {
          var postings = new ArrayList<>(old.receipt().postings());
          postings.set(posting, change.apply(postings.get(posting)));
          return with(old, old.receipt().posted(), postings);
        });
  }

  private static StoredTransfer with(StoredTransfer old, boolean posted, List<Posting> postings) {
    Receipt was = old.receipt();
    var receipt =
        new Receipt(was.id(), was.kind(), posted, was.createdAt(), was.detail(), postings);
    return new StoredTransfer(
        receipt, postings.stream().map(Posting::account).toList(), old.credential(), old.key());
  }

  private static Posting plus(Posting posting, int sequence, int amount, int balance) {
    return new Posting(
        posting.account(),
        posting.sequence() + sequence,
        posting.amount().plus(Amount.of(amount)),
        posting.balance().plus(Amount.of(balance)));
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> new BooksWriter(locked, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void letsPassWhatTheLedgerDecides() {
    assertThatCode(() -> new BooksWriter(locked, NOW)).doesNotThrowAnyException();
  }

  @Test
  void refusesATimeThatPostgresWouldRound() {
    assertThatThrownBy(() -> new BooksWriter(locked, NOW.plusNanos(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("microsecond");
  }

  @Test
  void refusesATransferOfTwoThatDoesNotSumToZero() {
    changePosting(0, 1, credit -> plus(credit, 0, 1, 1));
    assertRefused("value out of nothing");
  }

  @Test
  void refusesATransferOfManyThatDoesNotSumToZero() {
    changePosting(1, 2, credit -> plus(credit, 0, 1, 1));
    assertRefused("value out of nothing");
  }

  @Test
  void refusesATransferFromOneAssetIntoAnother() {
    Posting points = transfers.get(2).receipt().postings().getLast();
    changePosting(0, 1, money -> new Posting(CAT.id(), 1, money.amount(), points.balance()));
    assertRefused("value out of nothing");
  }

  @Test
  void refusesATransferOfManyThatSumsToZeroOnlyOverTwoAssets() {
    changePosting(1, 1, money -> new Posting(CAT.id(), 1, money.amount(), money.balance()));
    assertRefused("value out of nothing");
  }

  @Test
  void refusesAGapInAnAccountsPostings() {
    changePosting(1, 0, debit -> plus(debit, 1, 0, 0));
    assertRefused("a gap before");
  }

  @Test
  void refusesAFirstPostingThatDoesNotFollowTheRow() {
    changePosting(1, 1, credit -> plus(credit, 1, 0, 0));
    assertRefused("a gap before");
  }

  @Test
  void refusesARunningBalanceThatIsNotTheSum() {
    changePosting(0, 0, debit -> plus(debit, 0, 0, 1));
    assertRefused("a wrong balance");
  }

  @Test
  void refusesAnAccountThatWentFurtherThanItsPostings() {
    transfers.remove(1);
    assertRefused("an account besides its postings");
  }

  @Test
  void refusesAnAccountThatChangedWithoutAPosting() {
    transfers.removeLast();
    transfers.removeLast();
    assertRefused("accounts changed without a posting");
  }

  @Test
  void refusesAPostingOnAnAccountThatNobodyLocked() {
    changePosting(0, 1, credit -> new Posting(STRANGER.id(), 1, credit.amount(), credit.balance()));
    assertRefused("not locked");
  }

  @Test
  void refusesPostingsOfARefusedTransfer() {
    change(0, old -> with(old, false, old.receipt().postings()));
    assertRefused("postings of a refused transfer");
  }

  @Test
  void refusesAPostedTransferWithoutPostings() {
    change(0, old -> with(old, true, List.of()));
    assertRefused("postings other than listed");
  }

  @Test
  void refusesAListOfOtherPostings() {
    change(
        0,
        old ->
            new StoredTransfer(
                old.receipt(), old.parties().reversed(), old.credential(), old.key()));
    assertRefused("postings other than listed");
  }

  @Test
  void refusesALotMovementTooFew() {
    locked.changes().lotMovements().removeLast();
    assertRefused("lots moved otherwise than posted");
  }

  @Test
  void refusesALotMovementOnAnAccountWithoutLots() {
    var movement = new LotMovement(new LotId(new UUID(0, 9)), ANN.id(), Amount.of(1));
    locked
        .changes()
        .lotMovements()
        .add(new StoredLotMovement(transfers.getFirst().receipt().id(), movement));
    assertRefused("lots moved otherwise than posted");
  }

  @Test
  void refusesALotMovementOnAnAccountThatNobodyLocked() {
    var movement = new LotMovement(new LotId(new UUID(0, 9)), STRANGER.id(), Amount.of(1));
    locked
        .changes()
        .lotMovements()
        .add(new StoredLotMovement(transfers.getFirst().receipt().id(), movement));
    assertRefused("not locked");
  }

  @Test
  void refusesARowThatNoCommandNeeds() {
    assertThatThrownBy(() -> locked.add(unposted(STRANGER), "(0,1)", 1))
        .isInstanceOf(IllegalStateException.class);
  }
}
