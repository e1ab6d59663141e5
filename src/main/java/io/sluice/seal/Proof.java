package io.sluice.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Proofs of RFC 6962 (sections 2.1.1 and 2.1.2), planned, put together and checked. What they
 * consist of is hashes of parts of the tree; each part is a range of positions.
 */
public final class Proof {
  private Proof() {}

  /** Positions from {@code from} up to but not including {@code to}. */
  public record Range(long from, long to) {
    /** The complete subtrees whose hashes its own is made of, from the left. */
    public List<Subtree> subtrees() {
      return Subtree.of(from, to);
    }

    /** Its hash, made of those of its subtrees. */
    public Hash hash(Function<Subtree, Hash> hashes) {
      List<Subtree> parts = subtrees();
      Hash hash = hashes.apply(parts.getLast());
      for (int i = parts.size() - 2; i >= 0; i--) {
        hash = Hash.ofNode(hashes.apply(parts.get(i)), hash);
      }
      return hash;
    }
  }

  /**
   * What proves that an entry is in a tree: the range of each hash, from the leaf up.
   *
   * @throws IllegalArgumentException when it is not in it
   */
  public static List<Range> ofInclusion(long position, long size) {
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("position " + position + " is not in a tree of " + size);
    }
    var ranges = new ArrayList<Range>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (position < middle) {
        ranges.addFirst(new Range(middle, to));
        to = middle;
      } else {
        ranges.addFirst(new Range(from, middle));
        from = middle;
      }
    }
    return ranges;
  }

  /**
   * What proves that a tree has grown out of a smaller one.
   *
   * @throws IllegalArgumentException unless the smaller one has entries and the other at least as
   *     many
   */
  public static List<Range> ofConsistency(long smaller, long size) {
    if (smaller <= 0 || smaller > size) {
      throw new IllegalArgumentException("no tree of " + size + " grew out of one of " + smaller);
    }
    var ranges = new ArrayList<Range>();
    long from = 0;
    long to = size;
    while (smaller < to) {
      long middle = from + split(to - from);
      if (smaller <= middle) {
        ranges.addFirst(new Range(middle, to));
        to = middle;
      } else {
        ranges.addFirst(new Range(from, middle));
        from = middle;
      }
    }
    if (from > 0) {
      ranges.addFirst(new Range(from, to));
    }
    return ranges;
  }

  /** The largest power of 2 that is less; of 2 or more. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** Whether a path shows that an entry is at a position of the tree with this root. */
  public static boolean includes(Hash leaf, long position, long size, List<Hash> path, Hash root) {
    if (position < 0 || position >= size) {
      return false;
    }
    long node = position;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.ofNode(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether a path shows that a tree has grown out of a smaller one by entries at its end. */
  public static boolean grew(
      long smaller, Hash smallerRoot, long size, Hash root, List<Hash> path) {
    if (smaller <= 0 || smaller > size || smaller == size && !path.isEmpty()) {
      return false;
    }
    if (smaller == size) {
      return smallerRoot.equals(root);
    }
    var rest = new ArrayList<>(path);
    if (Long.bitCount(smaller) == 1) {
      rest.addFirst(smallerRoot);
    }
    if (rest.isEmpty()) {
      return false;
    }
    long node = smaller - 1;
    long last = size - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    Hash old = rest.removeFirst();
    Hash now = old;
    for (Hash sibling : rest) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = Hash.ofNode(sibling, old);
        now = Hash.ofNode(sibling, now);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        now = Hash.ofNode(now, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && old.equals(smallerRoot) && now.equals(root);
  }
}
