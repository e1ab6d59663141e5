package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** What sealed books say of single transfers. */
public interface SealedEntries {
  /**
   * The hashes of transfers, each chained to the one before it. What is not sealed yet is sealed
   * now.
   *
   * @param transfers of the tenant; at most a few hundred
   * @return SHA-256 in lower hexadecimal digits, without those that do not exist
   */
  Future<Map<TransferId, String>> hashes(TenantId tenant, Collection<TransferId> transfers);
}
