package io.sluice.ledger;

import java.util.ArrayDeque;

/**
 * Arrays that one thread uses again and again, so that what is put together byte by byte costs no
 * new memory. Whoever takes one gives it back, or lets it go. For one thread only.
 */
public final class SpareBytes {
  private static final int MAX_SPARE = 4;

  /** Larger ones are not kept: they are rare, and would stay for ever. */
  private static final int MAX_BYTES = 16_384;

  private final ArrayDeque<byte[]> spare = new ArrayDeque<>(MAX_SPARE);
  private final int usualBytes;

  /**
   * @param usualBytes what most need, so that they never grow
   */
  public SpareBytes(int usualBytes) {
    this.usualBytes = usualBytes;
  }

  /** An array of the usual size or larger, with anything in it. */
  public byte[] take() {
    byte[] kept = spare.pollFirst();
    return kept == null ? new byte[usualBytes] : kept;
  }

  /** Gives an array back that nobody uses any more. */
  public void giveBack(byte[] used) {
    if (spare.size() < MAX_SPARE && used.length <= MAX_BYTES) {
      spare.addFirst(used);
    }
  }
}
