package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
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
  /** For lists in descending order: the comparison and the order for this direction. */
  String descending(String sql) {
    return forwards ? sql.formatted("<", "DESC") : sql.formatted(">", "ASC");
  }

  /** For lists in ascending order: the comparison and the order for this direction. */
  String ascending(String sql) {
    return forwards ? sql.formatted(">", "ASC") : sql.formatted("<", "DESC");
  }

  UUID beyondOrNull() {
    return beyond.orElse(null);
  }
}
