package io.sluice.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue.Due;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is of those who had something due at the last look: one endpoint of each tenant,
 * and then another of each that has more. Who is not done by then has another turn, or else a
 * tenant would have one for each of its endpoints before others have their second. For one event
 * loop.
 */
final class Turns {
  /** Endpoints that wait, by tenants in the order in which it is their turn. */
  private final Map<TenantId, ArrayDeque<Due>> waiting = new LinkedHashMap<>();

  /** Those who have had their turn in this round, and are to have another one. */
  private final List<Due> later = new ArrayList<>();

  /** Those who are known by now have their turn, and nobody else. */
  void begin(List<Due> due) {
    waiting.clear();
    later.clear();
    due.forEach(this::add);
  }

  /** Those who are to have another turn have it behind all others. */
  void beginRound() {
    later.forEach(this::add);
    later.clear();
  }

  /** Has had a turn, and is not done. */
  void again(Due due) {
    later.add(due);
  }

  boolean isAnybodyWaiting() {
    return !waiting.isEmpty();
  }

  /** Whose turn it is, of those for whom there is room; others keep their place. */
  Optional<Due> next(InFlight inFlight) {
    for (Map.Entry<TenantId, ArrayDeque<Due>> each : waiting.entrySet()) {
      Optional<Due> next =
          inFlight.room(each.getKey()) > 0 ? take(each.getValue(), inFlight) : Optional.empty();
      if (next.isPresent()) {
        goBehind(each.getKey());
        return next;
      }
    }
    return Optional.empty();
  }

  private static Optional<Due> take(ArrayDeque<Due> endpoints, InFlight inFlight) {
    for (Iterator<Due> each = endpoints.iterator(); each.hasNext(); ) {
      Due due = each.next();
      if (inFlight.room(due) > 0) {
        each.remove();
        return Optional.of(due);
      }
    }
    return Optional.empty();
  }

  private void goBehind(TenantId tenant) {
    ArrayDeque<Due> others = waiting.remove(tenant);
    if (!others.isEmpty()) {
      waiting.put(tenant, others);
    }
  }

  private void add(Due due) {
    waiting.computeIfAbsent(due.tenant(), tenant -> new ArrayDeque<>()).add(due);
  }
}
