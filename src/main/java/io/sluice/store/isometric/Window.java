package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
import io.sluice.store.Query;
import java.util.Optional;
import java.util.UUID;

/**
 * The part of a list to read.
 *
 * @param beyond the element after which to begin, in the direction of reading
 * @param forwards whether to read in the list's own order, or from its end
 * @param limit the most elements to read
 */
public record Window(TenantId tenant, Optional<UUID> beyond, boolean forwards, int limit) {
  /** Where elements lie that a page may show, and in which order they are read. */
  record Way(String comparison, String order) {}

  /** The way through a list, which itself goes up or down. */
  Way way(boolean ascending) {
    return ascending == forwards ? new Way(">", "ASC") : new Way("<", "DESC");
  }

  /** Adds what cuts a list that goes down by id to this window. */
  Query cut(Query query) {
    Way way = way(false);
    beyond.ifPresent(id -> query.add("AND id " + way.comparison() + " ?", id));
    return query.add("ORDER BY id " + way.order() + " LIMIT ?", (long) limit);
  }
}
