package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.EventSettings;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue.Due;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final EventSettings DEFAULTS = EventSettings.SECTION.of(Map.of());

  private final InFlight inFlight = new InFlight(DEFAULTS);

  private static Due endpoint(int tenant, int number) {
    return new Due(new TenantId(tenant), new UUID(tenant, number), "x", false, Instant.MIN);
  }

  private int take(Due due) {
    int room = inFlight.room(due);
    inFlight.add(due, room);
    return room;
  }

  @Test
  void leavesPlacesToOthersWhenFourTenantsReceiversHang() {
    // Given
    IntStream.rangeClosed(1, 4)
        .forEach(
            tenant -> IntStream.range(0, 20).forEach(number -> take(endpoint(tenant, number))));

    // When
    int taken = take(endpoint(5, 0));

    // Then
    assertThat(taken).isEqualTo(4);
    assertThat(inFlight.isFull()).isFalse();
  }

  @Test
  void leavesPlacesToATenantsOtherEndpoints() {
    // Given
    int first = take(endpoint(1, 0));
    int second = take(endpoint(1, 1));

    // When
    int third = take(endpoint(1, 2));

    // Then
    assertThat(first).isEqualTo(DEFAULTS.maxConcurrentPerEndpoint());
    assertThat(second).isEqualTo(5);
    assertThat(third).isEqualTo(2);
  }

  @Test
  void hasNoMoreForOneWhoHoldsMoreThanIsFree() {
    // Given
    IntStream.rangeClosed(1, 4)
        .forEach(
            tenant -> IntStream.range(0, 20).forEach(number -> take(endpoint(tenant, number))));

    // When one of its attempts ends
    inFlight.add(endpoint(1, 0), -1);

    // Then
    assertThat(inFlight.room(endpoint(1, 0))).isZero();
    assertThat(inFlight.room(endpoint(5, 0))).isPositive();
  }

  @Test
  void sendsWhoIsOnTrialOneAtATime() {
    // Given
    var failing = new Due(new TenantId(1), new UUID(1, 1), "x", true, Instant.MIN);

    // When
    int taken = take(failing);

    // Then
    assertThat(taken).isEqualTo(1);
    assertThat(inFlight.room(failing)).isZero();
  }

  @Test
  void givesTheOnlyPlaceThereIs() {
    // Given
    var one = new InFlight(EventSettings.SECTION.of(Map.of("events.maxConcurrent", "1")));

    // When
    int room = one.room(endpoint(1, 0));

    // Then
    assertThat(room).isEqualTo(1);
  }
}
