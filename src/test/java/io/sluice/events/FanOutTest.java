package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Chore;
import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.events.EndpointStatus;
import io.sluice.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events that more endpoints want than their commit writes deliveries for. */
class FanOutTest extends EventDeliveries {
  private static final int MANY = EventSql.MOST_IN_COMMIT + 1;

  private final FanOut fanOut = new FanOut(queue, listeners, Clock.systemUTC());

  FanOutTest() {
    super(Clock.systemUTC());
  }

  @Test
  void writesNoDeliveryInTheCommitOfAnEventThatManyWant() {
    // Given
    endpoints(tenant);

    // When
    happen(tenant, "x");

    // Then
    assertThat(count("event")).isOne();
    assertThat(count("event_delivery")).isZero();
  }

  @Test
  void tellsEachOfTheManyBehindTheCommit() {
    // Given
    List<UUID> all = endpoints(tenant);
    happen(tenant, "x");

    // When
    Chore.Round round = Await.result(fanOut.round());

    // Then
    start(Ways.PATIENT);
    all.forEach(endpoint -> assertThat(awaitEnd(endpoint).attempts()).isOne());
    assertThat(receiver.bodies()).hasSize(MANY).containsOnly("x");
    assertThat(round.more()).isTrue();
  }

  @Test
  void writesThemOnce() {
    // Given
    endpoints(tenant);
    happen(tenant, "x");
    Await.result(fanOut.round());

    // When
    Chore.Round round = Await.result(fanOut.round());

    // Then
    assertThat(round).isEqualTo(Chore.Round.IDLE);
    assertThat(count("event_delivery")).isEqualTo(MANY);
  }

  @Test
  void servesTenantsInTurn() {
    // Given
    TenantId other = ledger.newTenant("other");
    for (TenantId of : List.of(tenant, other)) {
      endpoints(of);
      IntStream.range(0, 3).forEach(i -> happen(of, "x"));
    }
    Await.result(fanOut.round());

    // When
    Await.result(fanOut.round());

    // Then
    for (TenantId of : List.of(tenant, other)) {
      assertThat(count("event_delivery WHERE tenant_id = " + of.value())).isEqualTo(MANY);
    }
  }

  @Test
  void comesBackToATenantThatHasMore() {
    // Given
    endpoints(tenant);
    IntStream.range(0, 2).forEach(i -> happen(tenant, "x"));
    Await.result(fanOut.round());

    // When
    Await.result(fanOut.round());

    // Then
    assertThat(count("event_delivery")).isEqualTo(2 * MANY);
  }

  @Test
  void tellsNobodyWhoHasBeenArchivedMeanwhile() {
    // Given
    List<UUID> all = endpoints(tenant);
    happen(tenant, "x");
    Await.result(
        endpoints.change(
            tenant, DIALECT, all.getFirst(), old -> old.withStatus(EndpointStatus.ARCHIVED)));

    // When
    Await.result(fanOut.round());

    // Then
    assertThat(count("event_delivery")).isEqualTo(MANY - 1);
  }

  @Test
  void keepsAnOldEventUntilItsDeliveriesAreWritten() {
    // Given
    endpoints(tenant);
    happen(tenant, "x");

    // When
    Await.result(queue.deleteEnded(tenant, now().plus(Duration.ofDays(1))));

    // Then
    assertThat(count("event")).isOne();
  }

  private List<UUID> endpoints(TenantId of) {
    return endpoints(of, receiver.url(), MANY);
  }
}
