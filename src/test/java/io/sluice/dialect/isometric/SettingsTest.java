package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void standsForProductionUnlessTheOperatorSaysOtherwise() {
    // Given
    var sandbox =
        Map.of(
            "isometric.environment", "sandbox", "isometric.registryUrl", "https://carbon.example");

    // When
    Settings settings = Settings.SECTION.of(sandbox);

    // Then
    assertThat(settings).isEqualTo(new Settings(Environment.SANDBOX, "https://carbon.example"));
    assertThat(Settings.SECTION.defaults())
        .isEqualTo(new Settings(Environment.PRODUCTION, "https://registry.isometric.com"));
  }
}
