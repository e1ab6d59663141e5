package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortUuidTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "01975d3c-0000-7000-8000-0000000000ff"
      })
  void comesBackFromItsText(String text) {
    // Given
    UUID uuid = UUID.fromString(text);

    // When
    String brief = ShortUuid.of(uuid);

    // Then
    assertThat(brief).hasSize(22).matches("[A-Za-z0-9_-]*");
    assertThat(ShortUuid.read(brief)).isEqualTo(uuid);
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> ShortUuid.read("AAAA"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 bytes");
  }
}
