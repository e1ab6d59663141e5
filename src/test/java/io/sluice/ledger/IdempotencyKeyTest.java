package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
  private static final TransferId TRANSFER = new TransferId(new UUID(0x7001, 5));

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

  @Test
  void leadsFromAReversalToWhatItReverses() {
    // When
    IdempotencyKey key = IdempotencyKey.ofReversal(TRANSFER);

    // Then
    assertThat(key.reversed()).contains(TRANSFER);
    assertThat(IdempotencyKey.ofReversal(new TransferId(new UUID(0x7001, 6))).digest())
        .isNotEqualTo(key.digest());
  }

  @Test
  void takesNoOtherKeyForThatOfAReversal() {
    // Given
    var clients = new IdempotencyKey(UUID.randomUUID(), TRANSFER.value());

    // Then
    assertThat(clients.reversed()).isEmpty();
    assertThat(IdempotencyKey.of("scope", "key", Digest.start()).reversed()).isEmpty();
  }
}
