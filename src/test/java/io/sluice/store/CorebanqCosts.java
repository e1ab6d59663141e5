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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ledger API's lists and reports. */
final class CorebanqCosts {
  private static final Optional<Boolean> ANY = Optional.empty();
  private static final Optional<UUID> NO_PARENT = Optional.empty();

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
    costs.filters(
        "listLedgers", "filter", "only_subledgers", "exclude_subledgers", "include_subledgers");
    var none = Optional.<String>empty();
    ledgers(costs, "all", new LedgerList.Filter(none, none, none, ANY, NO_PARENT, false, false));
    for (String type : List.of("income", "asset")) {
      for (String currency : List.of("", "USD", "EUR")) {
        for (boolean active : List.of(true, false)) {
          ledgers(
              costs,
              "%s in '%s', active %s".formatted(type, currency, active),
              new LedgerList.Filter(
                  none,
                  Optional.of(type),
                  Optional.of(currency).filter(code -> !code.isEmpty()),
                  Optional.of(active),
                  NO_PARENT,
                  false,
                  false));
        }
      }
    }
    for (int parent : List.of(1, 3)) {
      for (String currency : List.of("", "USD", "EUR")) {
        ledgers(
            costs,
            "below " + parent + " in '" + currency + "'",
            new LedgerList.Filter(
                none,
                none,
                Optional.of(currency).filter(code -> !code.isEmpty()),
                ANY,
                Optional.of(LargeBooks.ledger(parent)),
                false,
                false));
      }
    }
    ledgers(costs, "below", new LedgerList.Filter(none, none, none, ANY, NO_PARENT, true, false));
    ledgers(costs, "above", new LedgerList.Filter(none, none, none, ANY, NO_PARENT, false, true));
  }

  private static void ledgers(ListCosts costs, String what, LedgerList.Filter filter) {
    for (LedgerList.Sort sort : LedgerList.Sort.values()) {
      for (boolean ascending : List.of(true, false)) {
        costs.put(
            "listLedgers",
            "%s by %s, ascending %s".formatted(what, sort, ascending),
            LedgerList::new,
            (ledgers, tenant) ->
                ledgers.find(tenant, filter, new Slice<>(sort, ascending, PAGE, PAGE)));
      }
    }
  }

  private static void entries(ListCosts costs, int middle) {
    costs.filters(
        "listEntries",
        "transaction_id",
        "type",
        "min_amount",
        "max_amount",
        "min_timestamp",
        "max_timestamp",
        "description");
    costs.filters("getStatement", "from", "to");
    transaction(costs, middle);
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
        entries(costs, "dear ones of a day" + what, filter(true, true, middle, middle + 90), slice);
      }
    }
  }

  /**
   * By a key and by an id, on an account whose postings are in transfers, and where they are not.
   */
  private static void transaction(ListCosts costs, int middle) {
    UUID id = LargeBooks.id(8 * (middle / 8));
    var transaction = new EntryList.Transaction(id, id, List.of("orum.booktransfer"));
    var filter =
        new Filter(
            Optional.of(transaction),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    for (Sort sort : Sort.values()) {
      for (int account : List.of(1, 2)) {
        costs.put(
            "listEntries",
            "of a transaction by " + sort + ", account " + account,
            EntryList::new,
            (entries, tenant) ->
                entries.find(
                    tenant, LargeBooks.account(account), filter, new Slice<>(sort, true, PAGE, 0)));
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
