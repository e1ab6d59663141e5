package io.sluice.store;

import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** Reads lots. Only the pipeline writes them. */
public interface LotStore {
  /** Those of the lots that exist; absent ones are left out. One query. */
  Future<Map<LotId, Lot>> findAll(TenantId tenant, Collection<LotId> ids);
}
