package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  private static IdempotencyKey key(String scope, String text, String wish) {
    return IdempotencyKey.of(scope, text, Digest.start().add(wish));
  }

  @Test
  void theSameTextInTheSameScopeIsTheSameKey() {
    assertThat(key("scope", "text", "wish").digest())
        .isEqualTo(Digest.start().add("scope").add("text").toUuid())
        .isEqualTo(key("scope", "text", "other").digest())
        .isNotEqualTo(key("other", "text", "wish").digest())
        .isNotEqualTo(key("scope", "other", "wish").digest())
        .isNotEqualTo(key("scopet", "ext", "wish").digest());
  }

  @Test
  void equalFieldsAreTheSameWish() {
    IdempotencyKey key = key("scope", "text", "wish");

    assertThat(key.sameRequest(Digest.start().add("wish").toBytes())).isTrue();
    assertThat(key.sameRequest(Digest.start().add("other").toBytes())).isFalse();
  }

  @Test
  void keysAreEqualWhenBothPartsAre() {
    IdempotencyKey key = key("scope", "text", "wish");

    assertThat(key)
        .isEqualTo(key("scope", "text", "wish"))
        .hasSameHashCodeAs(key("scope", "text", "wish"))
        .isNotEqualTo(key("scope", "text", "other"))
        .isNotEqualTo(key("scope", "other", "wish"))
        .isNotEqualTo(key.digest());
    assertThat(key.hashCode()).isEqualTo(key.digest().hashCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void aFingerprintHas32Bytes(int length) {
    var digest = new UUID(0, 1);

    assertThatThrownBy(() -> new IdempotencyKey(digest, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fingerprint has 32 bytes");
  }
}
