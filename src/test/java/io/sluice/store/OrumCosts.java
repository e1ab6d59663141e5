package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.BookTransferListing;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerQuery;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.sluice.store.orum.ReportStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Orum's lists. */
final class OrumCosts {
  private OrumCosts() {}

  static void add(ListCosts costs) {
    bookTransfers(costs);
    customers(costs);
    for (String operation : List.of("listSubledgers", "listSubledgerBalances")) {
      for (String kind : List.of(LargeBooks.COMMON, LargeBooks.RARE)) {
        costs.put(
            operation,
            "holders of " + kind,
            (pools, tenant) ->
                new PgHolderStore(pools, Clock.systemUTC()).list(tenant, kind, PAGE, PAGE));
      }
    }
    costs.put(
        "listSubledgerBalances",
        "what they hold",
        (pools, tenant) ->
            new PgHolderStore(pools, Clock.systemUTC())
                .balances(tenant, List.of(LargeBooks.holder(1), LargeBooks.holder(2))));
    costs.put(
        "getBalanceSummary",
        "of all accounts together",
        ReportStore::new,
        (reports, tenant) ->
            reports.movements(
                tenant,
                Optional.empty(),
                LargeBooks.account(1),
                ListCosts.moment(1),
                ScripCosts.NOW));
    costs.bounded("listReports", "ReportStore.MAX_KEPT");
    costs.bounded("listWebhookConfigurations", "EndpointStore.MAX_LIVE");
  }

  private static void bookTransfers(ListCosts costs) {
    // A reference id is a key, and a subledger's an account.
    costs.filters(
        "listBookTransfers", "book_transfer_reference_id", "status", "subledger_reference_id");
    costs.filters("listSubledgers", "subledger_reference_id");
    for (Optional<Boolean> posted :
        List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
      for (int account = 0; account <= 3; account++) {
        Optional<AccountId> party = ListCosts.account(account);
        costs.put(
            "listBookTransfers",
            "posted " + posted + ", account " + account,
            BookTransferListing::new,
            (listing, tenant) ->
                listing.list(new BookTransferListing.Filter(tenant, posted, party), PAGE, 0));
      }
    }
  }

  private static void customers(ListCosts costs) {
    oneCustomer(costs, "listPersons", CustomerKind.PERSON);
    oneCustomer(costs, "listBusinesses", CustomerKind.BUSINESS);
    costs.filters("listPersons", "first_name", "last_name");
    costs.filters("listBusinesses", "legal_name");
    for (Set<CustomerStatus> statuses :
        List.of(
            Set.<CustomerStatus>of(),
            Set.of(CustomerStatus.REJECTED),
            Set.of(CustomerStatus.CLOSED, CustomerStatus.VERIFIED))) {
      for (String name : List.of("", "common", "rare")) {
        for (String last : List.of("", "common", "rare")) {
          customers(costs, "listPersons", CustomerKind.PERSON, statuses, name, last);
        }
        customers(costs, "listBusinesses", CustomerKind.BUSINESS, statuses, name, "");
      }
    }
  }

  private static void customers(
      ListCosts costs,
      String operation,
      CustomerKind kind,
      Set<CustomerStatus> statuses,
      String name,
      String last) {
    String what = "%s, name '%s', last name '%s'".formatted(statuses, name, last);
    customers(costs, operation, what, query(kind, statuses, name, last, Instant.EPOCH));
    customers(
        costs,
        operation,
        what + ", lately",
        query(kind, statuses, name, last, ScripCosts.NOW.minusSeconds(1)));
  }

  private static Function<TenantId, CustomerQuery> query(
      CustomerKind kind, Set<CustomerStatus> statuses, String name, String last, Instant from) {
    return tenant ->
        new CustomerQuery(
            tenant,
            kind,
            statuses,
            Optional.empty(),
            Optional.empty(),
            Optional.of(from),
            Optional.of(ScripCosts.NOW),
            Optional.of(name).filter(it -> !it.isEmpty()),
            Optional.of(last).filter(it -> !it.isEmpty()));
  }

  private static void customers(
      ListCosts costs, String operation, String what, Function<TenantId, CustomerQuery> query) {
    costs.put(
        operation,
        what,
        CustomerStore::new,
        (store, tenant) -> store.list(query.apply(tenant), PAGE, 0));
  }

  /** One by an id or by a reference; there are no accounts elsewhere, so that none has a number. */
  private static void oneCustomer(ListCosts costs, String operation, CustomerKind kind) {
    for (boolean isById : List.of(true, false)) {
      customers(
          costs,
          operation,
          isById ? "by id" : "by reference",
          tenant ->
              new CustomerQuery(
                  tenant,
                  kind,
                  Set.of(),
                  Optional.of(LargeBooks.id(7)).filter(it -> isById),
                  Optional.of("7").filter(it -> !isById),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
    }
    costs.filters(
        operation,
        "customer_reference_id",
        "status",
        "start_time",
        "end_time",
        "account_number",
        "id");
  }
}
