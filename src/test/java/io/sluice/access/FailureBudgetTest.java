package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final int MOST = 8;

  private final FailureBudget budget = new FailureBudget(MOST);

  @Test
  void listsNoMoreThanSoManyAMinuteWhateverTheirAddresses() {
    // When
    long listed = IntStream.range(0, 1_000).filter(i -> budget.lists(address(i), NOON)).count();

    // Then
    assertThat(listed).isEqualTo(MOST);
    assertThat(budget.takeUnlisted(NOON)).isZero();
    assertThat(budget.takeUnlisted(NOON.plusSeconds(60))).isEqualTo(1_000 - MOST);
    assertThat(budget.takeUnlisted(NOON.plusSeconds(61))).isZero();
  }

  @Test
  void givesOneAddressAQuarter() {
    // When
    long listed = IntStream.range(0, 100).filter(i -> budget.lists(address(1), NOON)).count();

    // Then
    assertThat(listed).isEqualTo(MOST / 4);
    assertThat(budget.lists(address(2), NOON)).isTrue();
  }

  @Test
  void beginsAnewWithEachMinuteAndForgetsNoCount() {
    // Given
    IntStream.range(0, MOST + 3).forEach(i -> budget.lists(address(i), NOON));
    long first = budget.takeUnlisted(NOON.plusSeconds(60));

    // When
    budget.giveBack(first);

    // Then
    assertThat(first).isEqualTo(3);
    assertThat(budget.takeUnlisted(NOON.plusSeconds(60))).isEqualTo(3);
    assertThat(budget.lists(address(1), NOON.plusSeconds(60))).isTrue();
  }

  private static ClientAddress address(int number) {
    return new ClientAddress("10.0.0." + number);
  }
}
