package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator sees of deliveries. */
class EventMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private final EventMetrics metrics = new EventMetrics(registry, List.of("scrip"), clock);

  private Due due(int endpoint, int secondsAgo) {
    return new Due(
        new TenantId(1),
        new UUID(0, endpoint),
        "scrip",
        false,
        clock.instant().minusSeconds(secondsAgo));
  }

  private double lag() {
    return registry.get("sluice.events.lag").gauge().value();
  }

  @Test
  void theLagIsThatOfTheOldestAndGrowsUntilSomebodyLooksAgain() {
    // Given
    metrics.due(List.of(due(1, 5), due(2, 60), due(3, 10)));
    double seen = lag();

    // When
    clock.advance(Duration.ofSeconds(30));

    // Then
    assertThat(seen).isEqualTo(60);
    assertThat(lag()).isEqualTo(90);
    metrics.due(List.of());
    assertThat(lag()).isZero();
  }

  @Test
  void everyResultIsThereFromTheBeginning() {
    for (String result : List.of("delivered", "retried", "given_up")) {
      // When
      var attempts = registry.get("sluice.events.attempts").tag("result", result).timer();

      // Then
      assertThat(attempts.count()).isZero();
    }
  }
}
