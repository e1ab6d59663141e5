package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;

import io.sluice.ledger.AccountId;
import io.sluice.store.orum.BookTransferListing;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerQuery;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.sluice.store.orum.ReportStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    costs.put(
        operation,
        "%s, name '%s', last name '%s'".formatted(statuses, name, last),
        CustomerStore::new,
        (store, tenant) ->
            store.list(
                new CustomerQuery(
                    tenant,
                    kind,
                    statuses,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(ScripCosts.NOW),
                    Optional.of(name).filter(it -> !it.isEmpty()),
                    Optional.of(last).filter(it -> !it.isEmpty())),
                PAGE,
                0));
  }
}
