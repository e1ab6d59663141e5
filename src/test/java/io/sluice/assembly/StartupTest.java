package io.sluice.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.SluiceConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupTest {
  private static SluiceConfig config(Map<String, String> options) {
    return Dialects.configReader(Dialects.ALL).read(Optional.empty(), Map.of(), options);
  }

  @Test
  void saysHttpsWhereThePortHasACertificate() {
    // Given
    SluiceConfig plain = config(Map.of("http.host", "0.0.0.0"));
    SluiceConfig tls =
        config(Map.of("http.host", "::", "http.tls.certificateFile", "c", "http.tls.keyFile", "k"));

    // When / Then
    assertThat(Startup.baseUrl(plain, 1)).isEqualTo("http://127.0.0.1:1");
    assertThat(Startup.baseUrl(tls, 1)).isEqualTo("https://127.0.0.1:1");
  }

  @Test
  void saysHowLongAStopMayTake() {
    // Given
    SluiceConfig config =
        config(Map.of("http.lameDuckMs", "1000", "pipeline.drainTimeoutMs", "2000"));

    // When
    Duration longest = Startup.longestStop(config);

    // Then
    assertThat(longest).isEqualTo(Duration.ofSeconds(13));
  }
}
