package io.sluice.access;

/**
 * What checking one password costs, and how many are checked at once.
 *
 * @param memoryKib memory that one Argon2id hash fills
 * @param iterations passes over that memory
 * @param maxConcurrent hashes computed at the same time, each on a thread of its own
 * @param maxWaiting hashes that may wait for such a thread
 */
public record PasswordCost(int memoryKib, int iterations, int maxConcurrent, int maxWaiting) {
  /** The parameters that OWASP recommends: 19 MiB, two passes. */
  public static final PasswordCost DEFAULT = new PasswordCost(19_456, 2, 2, 64);

  public PasswordCost {
    if (memoryKib < 8 || iterations < 1 || maxConcurrent < 1 || maxWaiting < 0) {
      throw new IllegalArgumentException(
          "Argon2id needs at least 8 KiB, one pass and one thread: "
              + memoryKib
              + " KiB, "
              + iterations
              + " passes, "
              + maxConcurrent
              + " threads, "
              + maxWaiting
              + " waiting");
    }
  }
}
