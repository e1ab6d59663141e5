package io.sluice.ledger;

import java.util.UUID;

/**
 * What must hold whenever money moves, asked each time and left on: a rule of the books that does
 * not hold is a defect, and whoever finds it out writes nothing.
 */
final class Defect {
  private Defect() {}

  /**
   * Fails unless a rule holds.
   *
   * @param broken what is wrong otherwise, said of the subject
   * @throws IllegalStateException when it does not hold
   */
  static void unless(boolean holds, String subject, UUID id, String broken) {
    if (!holds) {
      throw new IllegalStateException(subject + " " + id + " " + broken);
    }
  }
}
