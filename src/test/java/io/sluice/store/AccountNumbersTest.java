package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountNumbersTest {
  private static final TenantId TENANT = new TenantId(1);

  private final AccountNumbers numbers = new AccountNumbers();

  private static AccountId account(long high, long low) {
    return new AccountId(new UUID(high, low));
  }

  @Test
  void findsWhatItWasTold() {
    // When
    numbers.remember(TENANT, account(1, 2), 7);
    numbers.remember(TENANT, account(2, 1), 8);

    // Then
    assertThat(numbers.find(TENANT, account(1, 2))).hasValue(7);
    assertThat(numbers.find(TENANT, account(2, 1))).hasValue(8);
  }

  @Test
  void takesNoAccountForAnotherOfTheSamePlace() {
    // When: all three have one hash code
    numbers.remember(TENANT, account(1, 2), 7);

    // Then
    assertThat(numbers.find(TENANT, account(2, 1))).isEmpty();
    assertThat(numbers.find(new TenantId(2), account(1, 2))).isEmpty();
  }

  @Test
  void forgetsAll() {
    // Given
    numbers.remember(TENANT, account(1, 2), 7);

    // When
    numbers.clear();

    // Then
    assertThat(numbers.find(TENANT, account(1, 2))).isEmpty();
  }

  @Test
  void remembersTheLatestOfMoreThanItHasRoomForAndNoneWrongly() {
    // When
    var random = new SplittableRandom(1);
    for (long i = 1; i <= 600_000; i++) {
      numbers.remember(TENANT, account(random.nextLong(), i), i);
    }

    // Then
    var again = new SplittableRandom(1);
    long found = 0;
    for (long i = 1; i <= 600_000; i++) {
      var number = numbers.find(TENANT, account(again.nextLong(), i));
      assertThat(number.orElse(i)).isEqualTo(i);
      found += number.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(200_000L, 262_144L);
    assertThat(numbers.find(TENANT, account(random.nextLong(), 0))).isEmpty();
  }
}
