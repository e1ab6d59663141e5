package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.LotRule.Extent;
import io.sluice.ledger.LotRule.Stamp;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferId;
import io.sluice.store.Lot;
import io.sluice.store.PgLotStore;
import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lots that commands select by a filter, as PostgreSQL keeps them. */
class SelectedLotsTest {
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final Stamp KEPT = new Stamp.Kept();
  private static LedgerFixture fixture;
  private static PgLotStore lots;

  private AccountRef available;
  private AccountRef held;
  private AccountRef deferred;
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
  void newHolder() {
    AssetId asset = fixture.asset(true);
    system = fixture.account(asset, AccountKind.SYSTEM);
    available = fixture.account(asset, AccountKind.LOT);
    held = beside(Bucket.HELD);
    deferred = beside(Bucket.DEFERRED);
  }

  private AccountRef beside(Bucket bucket) {
    return AccountRef.of(available.holder(), available.asset(), bucket, AccountKind.LOT);
  }

  private LotId credit(AccountRef account, long amount, LotRule rule) {
    return movements(post(Leg.of(system, account, Amount.of(amount), rule))).getFirst().lot();
  }

  private LotId credit(long amount) {
    return credit(available, amount, LotRule.AUTOMATIC);
  }

  private static TransferId post(Leg leg) {
    Outcome outcome = fixture.submit(fixture.command(leg));
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    return ((Outcome.Posted) outcome).receipt().id();
  }

  private static List<LotMovement> movements(TransferId transfer) {
    return Await.result(fixture.transfers().lotMovements(fixture.tenant(), transfer));
  }

  private static Lot lot(LotId id) {
    return Await.result(lots.findAll(fixture.tenant(), List.of(id))).get(id);
  }

  private static LotFilter marked(String reference, LotFilter.State state) {
    return new LotFilter(Set.of(), NEVER, NEVER, Optional.of(reference), state);
  }

  private static Leg everything(AccountRef from, AccountRef to, LotFilter filter, Stamp stamp) {
    return Leg.of(from, to, Amount.MAX, new LotRule.Selected(filter, Extent.AT_MOST, stamp));
  }

  private Leg hold(long amount, Optional<String> reference) {
    return Leg.of(
        available,
        held,
        Amount.of(amount),
        new LotRule.Selected(LotFilter.ANY, Extent.EXACTLY, new Stamp.Held(reference)));
  }

  private static List<LotId> arrived(TransferId transfer) {
    return movements(transfer).stream()
        .filter(moved -> moved.amount().isPositive())
        .map(LotMovement::lot)
        .toList();
  }

  @Test
  void wholeLotsMoveAndAPartBecomesALotOfItsOwn() {
    // Given
    Optional<Instant> end = Optional.of(Instant.parse("2999-01-01T00:00:00Z"));
    LotId first = credit(available, 10, new LotRule.Automatic(end));
    LotId second = credit(available, 20, new LotRule.Automatic(end));

    // When
    TransferId hold = post(hold(15, Optional.of("order 1")));

    // Then
    List<LotId> now = arrived(hold);
    assertThat(now).hasSize(2).contains(first).doesNotContain(second);
    Lot part = lot(now.stream().filter(id -> !id.equals(first)).findFirst().orElseThrow());
    assertThat(lot(first).account()).isEqualTo(held.id());
    assertThat(lot(second).remaining()).isEqualTo(Amount.of(15));
    assertThat(part.remaining()).isEqualTo(Amount.of(5));
    assertThat(part.parent()).contains(second);
    assertThat(part.createdAt()).isEqualTo(lot(second).createdAt());
    assertThat(part.expiresAt()).isEqualTo(end);
    assertThat(part.marks().reference()).contains("order 1");
    assertThat(part.marks().byHold()).isTrue();
  }

