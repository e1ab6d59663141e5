package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AdminCredentialTest {
  @Test
  void saysNothingOfItself() {
    // Given
    AdminCredential credential = AdminCredential.of(TestingManagement.TOKEN);

    // When
    String text = credential.toString();

    // Then
    assertThat(text).isEqualTo("AdminCredential");
  }

  @Test
  void refusesShortTokensWithoutRepeatingThem() {
    // Given
    String token = "fifteen-letters";

    // When
    var refusal = assertThatThrownBy(() -> AdminCredential.of(token));

    // Then
    refusal
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16")
        .hasMessageNotContaining(token);
  }

  @Test
  void refusesTheEmptyToken() {
    // Given nobody configured anything

    // When
    var refusal = assertThatThrownBy(() -> AdminCredential.of(""));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class);
  }
}
