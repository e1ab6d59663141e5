package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresentedTest {
  @Test
  void isHashedOnceForOneUse() {
    // Given
    var token = new Presented("Bearer abc ", 7, 10);
    SecretHash first = token.hash("ledger");

    // When
    SecretHash second = token.hash("ledger");

    // Then
    assertThat(second).isSameAs(first).isEqualTo(Presented.of("abc").hash("ledger"));
  }

  @Test
  void isKnownByAnotherHashForAnotherUse() {
    // Given
    var token = Presented.of("abc");
    SecretHash ledger = token.hash("ledger");

    // When
    SecretHash registry = token.hash("registry");

    // Then
    assertThat(registry).isNotEqualTo(ledger);
    assertThat(token.hash("ledger")).isEqualTo(ledger);
  }

  @Test
  void tellsNoSecretWhereItIsWritten() {
    // Given
    var token = Presented.of("abc");

    // When
    String written = "" + token;

    // Then
    assertThat(written).doesNotContain("abc");
  }
}
