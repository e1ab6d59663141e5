package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Relay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is stored under a command's id: its own earlier attempt whose confirmation was lost, or the
 * transfer of another process that drew the same id.
 */
class FateTest {
  private static final PipelineSettings PATIENT =
      LedgerFixture.settings(Map.of("pipeline.lanes", "1"));

  private final LedgerFixture fixture = new LedgerFixture(PATIENT);
  private final Relay relay = Relay.to(fixture.testDatabase().database());
  private final LanePipeline pipeline = fixture.newPipeline(PATIENT, relay.database());
  private final AssetId asset = fixture.asset(false);
  private CapturedLog log;
  private AccountRef payer;
  private AccountRef payee;

  @BeforeEach
  void openAccounts() {
    log = CapturedLog.of(Lane.class);
    payer = fixture.account(asset, AccountKind.SIMPLE, 100);
    payee = fixture.account(asset, AccountKind.SIMPLE);
  }

  @AfterEach
  void close() {
    relay.welcomeNewcomers();
    Await.result(pipeline.close(10_000));
    relay.close();
    fixture.close();
    log.close();
  }

  private TransferCommand.Builder with(TransferId id) {
    return TransferCommand.of(Principal.operator(fixture.tenant()), id, "test.transfer");
  }

  private TransferId draw() {
    return new TransferId(fixture.ids().next());
  }

  private Intent pays(long amount) {
    return new Intent.Move(Leg.of(payer, payee, Amount.of(amount)));
  }

  private Optional<Receipt> stored(TransferId id) {
    return Await.result(fixture.transfers().find(fixture.tenant(), id));
  }

  private static Outcome taken(TransferId id) {
    return new Outcome.Refused(new TransferIdTaken(id), Optional.empty());
  }

  @Test
  void aTransferWhoseConfirmationIsLostIsAnsweredAsItWasMade() {
    // Given
    TransferId id = draw();
    relay.loseNextConfirmation();

    // When
    Outcome outcome = Await.result(pipeline.submit(with(id).to(pays(30))));

    // Then
    assertThat(outcome).isEqualTo(new Outcome.Posted(stored(id).orElseThrow()));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
  }

  @Test
  void aRefusalWhoseConfirmationIsLostSaysWhatTheLedgerFound() {
    // Given
    TransferId id = draw();
    relay.loseNextConfirmation();

    // When
    Outcome outcome = Await.result(pipeline.submit(with(id).recordsRefusal().to(pays(101))));

    // Then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Refused(
                new LedgerRefusal.InsufficientFunds(payer, Amount.of(100), Amount.of(101)),
                stored(id)));
    assertThat(stored(id).orElseThrow().posted()).isFalse();
  }

  @Test
  void aTransferWhoseCommitIsLostIsMadeOnce() {
    // Given
    TransferId id = draw();
    Promise<Void> lost = relay.loseNextCommit();
    Future<Outcome> outcome = pipeline.submit(with(id).to(pays(30)));
    Await.result(lost.future());

    // When
    relay.welcomeNewcomers();

    // Then
    assertThat(Await.result(outcome)).isEqualTo(new Outcome.Posted(stored(id).orElseThrow()));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
  }

  @Test
  void anIdThatAnotherProcessDrewFirstIsTaken() {
    // Given
    TransferId id = draw();
    Outcome first = fixture.submit(with(id).to(pays(30)));

    // When
    Outcome second = Await.result(pipeline.submit(with(id).to(pays(30))));

    // Then
    assertThat(first).isEqualTo(new Outcome.Posted(stored(id).orElseThrow()));
    assertThat(second).isEqualTo(taken(id));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
  }

  @Test
  void anIdOfARecordedRefusalIsTakenToo() {
    // Given
    TransferId id = draw();
    fixture.submit(with(id).recordsRefusal().to(pays(101)));

    // When
    Outcome second = Await.result(pipeline.submit(with(id).recordsRefusal().to(pays(101))));

    // Then
    assertThat(second).isEqualTo(taken(id));
  }

  @Test
  void whoRidesAlongWithATakenIdIsServed() {
    // Given
    TransferId id = draw();
    fixture.submit(with(id).to(pays(30)));
    Promise<Void> lost = relay.loseNextCommit();
    Future<Outcome> first = pipeline.submit(with(draw()).to(pays(1)));
    Await.result(lost.future());
    Future<Outcome> second = pipeline.submit(with(id).to(pays(30)));
    Future<Outcome> third = pipeline.submit(with(draw()).to(pays(2)));

    // When
    relay.welcomeNewcomers();

    // Then
    assertThat(Await.result(first)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(second)).isEqualTo(taken(id));
    assertThat(Await.result(third)).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(payer)).contains(Amount.of(67));
  }

  @Test
  void anIdThatAnotherProcessDrewWhileACommitWasLostIsTaken() {
    // Given
    TransferId id = draw();
    Promise<Void> lost = relay.loseNextCommit();
    Future<Outcome> first = pipeline.submit(with(id).to(pays(30)));
    Await.result(lost.future());
    Outcome second = fixture.submit(with(id).to(pays(30)));

    // When
    relay.welcomeNewcomers();

    // Then
    assertThat(second).isEqualTo(new Outcome.Posted(stored(id).orElseThrow()));
    assertThat(Await.result(first)).isEqualTo(taken(id));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
  }

  @Test
  void anIdIsOursThoughAnotherProcessDrewItBeforeWeLearnedThatWeCommitted() {
    // Given
    TransferId id = draw();
    Promise<Void> lost = relay.loseNextConfirmation();
    relay.turnNewcomersAway();
    Future<Outcome> first = pipeline.submit(with(id).to(pays(30)));
    Await.result(lost.future());
    Outcome second = fixture.submit(with(id).to(pays(30)));

    // When
    relay.welcomeNewcomers();

    // Then
    assertThat(Await.result(first)).isEqualTo(new Outcome.Posted(stored(id).orElseThrow()));
    assertThat(second).isEqualTo(taken(id));
    assertThat(fixture.balance(payer)).contains(Amount.of(70));
  }

  @Test
  void ofTwoProcessesThatDrawTheSameIdsAtOnceOneGetsEach() {
    // Given
    AccountRef rich = fixture.account(asset, AccountKind.SIMPLE, 1_000);
    Intent pays = new Intent.Move(Leg.of(rich, payee, Amount.of(1)));
    var outcomes = new ArrayList<Future<Outcome>>();

    // When
    for (int i = 0; i < 100; i++) {
      TransferId id = draw();
      outcomes.add(pipeline.submit(with(id).to(pays)));
      outcomes.add(fixture.submitLater(with(id).to(pays)));
    }

    // Then
    List<String> kinds = outcomes.stream().map(Await::result).map(FateTest::kind).toList();
    assertThat(kinds).filteredOn("posted"::equals).hasSize(100);
    assertThat(kinds).filteredOn("taken"::equals).hasSize(100);
    assertThat(fixture.balance(payee)).contains(Amount.of(100));
  }

  private static String kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted posted -> "posted";
      case Outcome.Refused(TransferIdTaken taken, var recorded) -> "taken";
      default -> outcome.toString();
    };
  }
}
