package io.sluice.pipeline;

import java.util.UUID;

/**
 * Guesses which idempotency keys have been used before, so that those that have surely not need no
 * look-up of their own. It is trusted for nothing: a key that was used after all cannot be stored
 * again, which ends the transaction; the batch is then run again, with all keys looked up. Clients
 * that repeat old keys would cost such a second run each, so after a wrong guess all keys are
 * looked up for a while, as they are at the start, when clients repeat what an earlier process left
 * open. For the pipeline's event loop only.
 */
final class KeyMemory {
  /** Keys that are remembered; a power of two. Each takes 8 bytes. */
  private static final int CAPACITY = 1 << 17;

  /** Batches whose keys are all looked up, after a start or a wrong guess. */
  static final int WARY_BATCHES = 256;

  private final long[] used = new long[CAPACITY];
  private int wary = WARY_BATCHES;

  /** Notes that a batch begins. */
  void nextBatch() {
    wary = Math.max(0, wary - 1);
  }

  /** Whether a key may have been used before. */
  boolean mayBeUsed(UUID digest) {
    return wary > 0 || used[place(digest)] == digest.getMostSignificantBits();
  }

  /** Notes that a key has been used up, or is about to be. */
  void use(UUID digest) {
    used[place(digest)] = digest.getMostSignificantBits();
  }

  /** Notes that a key was used which had been taken for new. */
  void guessedWrong() {
    wary = WARY_BATCHES;
  }

  private static int place(UUID digest) {
    return (int) digest.getLeastSignificantBits() & (CAPACITY - 1);
  }
}
