package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.ApiException;
import io.sluice.testing.StubCall;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request of HTTP/1.0 may name no host, so that nothing it says of itself can be the console. */
class ConsoleOriginTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "", "https://", "http://", "file:///x", "console.example"})
  void takesWhatNamesNoHostForAStranger(String origin) {
    for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.GET)) {
      for (Map<String, String> headers :
          List.of(Map.of("Origin", origin), Map.of("Origin", origin, "Host", ""))) {
        // Given
        var call = StubCall.ofHeaders(headers);

        // When
        var asked = assertThatThrownBy(() -> ConsoleOrigin.requireOwn(call, method));

        // Then
        asked.isInstanceOf(ApiException.class);
      }
    }
  }

  @Test
  void knowsItsOwnPagesByTheirHost() {
    // Given
    var call = StubCall.ofHeaders(Map.of("Origin", "http://A.example:1", "Host", "a.example:1"));

    // When
    var asked = assertThatCode(() -> ConsoleOrigin.requireOwn(call, HttpMethod.POST));

    // Then
    asked.doesNotThrowAnyException();
  }
}
