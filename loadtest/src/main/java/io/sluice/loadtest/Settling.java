package io.sluice.loadtest;

import java.util.function.Supplier;

/**
 * Goes on after a checkpoint until the write-ahead log holds few whole pages: each is written whole
 * when it is first changed after a checkpoint, and a server spends most of its time later than
 * that.
 */
final class Settling {
  /** A tenth of the pages that a transfer changes at random places. */
  private static final double FEW_PAGE_IMAGES = 0.5;

  private static final int MAX_SLICES = 6;

  private Settling() {}

  /**
   * Loads a database, a slice at a time.
   *
   * @param slice of a load; says what it took
   */
  static void settle(Supplier<Spent> slice) {
    Spent last = slice.get();
    for (int i = 1; i < MAX_SLICES && last.pageImagesEach() > FEW_PAGE_IMAGES; i++) {
      last = slice.get();
    }
    System.out.println("  settled: " + last);
  }
}
