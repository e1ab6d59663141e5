package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.PipelineSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Database;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network that swallows everything on a connection without closing it. */
class FrozenConnectionTest {
  private static final PipelineSettings SETTINGS =
      PipelineSettings.SECTION.of(
          Map.of(
              "pipeline.lanes",
              "1",
              "pipeline.deadlineMs",
              "4000",
              "pipeline.flushTimeoutMs",
              "1000"));

  private final Vertx vertx = Vertx.vertx();
  private final LedgerFixture fixture = new LedgerFixture();
  private final Queue<NetSocket> carried = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;
  private LanePipeline pipeline;

  @BeforeEach
  void connectThroughARelay() {
    Database real = fixture.testDatabase().database();
    NetClient client = vertx.createNetClient();
    NetServer relay =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  if (silent) {
                    return;
                  }
                  near.pause();
                  client
                      .connect(real.port(), real.host())
                      .onSuccess(far -> carry(near, far))
                      .onFailure(failure -> near.close());
                });
    int port = Await.result(relay.listen(0, "127.0.0.1")).actualPort();
    var relayed =
        new Database(
            "127.0.0.1",
            port,
            real.name(),
            real.user(),
            real.password(),
            real.sslMode(),
            real.rootCertificate(),
            real.limits());
    pipeline =
        new LanePipeline(
            vertx,
            relayed,
            SETTINGS,
            fixture.transfers(),
            Clock.systemUTC(),
            fixture.ids(),
            new SimpleMeterRegistry());
    Await.result(pipeline.start());
  }

  private void carry(NetSocket near, NetSocket far) {
    near.handler(far::write);
    far.handler(near::write);
    near.closeHandler(closed -> far.close());
    far.closeHandler(closed -> near.close());
    carried.add(near);
    carried.add(far);
    near.resume();
  }

  /** What is sent on the connections there are goes nowhere from now on; new ones work. */
  private void freeze() {
    carried.forEach(
        socket -> {
          socket.handler(lost -> {});
          socket.closeHandler(ignored -> {});
        });
    carried.clear();
  }

  @AfterEach
  void close() {
    Await.result(pipeline.close(1_000));
    Await.result(vertx.close());
    fixture.close();
  }

  @Test
  void aLaneGivesAFrozenConnectionUpAndGoesOnWithAnother() {
    // Given
    var asset = fixture.asset(false);
    AccountRef system = fixture.account(asset, AccountKind.SYSTEM);
    AccountRef account = fixture.account(asset, AccountKind.SIMPLE);
    TransferCommand before = fixture.command(Leg.of(system, account, Amount.of(1)));
    assertThat(Await.result(pipeline.submit(before))).isInstanceOf(Outcome.Posted.class);
    freeze();

    // When
    TransferCommand after = fixture.command(Leg.of(system, account, Amount.of(2)));
    Outcome outcome = Await.result(pipeline.submit(after));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(account)).contains(Amount.of(3));
  }

  @Test
  void aLaneGoesOnWhenADatabaseThatTookConnectionsAndSaidNothingIsBack() {
    // Given
    var asset = fixture.asset(false);
    AccountRef system = fixture.account(asset, AccountKind.SYSTEM);
    AccountRef account = fixture.account(asset, AccountKind.SIMPLE);
    silent = true;
    freeze();
    TransferCommand meanwhile = fixture.command(Leg.of(system, account, Amount.of(1)));
    assertThat(Await.result(pipeline.submit(meanwhile))).isInstanceOf(Outcome.Expired.class);
    silent = false;

    // When
    TransferCommand after = fixture.command(Leg.of(system, account, Amount.of(2)));
    Outcome outcome = Await.result(pipeline.submit(after));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(fixture.balance(account)).contains(Amount.of(2));
  }
}
