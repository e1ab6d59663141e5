package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import org.junit.jupiter.api.Test;

class DoorTest {
  private static final TenantId CROWDED = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);

  private long nanos = Long.MAX_VALUE - 1;
  private final Door door = new Door(() -> nanos);

  @Test
  void isOpenUntilItIsClosed() {
    // When
    boolean closed = door.isClosed(CROWDED);

    // Then
    assertThat(closed).isFalse();
  }

  @Test
  void isClosedToOneTenantForAMoment() {
    // Given
    door.close(CROWDED);

    // When
    nanos += Door.CLOSED_NANOS - 1;

    // Then
    assertThat(door.isClosed(CROWDED)).isTrue();
    assertThat(door.isClosed(OTHER)).isFalse();
  }

  @Test
  void isOpenAgainAfterTheMoment() {
    // Given
    door.close(CROWDED);

    // When
    nanos += Door.CLOSED_NANOS;

    // Then
    assertThat(door.isClosed(CROWDED)).isFalse();
  }
}
