package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sluice.config.PipelineSettings;
import io.sluice.store.Outage;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Relay;
import io.sluice.testing.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes that have nothing to do lose their connections. */
class LaneConnectionTest {
  private static final PipelineSettings ONE_LANE =
      LedgerFixture.settings(Map.of("pipeline.lanes", "1"));

  private final CapturedLog log = CapturedLog.of(Outage.class);
  private final LedgerFixture fixture = new LedgerFixture();
  private final Relay relay = Relay.to(fixture.testDatabase().database());
  private final LanePipeline pipeline = fixture.newPipeline(ONE_LANE, relay.database());

  @AfterEach
  void close() {
    Await.result(pipeline.close(1_000));
    relay.close();
    fixture.close();
    log.close();
  }

  private List<String> said(String beginning) {
    return log.lines().stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  @Test
  void connectAgainWithoutAnythingToDo() {
    // Given
    relay.turnNewcomersAway();
    relay.cut();
    Waiting.until(() -> pipeline.connectedLanes() == 0);
    int before = relay.newcomers();
    Waiting.until(() -> relay.newcomers() >= before + 3);

    // When
    relay.welcomeNewcomers();

    // Then
    Waiting.until(() -> pipeline.connectedLanes() == 1);
    String server = relay.database().servers().getFirst().toString();
    log.await("PostgreSQL is back for lane 1, at " + server);
    assertThat(said("PostgreSQL is lost to lane 1")).singleElement().asString().contains(server);
    assertThat(said("PostgreSQL is back for lane 1")).hasSize(1);
    Map<String, Object> back = CapturedLog.values(log.await("PostgreSQL is back"));
    assertThat(back).containsKeys("sluice.who", "sluice.server", "sluice.since");
  }

  @Test
  void waitLongerAndLongerButNeverLong() {
    // When
    long first = LaneConnection.backoffMs(0);
    long later = LaneConnection.backoffMs(3);
    long last = LaneConnection.backoffMs(1_000);

    // Then
    assertThat(first).isEqualTo(20);
    assertThat(later).isEqualTo(160);
    assertThat(last).isEqualTo(1_000);
  }

  @Test
  void areNotConnectedAgainOnceThePipelineIsClosed() {
    // Given
    int before = relay.newcomers();

    // When
    Await.result(pipeline.close(1_000));

    // Then
    Waiting.until(() -> relay.open() == 0);
    assertThat(relay.newcomers()).isEqualTo(before);
    assertThat(said("PostgreSQL is lost")).isEmpty();
  }
}
