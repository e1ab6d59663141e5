package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Digest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {
  private final KeyMemory memory = new KeyMemory();

  private static UUID key(String text) {
    return Digest.start().add(text).toUuid();
  }

  private void passBatches(int count) {
    for (int i = 0; i < count; i++) {
      memory.nextBatch();
    }
  }

  @Test
  void trustsNoKeyAtFirst() {
    // When
    passBatches(KeyMemory.WARY_BATCHES - 1);

    // Then
    assertThat(memory.mayBeUsed(key("new"))).isTrue();
  }

  @Test
  void takesAKeyForNewThatItHasNotSeen() {
    // Given
    passBatches(KeyMemory.WARY_BATCHES);

    // When
    memory.use(key("used"));

    // Then
    assertThat(memory.mayBeUsed(key("used"))).isTrue();
    assertThat(memory.mayBeUsed(key("new"))).isFalse();
  }

  @Test
  void trustsNoKeyForAWhileAfterAWrongGuess() {
    // Given
    passBatches(KeyMemory.WARY_BATCHES);

    // When
    memory.guessedWrong();

    // Then
    passBatches(KeyMemory.WARY_BATCHES - 1);
    assertThat(memory.mayBeUsed(key("new"))).isTrue();
    passBatches(1);
    assertThat(memory.mayBeUsed(key("new"))).isFalse();
  }
}
