package io.sluice.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which id each number of one tenant's accounts stands for, outside the heap. Filled by one thread,
 * then read by many.
 */
final class AccountIds implements AutoCloseable {
  /** What an account takes: a place of 24 bytes, and a quarter of the places is left free. */
  static final long BYTES_AN_ACCOUNT = 32;

  private static final long BYTES_A_PLACE = 3 * Long.BYTES;
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private final Arena arena = Arena.ofShared();
  private final long places;
  private final MemorySegment memory;

  /**
   * Takes the memory.
   *
   * @param accounts how many there will be
   */
  AccountIds(long accounts) {
    places = accounts * BYTES_AN_ACCOUNT / BYTES_A_PLACE + 1;
    memory = arena.allocate(places * BYTES_A_PLACE, Long.BYTES);
  }

  void put(long number, long high, long low) {
    long at = find(number);
    memory.set(ValueLayout.JAVA_LONG, at, number);
    memory.set(ValueLayout.JAVA_LONG, at + Long.BYTES, high);
    memory.set(ValueLayout.JAVA_LONG, at + 2 * Long.BYTES, low);
  }

  /** Where an account is, or would be. */
  long find(long number) {
    long place = Math.unsignedMultiplyHigh(number * GOLDEN, places);
    while (isThere(place * BYTES_A_PLACE)
        && memory.get(ValueLayout.JAVA_LONG, place * BYTES_A_PLACE) != number) {
      place = place + 1 == places ? 0 : place + 1;
    }
    return place * BYTES_A_PLACE;
  }

  /** Ids are digests that say which version of UUID they are: none is zero. */
  boolean isThere(long at) {
    return high(at) != 0 || low(at) != 0;
  }

  /** The leading half of the id of the account that is there. */
  long high(long at) {
    return memory.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
  }

  /** The trailing half. */
  long low(long at) {
    return memory.get(ValueLayout.JAVA_LONG, at + 2 * Long.BYTES);
  }

  @Override
  public void close() {
    arena.close();
  }
}
