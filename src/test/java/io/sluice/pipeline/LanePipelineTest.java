package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LanePipelineTest {
  private static LedgerFixture fixture;

  private AssetId asset;

  @BeforeAll
  static void open() {
    fixture = new LedgerFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @org.junit.jupiter.api.BeforeEach
  void newAsset() {
    asset = fixture.asset(false);
  }

  private AccountRef rich(long balance) {
    return fixture.account(asset, AccountKind.SIMPLE, balance);
  }

  private AccountRef poor() {
    return fixture.account(asset, AccountKind.SIMPLE);
  }

  private static Leg leg(AccountRef from, AccountRef to, long amount) {
    return Leg.of(from, to, Amount.of(amount));
  }

  private static Receipt posted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    return ((Outcome.Posted) outcome).receipt();
  }

  @Test
  void aTransferMovesValueAndOpensTheReceiversAccount() {
    // Given
    AccountRef payer = rich(100);
    AccountRef payee = poor();

    // When
    Receipt receipt = posted(fixture.submit(fixture.command(leg(payer, payee, 30))));

    // Then
    assertThat(receipt.postings())
        .extracting(Posting::account, Posting::sequence, p -> p.balance().toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(payer.id(), 2L, "70"),
            org.assertj.core.groups.Tuple.tuple(payee.id(), 1L, "30"));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
    assertThat(fixture.balance(payee)).contains(Amount.of(30));
    assertThat(Await.result(fixture.transfers().find(fixture.tenant(), receipt.id())))
        .contains(receipt);
  }

  @Test
  void oneUnitTooMuchIsRefusedAndNothingMoves() {
    // Given
    AccountRef payer = rich(100);
    AccountRef payee = rich(1);

    // When
    Outcome outcome = fixture.submit(fixture.command(leg(payer, payee, 101)));

    // Then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Refused(
                new LedgerRefusal.InsufficientFunds(payer, Amount.of(100), Amount.of(101)),
                Optional.empty()));
    assertThat(fixture.balance(payer)).contains(Amount.of(100));
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  @Test
  void oneLegThatFailsUndoesAll() {
    // Given
    AccountRef first = rich(100);
    AccountRef second = rich(10);
    AccountRef payee = rich(1);

    // When
    Outcome outcome =
        fixture.submit(fixture.command(leg(first, payee, 50), leg(second, payee, 11)));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(fixture.balance(first)).contains(Amount.of(100));
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  @Test
  void theSameWishUnderTheSameKeyIsAnsweredAgain() {
    // Given
    AccountRef payer = rich(100);
    AccountRef payee = poor();
    var key = LedgerFixture.key("again", "wish");
    Receipt first = posted(fixture.submit(fixture.command(key, List.of(), leg(payer, payee, 5))));

    // When
    Outcome second = fixture.submit(fixture.command(key, List.of(), leg(payer, payee, 5)));

    // Then
    assertThat(second).isEqualTo(new Outcome.Replayed(first));
    assertThat(fixture.balance(payer)).contains(Amount.of(95));
  }

  @Test
  void anotherWishUnderTheSameKeyIsAConflict() {
    // Given
    AccountRef payer = rich(100);
    AccountRef payee = poor();
    Receipt first =
        posted(
            fixture.submit(
                fixture.command(
                    LedgerFixture.key("used", "wish"), List.of(), leg(payer, payee, 5))));

    // When
    Outcome second =
        fixture.submit(
            fixture.command(LedgerFixture.key("used", "other"), List.of(), leg(payer, payee, 6)));

    // Then
    assertThat(second).isEqualTo(new Outcome.Conflict(first.id()));
    assertThat(fixture.balance(payer)).contains(Amount.of(95));
  }

  @Test
  void twinsInOneBatchMoveValueOnce() {
    // Given
    AccountRef payer = rich(100);
    AccountRef payee = poor();
    var key = LedgerFixture.key("twins", "wish");
    var twins = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 20; i++) {
      twins.add(fixture.submitLater(fixture.command(key, List.of(), leg(payer, payee, 5))));
    }

    // Then
    var outcomes = twins.stream().map(Await::result).toList();
    assertThat(outcomes).filteredOn(Outcome.Posted.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Replayed.class::isInstance).hasSize(19);
    assertThat(fixture.balance(payer)).contains(Amount.of(95));
  }

  @Test
  void twinsInTwoProcessesMoveValueOnce() {
    // Given
    AccountRef payer = rich(1_000);
    AccountRef payee = poor();
    LanePipeline other = fixture.newPipeline(LedgerFixture.SETTINGS);
    var outcomes = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 50; i++) {
      var key = LedgerFixture.key("process " + i, "wish");
      var source = i % 2 == 0 ? payer : payee;
      var target = i % 2 == 0 ? payee : payer;
      outcomes.add(fixture.submitLater(fixture.command(key, List.of(), leg(source, target, 1))));
      outcomes.add(other.submit(fixture.command(key, List.of(), leg(source, target, 1))));
    }

    // Then
    for (int i = 0; i < outcomes.size(); i += 2) {
      var pair = List.of(Await.result(outcomes.get(i)), Await.result(outcomes.get(i + 1)));
      assertThat(pair).filteredOn(Outcome.Posted.class::isInstance).hasSizeLessThan(2);
      assertThat(pair)
          .allMatch(
              o ->
                  o instanceof Outcome.Posted
                      || o instanceof Outcome.Replayed
                      || o instanceof Outcome.Refused);
    }
    assertThat(fixture.balance(payer).orElseThrow().plus(fixture.balance(payee).orElseThrow()))
        .isEqualTo(Amount.of(1_000));
    Await.result(other.close(1_000));
  }

  @Test
  void anAccountThatAnotherProcessKeepsMovingIsUpdatedWhereItLiesNow() {
    // Given
    AccountRef hot = rich(1_000);
    LanePipeline other = fixture.newPipeline(LedgerFixture.SETTINGS);
    var outcomes = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 200; i++) {
      outcomes.add(fixture.submitLater(fixture.command(leg(hot, poor(), 1))));
      outcomes.add(other.submit(fixture.command(leg(hot, poor(), 1))));
    }

    // Then
    var balances =
        outcomes.stream()
            .map(Await::result)
            .map(o -> posted(o).postings().getFirst().balance())
            .toList();
    assertThat(balances).doesNotHaveDuplicates().hasSize(400);
    assertThat(fixture.balance(hot)).contains(Amount.of(600));
    Await.result(other.close(1_000));
  }

  @Test
  void checksAreLookedAtInOrder() {
    // Given
    AccountRef payer = AccountRef.available(fixture.holder(HolderStatus.SUSPENDED), asset);
    record Named(String name) implements Refusal {}
    var programme = fixture.holder(HolderStatus.ARCHIVED);
    List<Check> checks =
        List.of(
            new Check.HolderStatusIn(
                programme, Set.of(HolderStatus.ARCHIVED), new Named("programme")),
            new Check.AccountStatusIn(payer, Set.of(HolderStatus.ACTIVE), new Named("payer")));

    // When
    Outcome outcome =
        fixture.submit(fixture.command(Optional.empty(), checks, leg(payer, poor(), 1)));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Refused(new Named("payer"), Optional.empty()));
  }

  @Test
  void aCeilingCountsAsItIsWhenTheValueMoves() {
    // Given
    record TooMuch(Amount ceiling) implements Refusal {}
    AccountRef payer = rich(100);
    var rules = fixture.holder(HolderStatus.ACTIVE);
    var check = new Check.WithinCeiling(rules, Amount.of(10), TooMuch::new);
    Supplier<Outcome> move =
        () ->
            fixture.submit(
                fixture.command(Optional.empty(), List.of(check), leg(payer, poor(), 10)));

    // Then
    assertThat(move.get()).isInstanceOf(Outcome.Posted.class);
    ceiling(rules, "9");
    assertThat(move.get())
        .isEqualTo(new Outcome.Refused(new TooMuch(Amount.of(9)), Optional.empty()));
    ceiling(rules, "10");
    assertThat(move.get()).isInstanceOf(Outcome.Posted.class);
  }

  private void ceiling(HolderId holder, String ceiling) {
    Await.result(
        fixture
            .pools()
            .lookUps()
            .run("UPDATE holder SET ceiling = " + ceiling + " WHERE id = $1", holder.value()));
  }

  @Test
  void aDoomedCommandIsRefusedAfterItsChecksAndOpensNoAccount() {
    // Given
    record Named(String name) implements Refusal {}
    AccountRef unopened = AccountRef.available(fixture.holder(HolderStatus.ACTIVE), asset);
    var holds =
        new Check.AccountStatusIn(unopened, Set.of(HolderStatus.ACTIVE), new Named("payer"));
    var intent = new Intent.Doomed(List.of(holds.ofHolder()), new Named("nobody"));

    // When
    Outcome outcome = fixture.submit(fixture.command(Optional.empty(), intent));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Refused(new Named("nobody"), Optional.empty()));
    assertThat(fixture.balance(unopened)).isEmpty();
  }

  @Test
  void aBrokenCheckOfADoomedCommandGoesFirst() {
    // Given
    record Named(String name) implements Refusal {}
    var programme = fixture.holder(HolderStatus.ARCHIVED);
    var broken =
        new Check.HolderStatusIn(programme, Set.of(HolderStatus.ACTIVE), new Named("programme"));

    // When
    Outcome outcome =
        fixture.submit(
            fixture.command(
                Optional.empty(), new Intent.Doomed(List.of(broken), new Named("nobody"))));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Refused(new Named("programme"), Optional.empty()));
  }

  @Test
  void commandsOnOneAccountAreCarriedOutInTheOrderOfTheirArrival() {
    // Given
    AccountRef hot = rich(10_000);
    var submitted = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 500; i++) {
      submitted.add(fixture.submitLater(fixture.command(leg(hot, poor(), 1))));
    }

    // Then
    var sequences =
        submitted.stream()
            .map(Await::result)
            .map(o -> posted(o).postings().getFirst().sequence())
            .toList();
    assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize(500);
  }
}
