package io.sluice.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many failed attempts of strangers are listed in a minute, so that nobody fills the disk with
 * them. No address takes more than a quarter, so that nobody hides another one's attempts.
 */
final class FailureBudget {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int ADDRESSES = 4;

  private final int most;
  private final Map<ClientAddress, Integer> listed = new HashMap<>();
  private Instant windowEnds = Instant.MIN;
  private int used;
  private long unlisted;
  private long over;

  /**
   * @param most listed in a minute, 1 or more
   */
  FailureBudget(int most) {
    this.most = most;
  }

  /** Whether one more is listed; one that is not is counted. */
  synchronized boolean lists(ClientAddress address, Instant now) {
    turn(now);
    int own = listed.getOrDefault(address, 0);
    if (used >= most || own >= Math.max(1, most / ADDRESSES)) {
      unlisted++;
      return false;
    }
    used++;
    listed.put(address, own + 1);
    return true;
  }

  /** How many were not listed in minutes that are over, told once. */
  synchronized long takeUnlisted(Instant now) {
    turn(now);
    long taken = over;
    over = 0;
    return taken;
  }

  /** They could not be written down; they are told again. */
  synchronized void giveBack(long count) {
    over += count;
  }

  private void turn(Instant now) {
    if (!now.isBefore(windowEnds)) {
      windowEnds = now.plus(WINDOW);
      listed.clear();
      used = 0;
      over += unlisted;
      unlisted = 0;
    }
  }
}
