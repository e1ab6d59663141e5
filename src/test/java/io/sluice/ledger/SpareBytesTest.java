package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareBytesTest {
  private final SpareBytes spare = new SpareBytes(8);

  @Test
  void handsOutWhatWasGivenBackAndNothingTwice() {
    // Given
    byte[] first = spare.take();
    spare.giveBack(first);

    // When
    byte[] second = spare.take();

    // Then
    assertThat(second).isSameAs(first).hasSize(8);
    assertThat(spare.take()).isNotSameAs(first);
  }

  @Test
  void keepsNeitherManyNorLargeOnes() {
    // Given
    byte[] large = new byte[16_385];

    // When
    spare.giveBack(large);
    byte[][] kept = new byte[5][8];
    for (byte[] each : kept) {
      spare.giveBack(each);
    }

    // Then
    assertThat(spare.take()).isSameAs(kept[3]);
    assertThat(spare.take()).isSameAs(kept[2]);
    assertThat(spare.take()).isSameAs(kept[1]);
    assertThat(spare.take()).isSameAs(kept[0]);
    assertThat(spare.take()).isNotSameAs(large).hasSize(8);
  }
}
