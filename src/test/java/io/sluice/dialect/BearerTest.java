package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    Optional<String> token = Bearer.of(call(header));

    // Then
    assertThat(token).contains("t.o.k");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer    ", "Basic t.o.k", "Bearert.o.k", "t.o.k"})
  void findsNoneInAnythingElse(String header) {
    // When
    Optional<String> token = Bearer.of(call(header));

    // Then
    assertThat(token).isEmpty();
  }

  @Test
  void showsNoToken() {
    // When
    var presented = Bearer.presented(call("Bearer t.o.k"));

    // Then
    assertThat(presented.toString()).doesNotContain("t.o.k");
  }

  @Test
  void takesTokensUpToItsBound() {
    // When
    Optional<String> longest = Bearer.of(call("Bearer " + "t".repeat(Bearer.MAX_CHARS)));
    Optional<String> longer = Bearer.of(call("Bearer " + "t".repeat(Bearer.MAX_CHARS + 1)));

    // Then
    assertThat(longest).isPresent();
    assertThat(longer).isEmpty();
  }

  @Test
  void findsNoneWithoutTheHeader() {
    // When
    Optional<String> token = Bearer.of(StubCall.ofBody(""));

    // Then
    assertThat(token).isEmpty();
  }

  @Test
  void choosesBetweenNoTwoTokens() {
    // Given
    StubCall call = StubCall.ofHeader("Authorization", "Bearer a", "Bearer a");

    // When
    var refusal = assertThatThrownBy(() -> Bearer.of(call));

    // Then
    refusal.isInstanceOf(FaultException.class);
  }

  private static StubCall call(String header) {
    return StubCall.ofHeaders(Map.of("Authorization", header));
  }
}
