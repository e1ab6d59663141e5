package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.DeliveryQueue.Served;
import io.sluice.testing.Await;
import io.sluice.testing.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However much one tenant has to tell, and to however many endpoints, others get their turn. */
class TenantsInTurnTest extends EventDeliveries {
  private final TenantId other = ledger.newTenant("other");

  TenantsInTurnTest() {
    super(Clock.systemUTC());
  }

  private void happen(TenantId of, int times) {
    IntStream.range(0, times).forEach(i -> happen(of, "x"));
  }

  @Test
  void aLookFindsOneEndpointOfEachBeforeASecondOfAny() {
    // Given
    endpoints(tenant, receiver.url(), 3);
    endpoint(other, receiver.url());
    happen(tenant, 1);
    happen(other, 1);

    // When
    List<Due> due = Await.result(queue.due(Served.NOBODY, now()));

    // Then
    assertThat(due.stream().map(Due::tenant)).containsExactly(tenant, other, tenant, tenant);
  }

  @Test
  void aLookGoesOnBehindWhoWasServed() {
    // Given
    List<UUID> three = endpoints(tenant, receiver.url(), 3).stream().sorted().toList();
    UUID one = endpoint(other, receiver.url());
    happen(tenant, 1);
    happen(other, 1);
    var served = new Served(tenant.value(), Map.of(tenant, three.getFirst()));

    // When
    List<Due> due = Await.result(queue.due(served, now()));

    // Then
    assertThat(due.stream().map(Due::endpoint))
        .containsExactly(one, three.get(1), three.get(2), three.get(0));
  }

  @Test
  void aTenantWithManyEndpointsHasOneServedBeforeAnother() {
    // Given
    endpoints(tenant, receiver.url(), 4);
    UUID endpoint = endpoint(other, receiver.url());
    happen(tenant, 10);
    happen(other, 1);

    // When
    start(Ways.PATIENT);

    // Then
    awaitEnd(other, endpoint);
    assertThat(begun.indexOf(other)).isEqualTo(settings(Map.of()).maxConcurrentPerEndpoint());
  }

  @Test
  void aTenantWithMuchToTellSharesTheOnlyPlace() {
    // Given
    endpoint(tenant, receiver.url());
    endpoint(other, receiver.url());
    happen(tenant, 4);
    happen(other, 2);

    // When
    start(Ways.PATIENT, settings(Map.of("events.maxConcurrent", "1")));

    // Then
    Waiting.until(() -> begun.size() == 6);
    assertThat(begun).containsExactly(tenant, other, tenant, other, tenant, tenant);
  }

  /** Or it would have a turn for each of them before the other has its second. */
  @Test
  void aTenantWithManyEndpointsSharesTheOnlyPlace() {
    // Given
    endpoints(tenant, receiver.url(), 20);
    UUID endpoint = endpoint(other, receiver.url());
    happen(tenant, 1);
    Await.result(queue.fanOut(tenant));
    happen(other, 10);

    // When
    start(Ways.PATIENT, settings(Map.of("events.maxConcurrent", "1")));

    // Then
    awaitEnd(other, endpoint);
    List<TenantId> all = List.copyOf(begun);
    List<TenantId> untilThen = all.subList(0, all.lastIndexOf(other));
    assertThat(untilThen.stream().filter(tenant::equals)).hasSizeLessThanOrEqualTo(11);
  }
}
