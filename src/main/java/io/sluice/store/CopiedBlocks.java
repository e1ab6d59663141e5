package io.sluice.store;

import io.sluice.seal.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Entries of sealed blocks, one after the other, as COPY sent them. In the order of ids where
 * {@link #ascends} says so. For one thread only.
 */
final class CopiedBlocks {
  /** What is selected of a block. */
  static final String COLUMNS = "late, previous, ids, hashes";

  static final int LATE = 0;
  private static final int PREVIOUS = 1;
  private static final int IDS = 2;
  private static final int HASHES = 3;

  /** Of an array: how many dimensions, whether there are NULLs, of what; then size and start. */
  private static final int ARRAY_HEAD = 5 * Integer.BYTES;

  private static final int DIMENSIONS = 0;
  private static final int NULLS = Integer.BYTES;
  private static final int SIZE = 3 * Integer.BYTES;
  private static final int ID_BYTES = 2 * Long.BYTES;
  private static final int FEW = 16;

  /** A block, with where in it the hash before it, the first id and the first hash are. */
  private record Block(byte[] data, ByteBuffer values, int previous, int ids, int hashes) {
    private long high(int place) {
      return values.getLong(ids + place * (Integer.BYTES + ID_BYTES) + Integer.BYTES);
    }

    private long low(int place) {
      return values.getLong(ids + place * (Integer.BYTES + ID_BYTES) + Integer.BYTES + Long.BYTES);
    }

    private Hash before(int place) {
      return Hash.at(data, place == 0 ? previous : hashes + (place - 1) * Hash.BYTES, Hash.BYTES);
    }

    private Hash hash(int place) {
      return Hash.at(data, hashes + place * Hash.BYTES, Hash.BYTES);
    }
  }

  private Block[] blocks = new Block[FEW];
  private int count;

  /** For each entry its block, and its place there. */
  private int[] places = new int[FEW];

  private int[] inBlocks = new int[FEW];
  private int size;

  /** Adds a block's entries; false where it is none that anybody would have sealed. */
  boolean add(CopiedRow row) {
    ByteBuffer values = ByteBuffer.wrap(row.data());
    int ids = row.offset(IDS);
    if (values.getInt(ids + DIMENSIONS) != 1 || values.getInt(ids + NULLS) != 0) {
      return false;
    }
    int entries = values.getInt(ids + SIZE);
    if (row.length(PREVIOUS) != Hash.BYTES || row.length(HASHES) != entries * Hash.BYTES) {
      return false;
    }
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * count);
    }
    blocks[count] =
        new Block(row.data(), values, row.offset(PREVIOUS), ids + ARRAY_HEAD, row.offset(HASHES));
    int first = size;
    while (places.length < size + entries) {
      places = Arrays.copyOf(places, 2 * places.length);
      inBlocks = Arrays.copyOf(inBlocks, 2 * inBlocks.length);
    }
    for (int place = 0; place < entries; place++, size++) {
      places[size] = place;
      inBlocks[size] = count;
    }
    count++;
    return ascends(first);
  }

  int size() {
    return size;
  }

  long high(int entry) {
    return blocks[inBlocks[entry]].high(places[entry]);
  }

  long low(int entry) {
    return blocks[inBlocks[entry]].low(places[entry]);
  }

  /** Compares ids as PostgreSQL does. */
  int compare(int entry, long high, long low) {
    int compared = Long.compareUnsigned(high(entry), high);
    return compared == 0 ? Long.compareUnsigned(low(entry), low) : compared;
  }

  /** Whether an entry says this. */
  boolean says(int entry, Hash content) {
    Block block = blocks[inBlocks[entry]];
    int place = places[entry];
    return Hash.ofEntry(block.before(place), content).equals(block.hash(place));
  }

  /** Puts the entries in the order of ids. */
  void sort() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted((one, other) -> compare(one, high(other), low(other)))
            .mapToInt(Integer::intValue)
            .toArray();
    places = Arrays.stream(order).map(entry -> places[entry]).toArray();
    inBlocks = Arrays.stream(order).map(entry -> inBlocks[entry]).toArray();
  }

  /** Whether each id is greater than the one before it. */
  boolean ascends() {
    return ascends(0);
  }

  private boolean ascends(int from) {
    for (int entry = from + 1; entry < size; entry++) {
      if (compare(entry, high(entry - 1), low(entry - 1)) <= 0) {
        return false;
      }
    }
    return true;
  }
}
