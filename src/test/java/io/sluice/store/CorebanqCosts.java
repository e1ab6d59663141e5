package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;
import static io.sluice.store.ListCosts.moment;

import io.sluice.store.AccountHistory.Range;
import io.sluice.store.corebanq.EntryList;
import io.sluice.store.corebanq.EntryList.Filter;
import io.sluice.store.corebanq.EntryList.Sort;
import io.sluice.store.corebanq.LedgerList;
import io.sluice.store.corebanq.ReportStore;
import io.sluice.store.corebanq.Slice;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ledger API's lists and reports. */
final class CorebanqCosts {
  private CorebanqCosts() {}

  static void add(ListCosts costs, int middle) {
    ledgers(costs);
    entries(costs, middle);
    statement(costs, middle);
    costs.put(
        "getTrialBalance",
        "accounts",
        ReportStore::new,
        (reports, tenant) ->
            reports.accounts(
                tenant, List.of(LargeBooks.COMMON, LargeBooks.RARE), Optional.empty(), PAGE));
  }

  private static void ledgers(ListCosts costs) {
    costs.put(
        "listLedgers",
        "newest first",
        (pools, tenant) ->
            new PgHolderStore(pools, Clock.systemUTC())
                .list(tenant, LargeBooks.COMMON, PAGE, PAGE));
    for (LedgerList.Sort sort : List.of(LedgerList.Sort.CREATED_AT, LedgerList.Sort.CODE)) {
      for (boolean ascending : List.of(true, false)) {
        costs.put(
            "listLedgers",
            "by " + sort + ", ascending " + ascending,
            LedgerList::new,
            (ledgers, tenant) ->
                ledgers.find(
                    tenant,
                    LargeBooks.COMMON,
                    everyLedger(),
                    new Slice<>(sort, ascending, PAGE, PAGE)));
      }
    }
  }

  private static LedgerList.Filter everyLedger() {
    return new LedgerList.Filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  private static void entries(ListCosts costs, int middle) {
    for (boolean ascending : List.of(true, false)) {
      for (int offset : List.of(0, middle)) {
        var slice = new Slice<>(Sort.TIMESTAMP, ascending, PAGE, offset);
        String what = ", ascending " + ascending + ", after " + offset;
        entries(costs, "all" + what, filter(false, false, 0, 0), slice);
        entries(costs, "credits" + what, filter(true, false, 0, 0), slice);
        entries(costs, "of some days" + what, filter(false, false, middle, 2 * middle), slice);
      }
      for (Sort sort : Sort.values()) {
        var slice = new Slice<>(sort, ascending, PAGE, 0);
        String what = " by " + sort + ", ascending " + ascending;
        entries(costs, "dear ones" + what, filter(false, true, 0, 0), slice);
        entries(
            costs, "dear ones of a day" + what, filter(true, true, middle, middle + 90), slice);
      }
    }
  }

  private static void entries(ListCosts costs, String what, Filter filter, Slice<Sort> slice) {
    for (int account : List.of(2, 4)) {
      costs.put(
          "listEntries",
          what + ", account " + account,
          EntryList::new,
          (entries, tenant) -> entries.find(tenant, LargeBooks.account(account), filter, slice));
    }
  }

  private static Filter filter(boolean credits, boolean dear, int since, int until) {
    return new Filter(
        Optional.empty(),
        Optional.of(true).filter(it -> credits),
        Optional.of(5L).filter(it -> dear),
        Optional.empty(),
        time(since),
        time(until),
        Optional.empty());
  }

  private static Optional<Instant> time(int number) {
    return number == 0 ? Optional.empty() : Optional.of(moment(number));
  }

  private static void statement(ListCosts costs, int middle) {
    var range = new Range(2, middle, middle + PAGE);
    costs.put(
        "getStatement",
        "how the account stood",
        AccountHistory::new,
        (history, tenant) -> history.at(tenant, List.of(2L), moment(middle)));
    costs.put(
        "getStatement",
        "entries",
        AccountHistory::new,
        (history, tenant) -> history.lines(tenant, List.of(range)));
    costs.put(
        "getStatement",
        "totals",
        ReportStore::new,
        (reports, tenant) -> reports.turnover(tenant, range));
  }
}
