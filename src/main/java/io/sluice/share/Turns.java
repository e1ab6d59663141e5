package io.sluice.share;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * What waits, served party by party in turn: whoever has much waiting waits for itself, not others
 * for it. Bounded by whoever adds. Used by one thread at a time.
 *
 * @param <P> who waits; equal ones are one party
 * @param <T> what waits, each once
 */
public final class Turns<P, T> {
  /** Those who have something waiting; whose turn it is comes first. */
  private final SequencedMap<P, SequencedSet<T>> waiting = new LinkedHashMap<>();

  private int size;

  /** Puts something behind all that waits of the same party. */
  public void add(P party, T waits) {
    if (waiting.computeIfAbsent(party, key -> new LinkedHashSet<>()).add(waits)) {
      size++;
    }
  }

  /** Takes what waits longest of the party whose turn it is. */
  public Optional<T> next() {
    return next(party -> true);
  }

  /** The same, passing over parties that may take no turn now; they keep theirs. */
  public Optional<T> next(Predicate<P> mayTake) {
    Optional<P> first = waiting.keySet().stream().filter(mayTake).findFirst();
    return first.map(this::take);
  }

  private T take(P party) {
    SequencedSet<T> own = waiting.remove(party);
    T next = own.removeFirst();
    if (!own.isEmpty()) {
      waiting.put(party, own);
    }
    size--;
    return next;
  }

  /** Takes something out, whoever's turn it is; false when it does not wait. */
  public boolean remove(P party, T waits) {
    SequencedSet<T> own = waiting.get(party);
    boolean removed = own != null && own.remove(waits);
    if (removed) {
      size--;
      if (own.isEmpty()) {
        waiting.remove(party);
      }
    }
    return removed;
  }

  /** Takes everything out. */
  public List<T> removeAll() {
    List<T> all = waiting.values().stream().flatMap(Collection::stream).toList();
    waiting.clear();
    size = 0;
    return all;
  }

  /** How much waits, of all parties. */
  public int size() {
    return size;
  }

  /** How much waits of one party. */
  public int size(P party) {
    SequencedSet<T> own = waiting.get(party);
    return own == null ? 0 : own.size();
  }
}
