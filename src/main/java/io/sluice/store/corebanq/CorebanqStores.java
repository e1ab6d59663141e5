package io.sluice.store.corebanq;

import io.sluice.store.Pools;

/** What the ledger API keeps and lists besides what all dialects do. */
public record CorebanqStores(LedgerTree tree, LedgerList ledgers, EntryList entries) {
  public static CorebanqStores on(Pools pools) {
    return new CorebanqStores(new LedgerTree(pools), new LedgerList(pools), new EntryList(pools));
  }
}
