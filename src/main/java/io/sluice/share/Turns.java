package io.sluice.share;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;

/**
 * What waits, served party by party in turn: whoever has much waiting waits for itself, not others
 * for it. Bounded by whoever adds. Used by one thread at a time.
 *
 * @param <P> who waits; equal ones are one party
 * @param <T> what waits
 */
public final class Turns<P, T> {
  /** Those who have something waiting; whose turn it is comes first. */
  private final SequencedMap<P, Queue<T>> waiting = new LinkedHashMap<>();

  /** Puts something behind all that waits of the same party. */
  public void add(P party, T waits) {
    waiting.computeIfAbsent(party, key -> new ArrayDeque<>()).add(waits);
  }

  /** Takes what waits longest of the party whose turn it is. */
  public Optional<T> next() {
    Map.Entry<P, Queue<T>> first = waiting.pollFirstEntry();
    if (first == null) {
      return Optional.empty();
    }
    T next = first.getValue().remove();
    if (!first.getValue().isEmpty()) {
      waiting.put(first.getKey(), first.getValue());
    }
    return Optional.of(next);
  }
}
