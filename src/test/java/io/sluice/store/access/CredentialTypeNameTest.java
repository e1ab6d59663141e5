package io.sluice.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTypeNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"user", "api-key", "api-key-2", "x509-key"})
  void takesLowerCaseWords(String text) {
    // Given a text that stands in a path as it is

    // When
    var name = new CredentialTypeName(text);

    // Then
    assertThat(name).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a-", "-a", "a--b", "A", "a b", "a/b", "a_b", ":a", "2a", "ä"})
  void takesNothingThatWouldMeanSomethingElseInAPath(String text) {
    // Given a text that does not

    // When
    var made = assertThatThrownBy(() -> new CredentialTypeName(text));

    // Then
    made.isInstanceOf(IllegalArgumentException.class).hasMessageContaining(text);
  }
}
