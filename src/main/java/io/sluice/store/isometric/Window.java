package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Query;
import java.util.Optional;

/**
 * The part of a list to read.
 *
 * @param beyond the place behind which to begin, in the direction of reading
 * @param forwards whether to read in the list's own order, or from its end
 * @param limit the most elements to read
 */
public record Window(TenantId tenant, Optional<Place> beyond, boolean forwards, int limit) {
  /** The order in which a list is read. */
  ListOrder way(ListOrder order) {
    return forwards ? order : order.reversed();
  }

  /** Adds to a statement's conditions what leaves out the rows before this window. */
  Query beyond(Query query, ListOrder order) {
    return way(order).beyond(query, beyond);
  }

  /** Adds to a statement's conditions what cuts a list to this window. */
  Query cut(Query query, ListOrder order) {
    return way(order).cut(query, beyond, limit);
  }
}
