package io.sluice.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete subtree: 2^{@code height} entries, the {@code place}th of its size from the left,
 * counted from 0.
 */
public record Subtree(int height, long place) {
  static Subtree leaf(long position) {
    return new Subtree(0, position);
  }

  /** The position of its first entry. */
  public long from() {
    return place << height;
  }

  /** How many entries it has. */
  public long size() {
    return 1L << height;
  }

  /** The complete subtrees that a range of positions consists of, from the left. */
  static List<Subtree> of(long from, long to) {
    var parts = new ArrayList<Subtree>();
    long at = from;
    while (at < to) {
      int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
      int height = at == 0 ? fits : Math.min(Long.numberOfTrailingZeros(at), fits);
      parts.add(new Subtree(height, at >>> height));
      at += 1L << height;
    }
    return parts;
  }
}
