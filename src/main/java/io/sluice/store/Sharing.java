package io.sluice.store;

import io.sluice.share.Presence;
import java.util.HashMap;
import java.util.Map;

/**
 * How parties share the connections of a pool: who has how many, and who may have one more. Guarded
 * by its pool, but for {@link #note}.
 */
final class Sharing {
  private final int most;
  private final Presence<Object> presence;
  private final Map<Object, Integer> served = new HashMap<>();

  /**
   * @param most that one party may have while others are about
   * @param presence who is about, in this pool and in others
   */
  Sharing(int most, Presence<Object> presence) {
    this.most = most;
    this.presence = presence;
  }

  /** Notes that a party asks for a connection. Used by any thread. */
  void note(Object party) {
    if (!(party instanceof BackgroundPool.Chore)) {
      presence.note(party);
    }
  }

  boolean mayTake(Object party) {
    return served.getOrDefault(party, 0) < most || presence.isAlone(party);
  }

  void take(Object party) {
    served.merge(party, 1, Integer::sum);
  }

  void giveBack(Object party) {
    served.compute(party, (key, own) -> own == 1 ? null : own - 1);
  }
}
