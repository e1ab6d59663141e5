package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/ledgers/a.b/transfer",
        "/v1/.hidden",
        "/v1/x...",
        "/v1/x?next=/../y",
        "/v1/%F0%9F%98%80?q=a+b%20c",
        "/v1/é"
      })
  void takesOrdinaryTargets(String uri) {
    assertThat(Uris.isClean(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/..",
        "/v1/../x",
        "/./x",
        "/v1/%2e%2E/x",
        "/v1/.%2e",
        "/v1/x%2F..%2Fy",
        "/v1/%",
        "/v1/%4",
        "/v1/%zz",
        "/v1/%00",
        "/v1/%FF",
        "/v1/%C0%AE",
        "/v1/%ED%A0%80",
        "/v1?q=%EF%BF%BD",
        "/v1/\u20AC%20"
      })
  void refusesStrangeOnes(String uri) {
    assertThat(Uris.isClean(uri)).isFalse();
  }
}
