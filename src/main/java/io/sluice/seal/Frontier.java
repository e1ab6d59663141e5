package io.sluice.seal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BiConsumer;

/**
 * The right edge of a growing Merkle tree: the hashes of its complete subtrees, which is all that
 * is needed to add entries and to say the root. For one thread.
 */
public final class Frontier {
  private long size;

  /** The smallest, which is the last, on top. */
  private final Deque<Hash> peaks = new ArrayDeque<>();

  private final BiConsumer<Subtree, Hash> completed;

  /**
   * @param peaks as {@link #toBytes} gave them
   * @param completed is told of each subtree that becomes complete, leaves among them
   * @throws IllegalArgumentException when there are not as many as a tree of this size has
   */
  public Frontier(long size, byte[] peaks, BiConsumer<Subtree, Hash> completed) {
    Hash[] all = Hash.all(peaks);
    if (all.length != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of " + size + " entries does not have " + all.length + " peaks");
    }
    for (Hash peak : all) {
      this.peaks.push(peak);
    }
    this.size = size;
    this.completed = completed;
  }

  /** A tree without entries. */
  public Frontier() {
    this(0, new byte[0], (subtree, hash) -> {});
  }

  /** Adds an entry at the end. */
  public void add(Hash entry) {
    addLeaf(Hash.ofLeaf(entry));
  }

  void addLeaf(Hash leaf) {
    Hash hash = leaf;
    int height = 0;
    completed.accept(new Subtree(0, size), hash);
    // As many peaks are complete now as the size has ones at its end.
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Hash.ofNode(peaks.pop(), hash);
      height++;
      completed.accept(new Subtree(height, size >>> height), hash);
    }
    peaks.push(hash);
    size++;
  }

  public long size() {
    return size;
  }

  /** The root of the tree as it is now. */
  public Hash root() {
    if (peaks.isEmpty()) {
      return Hash.ofNothing();
    }
    Iterator<Hash> each = peaks.iterator();
    Hash root = each.next();
    while (each.hasNext()) {
      root = Hash.ofNode(each.next(), root);
    }
    return root;
  }

  /** Its peaks, the largest first. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(peaks.size() * Hash.BYTES);
    peaks.descendingIterator().forEachRemaining(peak -> peak.writeTo(bytes));
    return bytes.array();
  }
}
