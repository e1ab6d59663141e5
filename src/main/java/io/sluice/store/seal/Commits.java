package io.sluice.store.seal;

import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Which tenants this process has written transfers for, and between which ids, since somebody
 * asked. Has no more entries than there are tenants. Used by any thread.
 */
public final class Commits {
  private final Map<TenantId, IdRange> noted = new ConcurrentHashMap<>();
  private volatile BiConsumer<TenantId, List<StoredTransfer>> listener = (tenant, made) -> {};

  /** Notes what is committed, or may be. */
  public void note(TenantId tenant, List<StoredTransfer> transfers) {
    if (!transfers.isEmpty()) {
      noted.merge(tenant, IdRange.of(transfers), IdRange::and);
    }
  }

  /**
   * Notes what has been committed, all of it as it is told here. Whoever listens is told at once.
   *
   * @param transfers which moved no lots
   */
  public void made(TenantId tenant, List<StoredTransfer> transfers) {
    if (!transfers.isEmpty()) {
      listener.accept(tenant, transfers);
    }
  }

  /**
   * Tells somebody of what was made from now on, on the event loop of the pipeline that made it.
   */
  void tell(BiConsumer<TenantId, List<StoredTransfer>> other) {
    listener = other;
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
