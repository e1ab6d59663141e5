package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.sluice.store.AccountNumbers;
import io.sluice.store.BooksSession;
import io.sluice.store.Server;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Patience;
import io.sluice.testing.Shards;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes that lead straight to the nodes of a Citus cluster. */
class NodePipelinesTest {
  private LedgerFixture fixture;
  private Shards shards;
  private NodePipelines pipelines;
  private AccountRef payer;
  private AccountRef payee;

  @BeforeEach
  void open() {
    assumeTrue(
        TestDatabase.isOnCitus(), "skipped: DATABASE_URL names no database with Citus on it");
    fixture = new LedgerFixture();
    shards = new Shards(fixture.testDatabase());
    pipelines = fixture.newNodePipelines(LedgerFixture.SETTINGS);
    AssetId asset = fixture.asset(false);
    payer = fixture.account(asset, AccountKind.SIMPLE, 1_000);
    payee = fixture.account(asset, AccountKind.SIMPLE);
  }

  @AfterEach
  void close() {
    if (fixture != null) {
      Await.result(pipelines.close(5_000));
      fixture.close();
    }
  }

  private TransferCommand payment() {
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  @Test
  void carriesATenantsCommandsToItsNode() {
    // When
    Outcome outcome = Await.result(pipelines.submit(payment()));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(pipelines.nodeOf(fixture.tenant())).contains(shards.home(fixture.tenant()));
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  @Test
  void aRepetitionIsConfirmedWhereItWasCommitted() {
    // Given
    TransferCommand command =
        fixture.command(
            LedgerFixture.key("key", "1"), List.of(), Leg.of(payer, payee, Amount.of(1)));
    Await.result(pipelines.submit(command));

    // When
    Outcome outcome =
        Await.result(
            pipelines.submit(
                fixture.command(
                    LedgerFixture.key("key", "1"), List.of(), Leg.of(payer, payee, Amount.of(1)))));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Replayed.class);
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  private Future<BooksSession> locking(Server node, Needs needs) {
    return BooksSession.open(
            fixture.connector().at(node),
            new AccountNumbers(),
            LedgerFixture.SETTINGS.flushTimeoutMs(),
            LedgerFixture.SETTINGS.lockTimeoutMs())
        .compose(
            session ->
                session.lock(List.of(needs), key -> false, false, Instant.now()).map(session));
  }

  @Test
  void isNotMovedWhileItsRowsAreLocked() {
    // Given
    Server home = shards.home(fixture.tenant());
    Server other = shards.other(fixture.tenant());
    EventLoop loop = fixture.loop();
    var needs = new Needs(fixture.tenant(), List.of(payment()), LotLimit.ofBatch(1, 1));
    BooksSession session = Await.result(loop.call(() -> locking(home, needs)));

    // When
    CompletableFuture<Void> moved =
        CompletableFuture.runAsync(() -> shards.move(fixture.tenant(), other, "block_writes"));
    Waiting.until(() -> movesThatWait(home) == 1);

    // Then
    assertThat(moved).isNotDone();

    // And when
    Await.result(loop.call(() -> session.rollback().onComplete(done -> session.close())));

    // Then
    assertThat(moved).succeedsWithin(Patience.LIMIT);
    assertThat(shards.home(fixture.tenant())).isEqualTo(other);
  }

  private int movesThatWait(Server node) {
    return shards.queryAt(
        node,
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
          AND query LIKE 'SELECT lock_shard_metadata%'
        """,
        row -> row.getInt(1));
  }
}
