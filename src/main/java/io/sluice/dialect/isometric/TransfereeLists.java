package io.sluice.dialect.isometric;

import io.sluice.dialect.Known;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.store.isometric.TransfereeStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who may receive from whom. An organisation without a list may transfer to every other
 * organisation of its registry; the administrator may set a list, which then is all there is. A
 * list is kept in memory for a few seconds, so a change reaches other processes that late.
 */
final class TransfereeLists {
  private static final int MAX_ENTRIES = 100_000;
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final TransfereeStore store;
  private final Known<HolderId, Set<HolderId>> lists;

  TransfereeLists(TransfereeStore store) {
    this.store = store;
    this.lists = Known.forAWhile(MAX_ENTRIES, KEPT, store::lists);
  }

  Future<Boolean> allows(TenantId tenant, HolderId from, HolderId to) {
    return Chain.map(list(tenant, from), list -> list.isEmpty() || list.contains(to));
  }

  /** The list that was set, or an empty one for everybody. */
  Future<Set<HolderId>> list(TenantId tenant, HolderId organisation) {
    return Chain.map(lists.find(tenant, organisation), Optional::orElseThrow);
  }

  /** Replaces the list; an empty one means everybody. */
  Future<Void> set(TenantId tenant, HolderId organisation, Set<HolderId> transferees) {
    return store
        .replace(tenant, organisation, transferees)
        .onSuccess(done -> lists.forget(tenant, organisation));
  }
}
