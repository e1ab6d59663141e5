package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Server;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Shards;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tenants that are moved, or given a shard of their own, with transfers in flight from before until
 * after it. Each transfer has a key, and is sent to all gateways at the same time.
 */
class TenantMoveTest {
  private static final int STREAMS = 16;

  /** As impatient with locks as a gateway is: what waits for the move is tried again and again. */
  private static final PipelineSettings SETTINGS =
      LedgerFixture.settings(Map.of("pipeline.lockTimeoutMs", "50"));

  private LedgerFixture fixture;
  private Shards shards;
  private AccountRef payee;
  private final List<NodePipelines> gateways = new ArrayList<>();

  @BeforeEach
  void open() {
    assumeTrue(
        TestDatabase.isOnCitus(), "skipped: DATABASE_URL names no database with Citus on it");
    fixture = new LedgerFixture();
    shards = new Shards(fixture.testDatabase());
  }

  @AfterEach
  void close() {
    if (fixture != null) {
      gateways.forEach(gateway -> Await.result(gateway.close(5_000)));
      fixture.close();
    }
  }

  private void start(int count) {
    for (int i = 0; i < count; i++) {
      gateways.add(fixture.newNodePipelines(SETTINGS));
    }
  }

  /** One transfer after the other, until it is told to stop. */
  private final class Payer {
    private final int number;
    private final AccountRef account;
    private final AtomicBoolean stop;
    private final AtomicInteger carriedOut;
    private int sent;

    private Payer(int number, AssetId asset, AtomicBoolean stop, AtomicInteger carriedOut) {
      this.number = number;
      this.account = fixture.account(asset, AccountKind.SIMPLE, 1_000_000);
      this.stop = stop;
      this.carriedOut = carriedOut;
    }

    private Future<Void> go() {
      if (stop.get()) {
        return Future.succeededFuture();
      }
      sent++;
      List<Future<Outcome>> outcomes =
          gateways.stream().map(gateway -> gateway.submit(payment())).toList();
      return Future.join(outcomes).compose(done -> check(outcomes)).compose(sound -> go());
    }

    private TransferCommand payment() {
      return fixture.command(
          LedgerFixture.key(number + "/" + sent, "1"),
          List.of(),
          Leg.of(account, payee, Amount.of(1)));
    }

    /** One gateway has carried it out, the others say so too. */
    private Future<Void> check(List<Future<Outcome>> outcomes) {
      List<Outcome> told = outcomes.stream().map(Future::result).toList();
      long posted = told.stream().filter(Outcome.Posted.class::isInstance).count();
      long replayed = told.stream().filter(Outcome.Replayed.class::isInstance).count();
      if (posted != 1 || posted + replayed != gateways.size()) {
        return Future.failedFuture("payer " + number + ", transfer " + sent + ": " + told);
      }
      carriedOut.incrementAndGet();
      return Future.succeededFuture();
    }
  }

  /** Does something to a tenant. How many transfers were carried out, each of 1 to the payee. */
  private int underLoad(Runnable doing) {
    var stop = new AtomicBoolean();
    var carriedOut = new AtomicInteger();
    AssetId asset = fixture.asset(false);
    payee = fixture.account(asset, AccountKind.SIMPLE);
    List<Payer> payers =
        Stream.iterate(0, i -> i + 1)
            .limit(STREAMS)
            .map(i -> new Payer(i, asset, stop, carriedOut))
            .toList();
    List<Future<Void>> streams = payers.stream().map(Payer::go).toList();
    try {
      Waiting.until(() -> carriedOut.get() >= 10 * STREAMS);
      doing.run();
      int before = carriedOut.get();
      Waiting.until(
          () ->
              carriedOut.get() >= before + 10 * STREAMS
                  || streams.stream().anyMatch(Future::failed));
    } finally {
      stop.set(true);
    }
    streams.forEach(Await::result);
    return carriedOut.get();
  }

  @ParameterizedTest(name = "{0}, {1} gateways")
  @CsvSource({"block_writes, 1", "block_writes, 2", "force_logical, 1", "force_logical, 2"})
  void losesAndDoublesNothingWhenATenantIsMoved(String mode, int count) {
    // Given
    start(count);
    Server target = shards.other(fixture.tenant());

    // When
    int carriedOut =
        underLoad(
            () -> {
              shards.move(fixture.tenant(), target, mode);
              gateways.forEach(this::waitUntilItLeadsHome);
            });

    // Then
    assertThat(shards.home(fixture.tenant())).isEqualTo(target);
    assertThat(fixture.balance(payee)).contains(Amount.of(carriedOut));
  }

  private void waitUntilItLeadsHome(NodePipelines gateway) {
    Optional<Server> home = Optional.of(shards.home(fixture.tenant()));
    Waiting.until(() -> gateway.nodeOf(fixture.tenant()).equals(home));
  }

  /** Without waiting for writers, Citus 13 does not get done beside them (its issue 6790). */
  @ParameterizedTest(name = "{0} gateways")
  @ValueSource(ints = {1, 2})
  void losesAndDoublesNothingWhenATenantIsIsolated(int count) {
    // Given
    start(count);

    // When
    int carriedOut = underLoad(() -> shards.isolate(fixture.tenant(), "block_writes"));

    // Then
    assertThat(shards.isAlone(fixture.tenant())).isTrue();
    assertThat(fixture.balance(payee)).contains(Amount.of(carriedOut));
  }
}
