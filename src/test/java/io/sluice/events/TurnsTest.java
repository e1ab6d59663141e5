package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.EventSettings;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue.Due;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Due FIRST = endpoint(1, 1);
  private static final Due SECOND = endpoint(1, 2);
  private static final Due OTHERS = endpoint(2, 1);

  private final InFlight inFlight = new InFlight(EventSettings.SECTION.of(Map.of()));
  private final Turns turns = new Turns();

  private static Due endpoint(int tenant, int number) {
    return new Due(new TenantId(tenant), new UUID(tenant, number), "x", false, Instant.MIN);
  }

  private List<Due> rest() {
    return Stream.generate(() -> turns.next(inFlight))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void goOnWithAnotherTenantsFirstEndpointBeforeASecond() {
    // Given
    turns.begin(List.of(FIRST, SECOND, OTHERS));

    // When
    List<Due> all = rest();

    // Then
    assertThat(all).containsExactly(FIRST, OTHERS, SECOND);
    assertThat(turns.isAnybodyWaiting()).isFalse();
  }

  @Test
  void beginAnewForWhoIsNotDoneBesideOthersSecondEndpoints() {
    // Given
    turns.begin(List.of(OTHERS, FIRST, SECOND, endpoint(1, 3)));
    turns.next(inFlight).ifPresent(turns::again);

    // When
    turns.beginRound();

    // Then
    assertThat(rest()).containsExactly(FIRST, OTHERS, SECOND, endpoint(1, 3));
  }

  @Test
  void waitForRoomInTheirPlace() {
    // Given
    turns.begin(List.of(FIRST, OTHERS, SECOND));
    inFlight.add(FIRST, inFlight.room(FIRST));

    // When
    List<Due> served = rest();

    // Then
    assertThat(served).containsExactly(SECOND, OTHERS);
    inFlight.add(FIRST, -1);
    assertThat(rest()).containsExactly(FIRST);
  }
}
