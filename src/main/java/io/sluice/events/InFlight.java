package io.sluice.events;

import io.sluice.config.EventSettings;
import io.sluice.ledger.TenantId;
import io.sluice.share.Shares;
import io.sluice.store.events.DeliveryQueue.Due;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what is being sent, and knows for whom there is room. Tenants share the process's places,
 * and a tenant's endpoints share its own, so that receivers that hang leave some to others. For one
 * event loop.
 */
final class InFlight {
  private final EventSettings limits;
  private final Map<Object, Integer> counts = new HashMap<>();
  private int all;

  InFlight(EventSettings limits) {
    this.limits = limits;
  }

  /** The most that one endpoint ever gets at once. */
  static int perEndpoint(EventSettings limits) {
    return new InFlight(limits).room(Due.FIRST);
  }

  /** How many more may be sent to a tenant now. */
  int room(TenantId tenant) {
    int own = counts.getOrDefault(tenant, 0);
    return Math.min(
        limits.maxConcurrentPerTenant() - own, Shares.room(limits.maxConcurrent() - all, own));
  }

  /** How many more may be sent to an endpoint now. */
  int room(Due due) {
    int endpoint = counts.getOrDefault(due.endpoint(), 0);
    int freeOfTenant = limits.maxConcurrentPerTenant() - counts.getOrDefault(due.tenant(), 0);
    int most = due.onTrial() ? 1 : limits.maxConcurrentPerEndpoint();
    int own = Math.min(Shares.room(freeOfTenant, endpoint), most - endpoint);
    return Math.max(0, Math.min(room(due.tenant()), own));
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
