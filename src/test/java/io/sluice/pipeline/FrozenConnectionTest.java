package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.store.Outage;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Relay;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network that swallows everything on a connection without closing it. */
class FrozenConnectionTest {
  /** Gives a connection up soon, but a command never. */
  private static final PipelineSettings SETTINGS =
      PipelineSettings.SECTION.of(
          Map.of(
              "pipeline.lanes", "1",
              "pipeline.deadlineMs", "600000",
              "pipeline.flushTimeoutMs", "1000"));

  private final CapturedLog log = CapturedLog.of(Outage.class);
  private final LedgerFixture fixture = new LedgerFixture();
  private final Relay relay = Relay.to(fixture.testDatabase().database());
  private final LanePipeline pipeline =
      fixture.newPipeline(
          SETTINGS, relay.database().withLimits(TestDatabase.impatientToConnect(1_000)));
  private final AssetId asset = fixture.asset(false);
  private final AccountRef system = fixture.account(asset, AccountKind.SYSTEM);
  private final AccountRef account = fixture.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(pipeline.close(1_000));
    relay.close();
    fixture.close();
    log.close();
  }

  private Future<Outcome> credit(long amount) {
    return pipeline.submit(fixture.command(Leg.of(system, account, Amount.of(amount))));
  }

  @Test
  void aLaneGivesAFrozenConnectionUpAndGoesOnWithAnother() {
    // Given
    assertThat(Await.result(credit(1))).isInstanceOf(Outcome.Posted.class);
    relay.freeze();

    // When
    Outcome outcome = Await.result(credit(2));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(account)).contains(Amount.of(3));
  }

  @Test
  void aLaneGoesOnWhenADatabaseThatTookConnectionsAndSaidNothingIsBack() {
    // Given
    relay.ignoreNewcomers();
    relay.freeze();
    Future<Outcome> meanwhile = credit(1);
    log.await("PostgreSQL is lost to lane 1");
    assertThat(pipeline.connectedLanes()).isZero();

    // When
    relay.welcomeNewcomers();

    // Then
    assertThat(Await.result(meanwhile)).isInstanceOf(Outcome.Posted.class);
    assertThat(Await.result(credit(2))).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(account)).contains(Amount.of(3));
    assertThat(pipeline.connectedLanes()).isOne();
  }
}
