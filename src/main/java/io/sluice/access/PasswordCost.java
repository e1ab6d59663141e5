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
  /**
   * Of the parameters that OWASP holds to be equally strong those that take the least memory, 7 MiB
   * and five passes: the library keeps that much of the heap for good and takes as much for each
   * hash. 19 MiB and two passes had all of the heap collected after every few.
   */
  public static final PasswordCost DEFAULT = new PasswordCost(7_168, 5, 2, 64);

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
