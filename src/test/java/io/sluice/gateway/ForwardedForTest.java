package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.HttpSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedForTest {
  @ParameterizedTest
  @CsvSource({
    "9.9.9.9, 1.1.1.1, 9.9.9.9",
    "10.0.0.1, 1.1.1.1, 1.1.1.1",
    "10.0.0.1, '6.6.6.6, 1.1.1.1', 1.1.1.1",
    "10.0.0.1, '6.6.6.6, 1.1.1.1, 10.0.0.2', 1.1.1.1",
    "10.0.0.1, '1.1.1.1:4711', 1.1.1.1",
    "10.0.0.1, '[2001:db8::1]:4711', '2001:db8:0:0:0:0:0:1'",
    "10.0.0.1, '1.1.1.1, unknown', 10.0.0.1",
    "10.0.0.1, '1.1.1.1, ', 10.0.0.1",
    "10.0.0.1, '', 10.0.0.1",
    "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
    "::1, 1.1.1.1, 1.1.1.1",
  })
  void readsTheListFromItsEndAsFarAsProxiesAreTrusted(String peer, String line, String client) {
    // Given
    ForwardedFor proxies = proxies("x_forwarded_for");

    // When
    String found = proxies.client(peer, List.of(line));

    // Then
    assertThat(found).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource({
    "'for=1.1.1.1', 1.1.1.1",
    "'for=6.6.6.6, for=1.1.1.1;proto=https;by=10.0.0.1', 1.1.1.1",
    "'proto=https;For=\"[2001:db8::1]:80\"', '2001:db8:0:0:0:0:0:1'",
    "'for=_hidden', 10.0.0.1",
    "'proto=http', 10.0.0.1",
  })
  void readsTheHeaderOfRfc7239(String line, String client) {
    // When
    String found = proxies("forwarded").client("10.0.0.1", List.of(line));

    // Then
    assertThat(found).isEqualTo(client);
  }

  @Test
  void takesSeveralLinesForOneList() {
    // When
    String found =
        proxies("x_forwarded_for").client("10.0.0.1", List.of("6.6.6.6", "1.1.1.1, 10.0.0.2"));

    // Then
    assertThat(found).isEqualTo("1.1.1.1");
  }

  private static ForwardedFor proxies(String header) {
    HttpSettings settings =
        HttpSettings.SECTION.of(
            Map.of("http.trustedProxies", "10.0.0.0/8, ::1", "http.proxyHeader", header));
    return new ForwardedFor(settings.proxies().trusted(), settings.proxies().header());
  }
}
