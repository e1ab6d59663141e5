package io.sluice.store.seal;

import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tenants this process has written transfers for, and between which ids, since somebody
 * asked. Has no more entries than there are tenants. Used by any thread.
 */
public final class Commits {
  private final Map<TenantId, IdRange> noted = new ConcurrentHashMap<>();

  /** Notes what is committed, or may be. */
  public void note(TenantId tenant, List<StoredTransfer> transfers) {
    if (!transfers.isEmpty()) {
      noted.merge(tenant, IdRange.of(transfers), IdRange::and);
    }
  }

  /** What was noted since this was asked last, added to what is there. */
  void moveTo(Map<TenantId, IdRange> all) {
    for (TenantId tenant : noted.keySet()) {
      IdRange range = noted.remove(tenant);
      if (range != null) {
        all.merge(tenant, range, IdRange::and);
      }
    }
  }
}
