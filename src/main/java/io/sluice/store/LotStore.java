package io.sluice.store;

import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads lots. Only the pipeline writes them. */
public interface LotStore {
  /** In which order to list. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /** Those of the lots that exist; absent ones are left out. One query. */
  Future<Map<LotId, Lot>> findAll(TenantId tenant, Collection<LotId> ids);

  /** By creation time, then id; at most {@code limit} after skipping {@code offset}. */
  Future<List<Lot>> list(LotFilter filter, Order order, int limit, long offset);

  /** How many lots a filter lets through. */
  Future<Long> count(LotFilter filter);
}
