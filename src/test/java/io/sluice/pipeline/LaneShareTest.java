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
import io.sluice.store.Connector;
import io.sluice.store.Database;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Relay;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How lanes share the work, and what is counted when one fails. */
class LaneShareTest {
  private static final PipelineSettings TWO_LANES =
      LedgerFixture.settings(Map.of("pipeline.lanes", "2"));

  private final LedgerFixture fixture = new LedgerFixture(TWO_LANES);
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    fixture.close();
  }

  private LanePipeline started(Database database) {
    var pipeline =
        new LanePipeline(
            vertx,
            new Connector(vertx, database),
            TWO_LANES,
            fixture.transfers(),
            Clock.systemUTC(),
            fixture.ids(),
            registry,
            BatchTracer.NONE);
    Await.result(pipeline.start());
    return pipeline;
  }

  private AccountRef rich() {
    return fixture.account(fixture.asset(false), AccountKind.SIMPLE, 100);
  }

  private TransferCommand payment(AccountRef payer) {
    AccountRef payee = fixture.account(payer.asset(), AccountKind.SIMPLE);
    return fixture.command(Leg.of(payer, payee, Amount.of(1)));
  }

  @Test
  void aFreeLaneLeavesTheOthersTheirShareOfWhatWaits() throws SQLException {
    // Given: both lanes wait for rows that are locked, and ten others wait for a lane
    LanePipeline pipeline = started(fixture.testDatabase().database());
    AccountRef first = rich();
    AccountRef second = rich();
    List<TransferCommand> others = Stream.generate(() -> payment(rich())).limit(10).toList();
    try (Connection firsts = fixture.locking(first);
        Connection seconds = fixture.locking(second)) {
      var blocked = pipeline.submit(payment(first));
      pipeline.submit(payment(second));
      var answers = others.stream().map(pipeline::submit).toList();
      Waiting.until(() -> registry.get("sluice.pipeline.queue.depth").gauge().value() == 10);

      // When
      seconds.rollback();
      answers.forEach(
          answer -> assertThat(Await.result(answer)).isInstanceOf(Outcome.Posted.class));

      // Then: batches of 1 and 1, of half of 10 and 1 in flight, of half of 4 and 1, and of the
      // rest
      var batches = registry.get("sluice.pipeline.batch.size").summary();
      assertThat(batches.count()).isEqualTo(5);
      assertThat(batches.totalAmount()).isEqualTo(12);
      firsts.rollback();
      assertThat(Await.result(blocked)).isInstanceOf(Outcome.Posted.class);
    }
    Await.result(pipeline.close(300_000));
  }

  @Test
  void aConnectionThatIsLostIsCountedAndItsCommandOnce() {
    // Given
    try (Relay relay = Relay.to(fixture.testDatabase().database())) {
      LanePipeline pipeline = started(relay.database());
      TransferCommand command = payment(rich());
      relay.loseNextConfirmation();

      // When
      Outcome outcome = Await.result(pipeline.submit(command));

      // Then
      assertThat(outcome).isInstanceOf(Outcome.Posted.class);
      assertThat(registry.get("sluice.pipeline.failures").tag("cause", "lost").counter().count())
          .isEqualTo(1);
      assertThat(registry.get("sluice.transfers").tag("outcome", "posted").counter().count())
          .isEqualTo(1);
      Await.result(pipeline.close(300_000));
    }
  }
}
