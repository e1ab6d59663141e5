package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.Presented;
import io.sluice.testing.StubCall;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer t.o.k", "bearer t.o.k", "BEARER   t.o.k  "})
  void findsTheToken(String header) {
    // When
    Optional<String> token = call(header).bearer().map(Presented::text);

    // Then
    assertThat(token).contains("t.o.k");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer    ", "Basic t.o.k", "Bearert.o.k", "t.o.k"})
  void findsNoneInAnythingElse(String header) {
    // When
    Optional<String> token = call(header).bearer().map(Presented::text);

    // Then
    assertThat(token).isEmpty();
  }

  @Test
  void showsNoToken() {
    // When
    var presented = call("Bearer t.o.k").bearer();

    // Then
    assertThat(presented.toString()).doesNotContain("t.o.k");
  }

  @Test
  void takesTokensUpToItsBound() {
    // When
    Optional<String> longest =
        call("Bearer " + "t".repeat(Bearer.MAX_CHARS)).bearer().map(Presented::text);
    Optional<String> longer =
        call("Bearer " + "t".repeat(Bearer.MAX_CHARS + 1)).bearer().map(Presented::text);

    // Then
    assertThat(longest).isPresent();
    assertThat(longer).isEmpty();
  }

  @Test
  void findsNoneWithoutTheHeader() {
    // When
    Optional<String> token = StubCall.ofBody("").bearer().map(Presented::text);

    // Then
    assertThat(token).isEmpty();
  }

  @Test
  void choosesBetweenNoTwoTokens() {
    // Given
    StubCall call = StubCall.ofHeader("Authorization", "Bearer a", "Bearer a");

    // When
    var refusal = assertThatThrownBy(() -> call.bearer().map(Presented::text));

    // Then
    refusal.isInstanceOf(FaultException.class);
  }

  private static StubCall call(String header) {
    return StubCall.ofHeaders(Map.of("Authorization", header));
  }
}
