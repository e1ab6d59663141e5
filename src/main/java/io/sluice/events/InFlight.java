package io.sluice.events;

import io.sluice.config.EventSettings;
import io.sluice.store.events.DeliveryQueue.Due;
import java.util.HashMap;
import java.util.Map;

/** Counts what is being sent, and knows for whom there is room. For one event loop. */
final class InFlight {
  private final EventSettings limits;
  private final Map<Object, Integer> counts = new HashMap<>();
  private int all;

  InFlight(EventSettings limits) {
    this.limits = limits;
  }

  /** The most that one endpoint ever gets at once. */
  static int perEndpoint(EventSettings limits) {
    return Math.min(
        limits.maxConcurrent(),
        Math.min(limits.maxConcurrentPerTenant(), limits.maxConcurrentPerEndpoint()));
  }

  /** How many more may be sent to an endpoint now. */
  int room(Due due) {
    int tenant = counts.getOrDefault(due.tenant(), 0);
    int endpoint = counts.getOrDefault(due.endpoint(), 0);
    int perEndpoint = due.onTrial() ? 1 : limits.maxConcurrentPerEndpoint();
    return Math.max(
        0,
        Math.min(
            limits.maxConcurrent() - all,
            Math.min(limits.maxConcurrentPerTenant() - tenant, perEndpoint - endpoint)));
  }

  /** Takes places, or gives them back. */
  void add(Due due, int places) {
    all += places;
    add(due.tenant(), places);
    add(due.endpoint(), places);
  }

  private void add(Object party, int places) {
    counts.merge(party, places, Integer::sum);
    counts.remove(party, 0);
  }

  boolean isFull() {
    return all >= limits.maxConcurrent();
  }

  int count() {
    return all;
  }
}
