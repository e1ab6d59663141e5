package io.sluice.store.corebanq;

import io.sluice.store.AccountHistory;
import io.sluice.store.Pools;
import java.time.Clock;

/** What the ledger API keeps and lists besides what all dialects do. */
public record CorebanqStores(
    LedgerTree tree,
    LedgerList ledgers,
    LedgerChanges changes,
    EntryList entries,
    Recount recount,
    AccountHistory history,
    ReportStore reports,
    SessionStore sessions,
    SecondFactors factors) {
  /**
   * @param clock says when a ledger was changed
   */
  public static CorebanqStores on(Pools pools, Clock clock) {
    return new CorebanqStores(
        new LedgerTree(pools),
        new LedgerList(pools),
        new LedgerChanges(pools, clock),
        new EntryList(pools),
        new Recount(pools),
        new AccountHistory(pools),
        new ReportStore(pools),
        new SessionStore(pools),
        new SecondFactors(pools));
  }
}
