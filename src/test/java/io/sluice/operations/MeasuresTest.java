package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.dialect.Json;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is plotted is what the meters tell. */
class MeasuresTest {
  private final Metrics metrics = new Metrics("test");
  private final MeterRegistry meters = metrics.registry();
  private final SettableClock clock = new SettableClock();
  private final Measures measures = new Measures(meters, clock.instant());

  @AfterEach
  void close() {
    metrics.close();
  }

  private JsonNode twoSecondsLater() {
    clock.advance(Duration.ofSeconds(2));
    return Json.parse(measures.since(clock.instant()));
  }

  private Timer requests(String dialect) {
    return Timer.builder("sluice.http.requests")
        .tag("dialect", dialect)
        .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50))
        .register(meters);
  }

  @Test
  void tellRatesSinceTheLookBefore() {
    // Given
    meters.counter("sluice.transfers", "outcome", "posted", "operation", "a").increment(4);
    twoSecondsLater();
    meters.counter("sluice.transfers", "outcome", "posted", "operation", "a").increment(6);
    meters.counter("sluice.transfers", "outcome", "posted", "operation", "b").increment(4);
    meters.counter("sluice.transfers.refused", "reason", "lot_unknown").increment(1);

    // When
    JsonNode told = twoSecondsLater();

    // Then
    assertThat(told.at("/outcomes/posted").decimalValue()).isEqualByComparingTo("5");
    assertThat(told.at("/reasons/lot_unknown").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(told.path("time").longValue()).isEqualTo(clock.millis());
  }

  @Test
  void estimateQuantilesAsPrometheusDoes() {
    // Given 50 of up to 10 ms, 40 of up to 20, 9 of up to 50 and one above
    for (int i = 0; i < 50; i++) {
      requests("orum").record(Duration.ofMillis(1));
    }
    for (int i = 0; i < 40; i++) {
      requests("scrip").record(Duration.ofMillis(15));
    }
    for (int i = 0; i < 9; i++) {
      requests("scrip").record(Duration.ofMillis(30));
    }
    requests("scrip").record(Duration.ofSeconds(3));

    // When
    JsonNode told = twoSecondsLater();

    // Then
    assertThat(told.path("requests").decimalValue()).isEqualByComparingTo("50");
    assertThat(told.path("p50_ms").decimalValue()).isEqualByComparingTo("10");
    assertThat(told.path("p99_ms").decimalValue()).isEqualByComparingTo("50");
    assertThat(twoSecondsLater().path("p99_ms").isNull()).isTrue();
  }

  @Test
  void tellHowBatchesAre() {
    // Given
    var sizes = DistributionSummary.builder("sluice.pipeline.batch.size").register(meters);
    sizes.record(1);
    sizes.record(9);
    meters.gauge("sluice.pipeline.lanes.connected", 2);

    // When
    JsonNode told = twoSecondsLater();

    // Then
    assertThat(told.path("batch_size").decimalValue()).isEqualByComparingTo("5");
    assertThat(told.path("batches").decimalValue()).isEqualByComparingTo("1");
    assertThat(told.path("lanes").decimalValue()).isEqualByComparingTo("2");
    assertThat(told.path("commit_ms").isNull()).isTrue();
  }
}
