package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pipeline from its start to its end, as an operator sees it. */
class PipelineLifeTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

  private final LedgerFixture fixture = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  private LanePipeline pipeline(Database database, Clock clock) {
    return new LanePipeline(
        vertx,
        new Connector(vertx, database),
        LedgerFixture.SETTINGS,
        fixture.transfers(),
        clock,
        fixture.ids(),
        registry,
        BatchTracer.NONE);
  }

  private LanePipeline started(Clock clock) {
    LanePipeline pipeline = pipeline(fixture.testDatabase().database(), clock);
    Await.result(pipeline.start());
    return pipeline;
  }

  private TransferCommand transfer() {
    AccountRef payer = fixture.account(fixture.asset(false), AccountKind.SYSTEM);
    AccountRef payee = fixture.account(payer.asset(), AccountKind.SIMPLE);
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void everyLaneIsConnectedFromTheStartToTheEnd() {
    // Given
    LanePipeline pipeline = started(Clock.systemUTC());
    int lanes = LedgerFixture.SETTINGS.lanes();
    assertThat(pipeline.connectedLanes()).isEqualTo(lanes);
    assertThat(gauge("sluice.pipeline.lanes.connected")).isEqualTo(lanes);
    assertThat(gauge("sluice.pipeline.queue.capacity"))
        .isEqualTo(LedgerFixture.SETTINGS.queueCapacity());

    // When
    Await.result(pipeline.close(10_000));

    // Then
    assertThat(pipeline.connectedLanes()).isZero();
    assertThat(gauge("sluice.pipeline.lanes.connected")).isZero();
  }

  @Test
  void itDoesNotStartWithoutADatabase() throws IOException {
    // Given: a port that nobody listens on
    Database real = fixture.testDatabase().database();
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    LanePipeline pipeline = pipeline(TestDatabase.at(real, port), Clock.systemUTC());

    // When
    Throwable failure =
        pipeline.start().toCompletionStage().handle((v, e) -> e).toCompletableFuture().join();

    // Then
    assertThat(failure).isNotNull();
    assertThat(pipeline.connectedLanes()).isZero();
    Await.result(pipeline.close(10_000));
  }

  @Test
  void whatIsInsideIsCarriedOutAndWhatComesLaterIsTurnedAway() {
    // Given
    LanePipeline pipeline = started(Clock.systemUTC());
    List<TransferCommand> inside = Stream.generate(this::transfer).limit(20).toList();
    TransferCommand late = transfer();
    var answers = inside.stream().map(pipeline::submit).toList();

    // When
    var closed = pipeline.close(60_000);
    Outcome turnedAway = Await.result(pipeline.submit(late));
    Await.result(closed);

    // Then
    assertThat(answers).allMatch(answer -> answer.result() instanceof Outcome.Posted);
    assertThat(turnedAway)
        .isEqualTo(
            new Outcome.Overloaded(Duration.ofMillis(LedgerFixture.SETTINGS.retryAfterMs())));
  }

  @Test
  void whatIsDoneIsCountedAndTimed() {
    // Given
    LanePipeline pipeline = started(Clock.systemUTC());

    // When
    Outcome outcome = Await.result(pipeline.submit(transfer()));
    Await.result(pipeline.close(10_000));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    assertThat(registry.get("sluice.transfers").tag("outcome", "posted").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("sluice.pipeline.batch.size").summary().totalAmount()).isEqualTo(1);
    assertThat(registry.get("sluice.pipeline.lock").timer().count()).isEqualTo(1);
    assertThat(registry.get("sluice.pipeline.commit").timer().count()).isEqualTo(1);
    assertThat(gauge("sluice.pipeline.queue.depth")).isZero();
  }

  @Test
  void transfersAreStampedInMicroseconds() {
    // Given
    Clock clock = Clock.fixed(NOON.plusNanos(789), ZoneOffset.UTC);
    LanePipeline pipeline = started(clock);

    // When
    Outcome outcome = Await.result(pipeline.submit(transfer()));
    Await.result(pipeline.close(10_000));

    // Then
    assertThat(outcome.stored().map(Receipt::createdAt)).contains(NOON);
  }
}