  @Test
  void aReferenceSelectsWhatItMarks() {
    // Given
    credit(100);
    post(hold(10, Optional.of("order 1")));
    TransferId second = post(hold(20, Optional.of("order 2")));

    // When
    TransferId release =
        post(
            everything(
                held,
                available,
                marked("order 2", LotFilter.State.SPENDABLE),
                new Stamp.Cleared()));

    // Then
    assertThat(arrived(release)).isEqualTo(arrived(second));
    assertThat(lot(arrived(release).getFirst()).marks()).isEqualTo(LotMarks.NONE);
    assertThat(fixture.balance(held)).contains(Amount.of(10));
    assertThat(fixture.balance(available)).contains(Amount.of(90));
  }

  @Test
  void whatWasHeldIsNotTakenForWhatWasCreditedThere() {
    // Given
    credit(100);
    post(hold(10, Optional.of("order")));
    var rule = new LotRule.Automatic(NEVER, LotMarks.of(NEVER, Optional.of("order")));
    LotId straight = credit(held, 7, rule);

    // When
    TransferId gone =
        post(everything(held, system, marked("order", LotFilter.State.CREDITED), KEPT));

    // Then
    assertThat(movements(gone)).extracting(LotMovement::lot).containsExactly(straight);
    assertThat(fixture.balance(held)).contains(Amount.of(10));
  }

  @Test
  void whatIsHeldIsNotDueBeforeItIsReleased() {
    // Given
    Optional<Instant> end = Optional.of(Instant.now().minusSeconds(1));
    var rule = new LotRule.Automatic(end);
    LotId lot = credit(held, 7, rule);
    LotFilter expired = LotFilter.due(Set.of(lot), LotFilter.State.EXPIRED);
    Outcome early = fixture.submit(fixture.command(everything(held, system, expired, KEPT)));
    post(everything(held, available, LotFilter.ANY, new Stamp.Cleared()));

    // When
    TransferId expiry = post(everything(available, system, expired, KEPT));

    // Then
    assertThat(early)
        .isEqualTo(new Outcome.Refused(new LedgerRefusal.NothingToMove(held), Optional.empty()));
    assertThat(movements(expiry)).extracting(LotMovement::lot).containsExactly(lot);
    assertThat(fixture.balance(available)).contains(Amount.ZERO);
  }

  @Test
  void whatHasMaturedMovesWithItsDates() {
    // Given
    Optional<Instant> time = Optional.of(Instant.parse("2020-01-01T00:00:00Z"));
    var rule = new LotRule.Automatic(NEVER, LotMarks.of(time, Optional.of("bonus")));
    LotId lot = credit(deferred, 7, rule);

    // When
    post(
        everything(deferred, available, LotFilter.due(Set.of(lot), LotFilter.State.MATURED), KEPT));

    // Then
    assertThat(lot(lot).account()).isEqualTo(available.id());
    assertThat(lot(lot).marks()).isEqualTo(rule.marks());
  }

  @Test
  void commandsOfOneBatchSelectFromWhatThoseBeforeThemLeft() {
    // Given
    credit(10);
    credit(20);

    // When
    List<Outcome> outcomes =
        Stream.of(hold(15, Optional.of("a")), hold(15, Optional.of("b")), hold(1, Optional.empty()))
            .map(leg -> fixture.pipeline().submit(fixture.command(leg)))
            .toList()
            .stream()
            .map(future -> Await.result(future))
            .toList();

    // Then
    assertThat(outcomes.subList(0, 2)).allMatch(outcome -> outcome instanceof Outcome.Posted);
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Refused.class);
    assertThat(fixture.balance(held)).contains(Amount.of(30));
    assertThat(fixture.balance(available)).contains(Amount.ZERO);
  }

  @Test
  void theBooksAreWholeAfterwards() {
    // Given
    LotId lot = credit(available, 50, new LotRule.Automatic(Optional.of(Instant.now())));
    credit(30);
    post(hold(20, Optional.of("order")));

    // When
    post(everything(available, system, LotFilter.due(Set.of(lot), LotFilter.State.EXPIRED), KEPT));

    // Then
    Verifier.Report report = Verifier.run(fixture.testDatabase().database(), progress -> {});
    assertThat(report.findings()).isEmpty();
  }
}
