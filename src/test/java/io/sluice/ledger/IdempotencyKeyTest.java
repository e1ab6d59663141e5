package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    assertThat(key.fingerprint()).isEqualTo(Digest.start().add("wish").toUuid());
    assertThat(key.fingerprint()).isNotEqualTo(Digest.start().add("other").toUuid());
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
  }
}
