package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.RateLimit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void limitsRatesAsTheProviderPublishes() {
    // When
    Settings settings = Settings.SECTION.defaults();

    // Then
    assertThat(settings).isEqualTo(new Settings(new RateLimit(10, 30), 1_000, 25, 15));
  }

  @Test
  void limitsRatesAsTheOperatorSays() {
    // Given
    var values = Map.of("scrip.rateLimit.perSecond", "0", "scrip.rateLimit.burst", "2");

    // When
    Settings settings = Settings.SECTION.of(values);

    // Then
    assertThat(settings).isEqualTo(new Settings(new RateLimit(0, 2), 1_000, 25, 15));
  }
}
