package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferId;
import io.sluice.store.Lot;
import io.sluice.store.PgLotStore;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LotTransferTest {
  private static final Instant ISSUED_AT = Instant.parse("2025-07-01T00:00:00Z");
  private static final LocalDate PRODUCED = LocalDate.of(2025, 6, 1);
  private static final UUID REGISTER = new UUID(0, 1);

  private static LedgerFixture fixture;
  private static PgLotStore lots;

  private AssetId asset;
  private AccountRef system;

  @BeforeAll
  static void open() {
    fixture = new LedgerFixture();
    lots = new PgLotStore(fixture.pools());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void newAsset() {
    asset = fixture.asset(true);
    system = fixture.account(asset, AccountKind.SYSTEM);
  }

  private AccountRef holder() {
    return fixture.account(asset, AccountKind.LOT);
  }

  private LotId credit(AccountRef account, long amount, Optional<Instant> expiresAt) {
    var rule = new LotRule.Automatic(expiresAt);
    TransferId transfer = move(Leg.of(system, account, Amount.of(amount), rule));
    return movements(transfer).getFirst().lot();
  }

  private TransferId move(Leg... legs) {
    Outcome outcome = fixture.submit(fixture.command(legs));
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    return ((Outcome.Posted) outcome).receipt().id();
  }

  private static Refusal refused(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).reason();
  }

  private List<LotMovement> movements(TransferId transfer) {
    return Await.result(fixture.transfers().lotMovements(fixture.tenant(), transfer));
  }

  private Lot lot(LotId id) {
    return Await.result(lots.findAll(fixture.tenant(), List.of(id))).get(id);
  }

  private static Leg leg(AccountRef from, AccountRef to, long amount) {
    return Leg.of(from, to, Amount.of(amount));
  }

  @Test
  void theOldestLotsPayFirstAndTheReceiverGetsOneFreshLot() {
    // Given
    AccountRef payer = holder();
    AccountRef payee = holder();
    LotId oldest = credit(payer, 10, Optional.empty());
    LotId middle = credit(payer, 20, Optional.empty());
    LotId youngest = credit(payer, 30, Optional.empty());

    // When
    TransferId transfer = move(leg(payer, payee, 25));

    // Then
    assertThat(lot(oldest).remaining()).isEqualTo(Amount.ZERO);
    assertThat(lot(middle).remaining()).isEqualTo(Amount.of(5));
    assertThat(lot(youngest).remaining()).isEqualTo(Amount.of(30));
    assertThat(movements(transfer))
        .filteredOn(m -> m.account().equals(payee.id()))
        .singleElement()
        .satisfies(m -> assertThat(m.amount()).isEqualTo(Amount.of(25)))
        .satisfies(m -> assertThat(m.lot()).isNotIn(oldest, middle, youngest));
  }

  @Test
  void expiredLotsDoNotCount() {
    // Given
    AccountRef payer = holder();
    credit(payer, 100, Optional.of(Instant.now().minusSeconds(1)));
    credit(payer, 7, Optional.of(Instant.now().plusSeconds(3_600)));

    // When
    Outcome outcome = fixture.submit(fixture.command(leg(payer, holder(), 8)));

    // Then
    assertThat(refused(outcome))
        .isEqualTo(new LedgerRefusal.InsufficientFunds(payer, Amount.of(7), Amount.of(8)));
  }

  @Test
  void commandsInOneBatchPayFromWhatThoseBeforeThemLeft() {
    // Given
    AccountRef first = holder();
    AccountRef second = holder();
    AccountRef third = holder();
    credit(first, 100, Optional.empty());
    var outcomes = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 100; i++) {
      outcomes.add(fixture.submitLater(fixture.command(leg(first, second, 1))));
      outcomes.add(fixture.submitLater(fixture.command(leg(second, third, 1))));
    }

    // Then
    assertThat(outcomes.stream().map(Await::result))
        .hasSize(200)
        .allMatch(Outcome.Posted.class::isInstance);
    assertThat(fixture.balance(third)).contains(Amount.of(100));
    assertThat(fixture.balance(second)).contains(Amount.ZERO);
  }

  @Test
  void moreThanOneRoundOfLotsIsPaidFrom() {
    // Given
    AccountRef payer = holder();
    for (int i = 0; i < 300; i++) {
      fixture.submitLater(fixture.command(leg(system, payer, 2)));
    }

    // When
    TransferId transfer = move(leg(payer, holder(), 599));

    // Then
    assertThat(movements(transfer)).hasSize(301);
    assertThat(fixture.balance(payer)).contains(Amount.of(1));
  }

  @Test
  void anOverdraftUsesUpTheLotsAndIsPaidBackByTheNextCredit() {
    // Given
    AccountRef payer = holder();
    credit(payer, 30, Optional.empty());
    move(new Leg(payer, system, Amount.of(50), LotRule.AUTOMATIC, true));
    assertThat(fixture.balance(payer)).contains(Amount.of(-20));

    // When
    LotId lot = credit(payer, 100, Optional.empty());

    // Then
    assertThat(lot(lot).remaining()).isEqualTo(Amount.of(80));
    assertThat(fixture.balance(payer)).contains(Amount.of(80));
    assertThat(refused(fixture.submit(fixture.command(leg(payer, holder(), 81)))))
        .isEqualTo(new LedgerRefusal.InsufficientFunds(payer, Amount.of(80), Amount.of(81)));
  }

  private record Issued(LotId lot, HolderId issuer) {}

  private Issued issue(AccountRef owner, long amount) {
    var issuer = fixture.holder(HolderStatus.ACTIVE);
    var lot = new LotId(fixture.ids().next());
    var rule =
        new LotRule.Issue(lot, issuer, REGISTER, fixture.ids().next(), 1_000, ISSUED_AT, PRODUCED);
    move(Leg.of(system, owner, Amount.of(amount), rule));
    return new Issued(lot, issuer);
  }

  private Leg named(AccountRef from, AccountRef to, long amount, Issued issued) {
    return named(from, to, amount, issued, newLot(), newLot());
  }

  private static Leg named(
      AccountRef from, AccountRef to, long amount, Issued issued, LotId left, LotId right) {
    var rule = new LotRule.Named(issued.lot(), issued.issuer(), new LotRule.Children(left, right));
    return Leg.of(from, to, Amount.of(amount), rule);
  }

  private static LotId newLot() {
    return new LotId(fixture.ids().next());
  }

  @Test
  void aWholeNamedLotChangesHandsUnsplit() {
    // Given
    AccountRef owner = holder();
    AccountRef buyer = holder();
    Issued issued = issue(owner, 500);

    // When
    move(named(owner, buyer, 500, issued));

    // Then
    Lot lot = lot(issued.lot());
    assertThat(lot.account()).isEqualTo(buyer.id());
    assertThat(lot.status()).isEqualTo(LotStatus.ACTIVE);
    assertThat(lot.remaining()).isEqualTo(Amount.of(500));
  }

  @Test
  void aNamedLotArrivesWholeOnAnOverdrawnAccount() {
    // Given
    AccountRef buyer = holder();
    credit(buyer, 30, Optional.empty());
    move(new Leg(buyer, system, Amount.of(50), LotRule.AUTOMATIC, true));
    AccountRef owner = holder();
    Issued issued = issue(owner, 500);

    // When
    move(named(owner, buyer, 500, issued));

    // Then
    assertThat(fixture.balance(buyer)).contains(Amount.of(480));
    assertThat(lot(issued.lot()).remaining()).isEqualTo(Amount.of(500));
  }

  @Test
  void aPartOfANamedLotSplitsItForGood() {
    // Given
    AccountRef owner = holder();
    AccountRef buyer = holder();
    Issued issued = issue(owner, 500);

    // When
    move(named(owner, buyer, 200, issued));

    // Then
    Lot parent = lot(issued.lot());
    Lot left = lot(parent.leftChild().orElseThrow());
    Lot right = lot(parent.rightChild().orElseThrow());
    assertThat(parent.status()).isEqualTo(LotStatus.SPLIT);
    assertThat(left.account()).isEqualTo(buyer.id());
    assertThat(left.amount()).isEqualTo(Amount.of(200));
    assertThat(left.serialFrom()).contains(1_000L);
    assertThat(right.account()).isEqualTo(owner.id());
    assertThat(right.amount()).isEqualTo(Amount.of(300));
    assertThat(right.serialFrom()).contains(1_200L);
    assertThat(refused(fixture.submit(fixture.command(named(owner, buyer, 1, issued)))))
        .isEqualTo(new LedgerRefusal.LotUnavailable(issued.lot(), LotStatus.SPLIT));
  }

  @Test
  void ofTwoWhoWantTheSameLotAtOnceOneGetsIt() {
    // Given
    AccountRef owner = holder();
    Issued issued = issue(owner, 500);

    // When
    var first = fixture.submitLater(fixture.command(named(owner, holder(), 500, issued)));
    var second = fixture.submitLater(fixture.command(named(owner, holder(), 500, issued)));

    // Then
    assertThat(Await.result(first)).isInstanceOf(Outcome.Posted.class);
    assertThat(refused(Await.result(second))).isEqualTo(new LedgerRefusal.LotNotHeld(issued.lot()));
  }

  @Test
  void aNamedLotIsRefusedForEachReason() {
    // Given
    AccountRef owner = holder();
    AccountRef buyer = holder();
    Issued issued = issue(owner, 500);
    var unknown = new Issued(new LotId(fixture.ids().next()), issued.issuer());
    var otherIssuer = new Issued(issued.lot(), fixture.holder(HolderStatus.ACTIVE));

    // When
    var refusals =
        List.of(
            refused(fixture.submit(fixture.command(named(owner, buyer, 1, unknown)))),
            refused(fixture.submit(fixture.command(named(buyer, owner, 1, issued)))),
            refused(fixture.submit(fixture.command(named(owner, buyer, 1, otherIssuer)))),
            refused(fixture.submit(fixture.command(named(owner, buyer, 501, issued)))));

    // Then
    assertThat(refusals)
        .containsExactly(
            new LedgerRefusal.LotUnknown(unknown.lot()),
            new LedgerRefusal.LotNotHeld(issued.lot()),
            new LedgerRefusal.LotIssuerMismatch(issued.lot()),
            new LedgerRefusal.LotTooSmall(issued.lot(), Amount.of(500), Amount.of(501)));
  }

  @Test
  void aChildWhoseIdIsTakenIsRefusedAtOnce() {
    // Given
    AccountRef owner = holder();
    Issued issued = issue(owner, 500);
    LotId taken = issue(owner, 1).lot();

    // When
    var refusals =
        List.of(
            refused(submit(named(owner, holder(), 200, issued, taken, newLot()))),
            refused(submit(named(owner, holder(), 200, issued, newLot(), taken))));

    // Then
    assertThat(refusals).containsOnly(new LedgerRefusal.LotIdTaken(taken));
    assertThat(lot(issued.lot()).status()).isEqualTo(LotStatus.ACTIVE);
    assertThat(lot(taken).remaining()).isEqualTo(Amount.of(1));
  }

  @Test
  void anIssuedLotWhoseIdIsTakenIsRefusedAtOnce() {
    // Given
    AccountRef owner = holder();
    Issued issued = issue(owner, 500);
    var again =
        new LotRule.Issue(
            issued.lot(),
            issued.issuer(),
            REGISTER,
            fixture.ids().next(),
            1_000,
            ISSUED_AT,
            PRODUCED);

    // When
    Outcome outcome = submit(Leg.of(system, owner, Amount.of(7), again));

    // Then
    assertThat(refused(outcome)).isEqualTo(new LedgerRefusal.LotIdTaken(issued.lot()));
    assertThat(fixture.balance(owner)).contains(Amount.of(500));
  }

  @Test
  void aWholeLotMovesThoughTheIdsOfChildrenAreTaken() {
    // Given
    AccountRef owner = holder();
    AccountRef buyer = holder();
    Issued issued = issue(owner, 500);
    LotId taken = issue(owner, 1).lot();

    // When
    move(named(owner, buyer, 500, issued, taken, taken));

    // Then
    assertThat(lot(issued.lot()).account()).isEqualTo(buyer.id());
  }

  @Test
  void aTakenIdHurtsNobodyElseInTheBatch() {
    // Given
    AccountRef owner = holder();
    List<Issued> issued = Stream.generate(() -> issue(owner, 2)).limit(10).toList();
    LotId taken = issue(owner, 1).lot();

    // When
    List<Future<Outcome>> outcomes =
        issued.stream()
            .map(
                lot ->
                    named(
                        owner, holder(), 1, lot, lot == issued.get(4) ? taken : newLot(), newLot()))
            .map(leg -> fixture.submitLater(fixture.command(leg)))
            .toList();

    // Then
    assertThat(outcomes.stream().map(Await::result))
        .filteredOn(outcome -> !(outcome instanceof Outcome.Posted))
        .singleElement()
        .satisfies(
            outcome -> assertThat(refused(outcome)).isEqualTo(new LedgerRefusal.LotIdTaken(taken)));
  }

  private static Outcome submit(Leg leg) {
    return fixture.submit(fixture.command(leg));
  }
}
