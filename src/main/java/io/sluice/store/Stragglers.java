package io.sluice.store;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The transfers between sealed ones that the blocks in the order of ids leave out, against those
 * that late blocks hold: they are the same, but for what is too young to be missed. For one thread
 * only.
 */
final class Stragglers {
  /** Of the last ten minutes, which are few: more are for PostgreSQL to compare. */
  private static final int MAX_YOUNG = 100_000;

  private static final long MIX_1 = 0xBF58_476D_1CE4_E5B9L;
  private static final long MIX_2 = 0x94D0_49BB_1331_11EBL;

  private final UUID lookedTo;
  private final long seed;
  private final Set<UUID> youngLeftOut = new HashSet<>();
  private final Set<UUID> youngLate = new HashSet<>();
  private long count;
  private long sum;
  private boolean inDoubt;

  /**
   * None yet.
   *
   * @param lookedTo the id up to which all are sealed
   * @param seed that nobody can foresee, the same for all that are to be added up
   */
  Stragglers(UUID lookedTo, long seed) {
    this.lookedTo = lookedTo;
    this.seed = seed;
  }

  /** A transfer that no block in the order of ids holds. */
  void leftOut(long high, long low) {
    if (!isYoung(high, low)) {
      count++;
      sum += hash(high, low);
    } else if (youngLeftOut.size() < MAX_YOUNG) {
      youngLeftOut.add(new UUID(high, low));
    } else {
      inDoubt = true;
    }
  }

  /** An entry of a late block. */
  void late(long high, long low) {
    if (!isYoung(high, low)) {
      count--;
      sum -= hash(high, low);
    } else if (youngLate.size() == MAX_YOUNG || !youngLate.add(new UUID(high, low))) {
      inDoubt = true;
    }
  }

  /** Nothing can be said. */
  void doubt() {
    inDoubt = true;
  }

  /** Takes in those of another part. */
  void add(Stragglers other) {
    count += other.count;
    sum += other.sum;
    inDoubt |= other.inDoubt;
    youngLeftOut.addAll(other.youngLeftOut);
    other.youngLate.forEach(id -> inDoubt |= !youngLate.add(id));
  }

  /**
   * Whether each transfer that must be sealed is, and none twice. Where sums differ they are not;
   * sums of other sets are equal once in 2^60 runs.
   */
  boolean match() {
    return !inDoubt && count == 0 && sum == 0 && youngLeftOut.containsAll(youngLate);
  }

  private boolean isYoung(long high, long low) {
    int compared = Long.compareUnsigned(high, lookedTo.getMostSignificantBits());
    return compared == 0
        ? Long.compareUnsigned(low, lookedTo.getLeastSignificantBits()) > 0
        : compared > 0;
  }

  private long hash(long high, long low) {
    return mixed(mixed(high ^ seed) + low);
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 30) * MIX_1;
    mixed = (mixed ^ mixed >>> 27) * MIX_2;
    return mixed ^ mixed >>> 31;
  }
}
