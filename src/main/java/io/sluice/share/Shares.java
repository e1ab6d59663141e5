package io.sluice.share;

import java.util.HashMap;
import java.util.Map;

/**
 * A number of units, such as bytes or places, that parties share. Nobody may take more while he
 * holds more than is free: who is alone gets half of all, two get a third each, and however greedy
 * they are, something is left for the next who comes. Nothing is set aside, so there is nothing to
 * configure but the whole. Used by any thread.
 *
 * @param <P> who shares; equal ones are one party
 */
public final class Shares<P> {
  private final long capacity;
  private final Map<P, Long> held = new HashMap<>();
  private long used;

  /**
   * @param capacity units in all, at least one
   */
  public Shares(long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("nothing to share: " + capacity);
    }
    this.capacity = capacity;
  }

  /** How many more units one may take, one by one, who holds some while some are free. */
  public static int room(int free, int own) {
    return own > free ? 0 : Math.min(free, (free - own) / 2 + 1);
  }

  /** Units in all. */
  public long capacity() {
    return capacity;
  }

  /** Units that are held now, by all parties together. */
  public synchronized long used() {
    return used;
  }

  /** Parties that hold something: nothing is kept of others. */
  synchronized int parties() {
    return held.size();
  }

  /** An account on which one party takes units and gives them back; it begins with none. */
  public Holding holding(P party) {
    return new Holding(party);
  }

  private synchronized boolean take(P party, long units) {
    if (units < 0) {
      throw new IllegalArgumentException("nobody takes " + units);
    }
    if (units == 0) {
      return true;
    }
    long free = capacity - used;
    long own = held.getOrDefault(party, 0L);
    if (units > free || own > free) {
      return false;
    }
    used += units;
    held.put(party, own + units);
    return true;
  }

  private synchronized void insist(P party, long units) {
    used += units;
    held.merge(party, units, Long::sum);
  }

  private synchronized void giveBack(P party, long units) {
    used -= units;
    held.compute(party, (key, own) -> own == units ? null : own - units);
  }

  /** What a party holds for one purpose. Used by one thread at a time. */
  public final class Holding {
    private final P party;
    private long units;

    private Holding(P party) {
      this.party = party;
    }

    /** Takes more units; false, and nothing is taken, when that is more than the party's share. */
    public boolean take(long more) {
      if (!Shares.this.take(party, more)) {
        return false;
      }
      units += more;
      return true;
    }

    /** Takes more units whether they are free or not, for what was inside already. */
    public void insist(long more) {
      Shares.this.insist(party, more);
      units += more;
    }

    /** Gives some of it back. */
    public void giveBack(long fewer) {
      if (fewer > units) {
        throw new IllegalArgumentException(fewer + " of " + units + " units");
      }
      Shares.this.giveBack(party, fewer);
      units -= fewer;
    }

    /** How many units it is. */
    public long units() {
      return units;
    }

    /** Whether it is more than nothing. */
    public boolean isHeld() {
      return units > 0;
    }

    /** Gives all back. */
    public void release() {
      if (units > 0) {
        giveBack(units);
      }
    }
  }
}
