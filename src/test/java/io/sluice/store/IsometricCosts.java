package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;
import static io.sluice.store.ListCosts.account;
import static io.sluice.store.isometric.MovementListing.Place.BENEFICIARY;
import static io.sluice.store.isometric.MovementListing.Place.BUYER;
import static io.sluice.store.isometric.MovementListing.Place.DELIVERER;
import static io.sluice.store.isometric.MovementListing.Place.ORDER;
import static io.sluice.store.isometric.MovementListing.Place.OWNER;
import static io.sluice.store.isometric.MovementListing.Place.RECEIVER;
import static io.sluice.store.isometric.MovementListing.Place.SENDER;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.BatchFilter;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.BeneficiaryStore;
import io.sluice.store.isometric.DocumentStore;
import io.sluice.store.isometric.IssuanceStore;
import io.sluice.store.isometric.MovementListing;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.isometric.OrderStore;
import io.sluice.store.isometric.PartyStore;
import io.sluice.store.isometric.ProjectStore;
import io.sluice.store.isometric.Window;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Isometric's lists, forwards and backwards, and their counts. */
final class IsometricCosts {
  private static final Set<LotStatus> LIVE_AND_GONE =
      EnumSet.of(LotStatus.ACTIVE, LotStatus.SPLIT, LotStatus.RETIRED);

  private final ListCosts costs;
  private final int middle;

  private IsometricCosts(ListCosts costs, int middle) {
    this.costs = costs;
    this.middle = middle;
  }

  static void add(ListCosts costs, int middle) {
    var all = new IsometricCosts(costs, middle);
    all.transfers();
    all.retirements();
    all.deliveries();
    all.parties();
    all.batches();
    all.orders();
    all.projects();
    all.issuances();
    String batches = "the batches of one request, BatchQuantities.MAX";
    costs.bounded("listTransferCreditBatches", batches);
    costs.bounded("listDeliveryCreditBatches", batches);
    costs.bounded("listIssuanceCreditBatches", "the batches of one issuance");
    costs.bounded("listRefundCreditBatches", batches);
    costs.bounded("listRetirementCreditBatches", "the batches that one retirement may use");
  }

  private static Window window(TenantId tenant, Optional<Place> beyond, boolean forwards) {
    return new Window(tenant, beyond, forwards, PAGE);
  }

  private <S> void both(
      String operation,
      String what,
      Function<Pools, S> store,
      Optional<Place> beyond,
      BiFunction<S, Window, Future<?>> read) {
    for (boolean forwards : List.of(true, false)) {
      costs.put(
          operation,
          what + ", forwards " + forwards,
          store,
          (from, tenant) -> read.apply(from, window(tenant, beyond, forwards)));
    }
  }

  private void movements(String operation, String what, Filter filter) {
    both(
        operation,
        what,
        MovementListing::new,
        ListCosts.place(middle),
        (listing, window) -> listing.list(filter, window));
    costs.put(
        operation,
        "count of " + what,
        MovementListing::new,
        (listing, tenant) -> listing.count(tenant, filter));
  }

  private void transfers() {
    costs.filters("listTransfers", "from_organisation_id", "to_organisation_id");
    for (int from : List.of(0, 5, 6, 7)) {
      for (int to : List.of(0, 6, 8)) {
        movements(
            "listTransfers",
            "from " + from + " to " + to,
            Filter.of(Kind.TRANSFER)
                .where(SENDER, account(from).map(AccountId::value))
                .where(RECEIVER, account(to).map(AccountId::value)));
      }
    }
  }

  private void retirements() {
    costs.filters("listRetirements", "owner_org_id", "beneficiary_org_id");
    for (int owner : List.of(0, 13, 15)) {
      for (String beneficiary : List.of("", "common", "rare")) {
        movements(
            "listRetirements",
            "of " + owner + " for '" + beneficiary + "'",
            Filter.of(Kind.RETIREMENT)
                .where(OWNER, account(owner).map(AccountId::value))
                .where(BENEFICIARY, Optional.of(beneficiary).filter(name -> !name.isEmpty())));
      }
    }
  }

  /** Their accounts are the order's, the deliverer's, where it goes, and the buyer's. */
  private void deliveries() {
    costs.filters("listDeliveries", "from_supplier_id", "to_organisation_id");
    for (int first : List.of(41, 45)) {
      movements("listOrderDeliveries", "under " + first, delivery(ORDER, first));
      Filter from = delivery(DELIVERER, first + 1);
      movements("listSupplierDeliveries", "from " + (first + 1), from);
      movements("listDeliveries", "from " + (first + 1), from);
      movements("listDeliveries", "to " + (first + 3), delivery(BUYER, first + 3));
      movements(
          "listDeliveries",
          "between " + (first + 1) + " and " + (first + 3),
          from.where(BUYER, account(first + 3).map(AccountId::value)));
    }
    movements("listDeliveries", "all", Filter.of(Kind.DELIVERY));
  }

  private static Filter delivery(MovementListing.Place place, int account) {
    return Filter.of(Kind.DELIVERY).where(place, account(account).map(AccountId::value));
  }

  private void parties() {
    for (String operation : List.of("listTransferees", "listSuppliers")) {
      for (String kind : List.of(LargeBooks.COMMON, LargeBooks.RARE)) {
        var filter = new PartyStore.Filter(kind, Optional.of(LargeBooks.holder(1)), Set.of());
        both(
            operation,
            "of " + kind,
            PartyStore::new,
            ListCosts.place(middle),
            (parties, window) -> parties.list(filter, window));
        costs.put(
            operation,
            "count of " + kind,
            PartyStore::new,
            (parties, tenant) -> parties.count(tenant, filter));
      }
    }
    HolderId own = LargeBooks.holder(1);
    both(
        "listBeneficiaries",
        "all",
        BeneficiaryStore::new,
        ListCosts.place(middle),
        (store, window) -> store.list(own, window));
    costs.put(
        "listBeneficiaries",
        "count",
        BeneficiaryStore::new,
        (store, tenant) -> store.count(tenant, own));
  }

  private void batches() {
    costs.filters("listOrganisationCreditBatches", "status", "issued_after", "issued_before");
    for (Set<LotStatus> statuses :
        List.of(EnumSet.of(LotStatus.ACTIVE), EnumSet.of(LotStatus.RETIRED), LIVE_AND_GONE)) {
      for (boolean ascending : List.of(true, false)) {
        both(
            "listOrganisationCreditBatches",
            statuses + ", ascending " + ascending,
            BatchStore::new,
            ListCosts.place(middle),
            (batches, window) -> batches.list(filter(statuses, Map.of()), window, ascending));
      }
      costs.put(
          "listOrganisationCreditBatches",
          "count of " + statuses,
          BatchStore::new,
          (batches, tenant) -> batches.count(tenant, filter(statuses, Map.of())));
    }
    BatchFilter ofSomeSeconds =
        filter(
            9,
            LIVE_AND_GONE,
            Map.of(),
            Optional.of(ListCosts.moment(middle)),
            Optional.of(ListCosts.moment(middle + 1_000)));
    both(
        "listOrganisationCreditBatches",
        "of some seconds",
        BatchStore::new,
        Optional.empty(),
        (batches, window) -> batches.list(ofSomeSeconds, window, true));
    filteredBatches();
  }

  /** All that there are of something common, and of something rare, in whosever account. */
  private void filteredBatches() {
    filteredBatches("supplier_id", LargeBooks.id(1), LargeBooks.id(2));
    filteredBatches("project_id", LargeBooks.id(1), LargeBooks.id(2));
    filteredBatches("issuance_id", LargeBooks.id(LargeBooks.FEW + 1), LargeBooks.id(2));
    filteredBatches("order_id", LargeBooks.id(1), LargeBooks.id(2));
    filteredBatches("delivery_id", LargeBooks.delivery(1), LargeBooks.delivery(2));
    filteredBatches("retirement_id", LargeBooks.id(8L * middle + 3), LargeBooks.id(0));
  }

  private void filteredBatches(String by, UUID common, UUID rare) {
    costs.filters("listOrganisationCreditBatches", by);
    for (UUID id : List.of(common, rare)) {
      for (int account : List.of(9, 10)) {
        BatchFilter filter = filter(account, LIVE_AND_GONE, Map.of(by, id));
        String what = "of account %d with %s %s".formatted(account, by, id);
        both(
            "listOrganisationCreditBatches",
            what,
            BatchStore::new,
            Optional.empty(),
            (batches, window) -> batches.list(filter, window, true));
        costs.put(
            "listOrganisationCreditBatches",
            "count " + what,
            BatchStore::new,
            (batches, tenant) -> batches.count(tenant, filter));
      }
    }
  }

  private static BatchFilter filter(Set<LotStatus> statuses, Map<String, UUID> ids) {
    return filter(9, statuses, ids);
  }

  private static BatchFilter filter(int account, Set<LotStatus> statuses, Map<String, UUID> ids) {
    return filter(account, statuses, ids, Optional.empty(), Optional.empty());
  }

  private static BatchFilter filter(
      int account,
      Set<LotStatus> statuses,
      Map<String, UUID> ids,
      Optional<Instant> after,
      Optional<Instant> before) {
    Function<String, Optional<UUID>> id = name -> Optional.ofNullable(ids.get(name));
    return new BatchFilter(
        LargeBooks.holder(1),
        LargeBooks.account(account),
        id.apply("supplier_id"),
        id.apply("project_id"),
        id.apply("issuance_id"),
        id.apply("delivery_id"),
        id.apply("order_id"),
        id.apply("retirement_id"),
        statuses,
        after,
        before);
  }

  private void projects() {
    Optional<Place> byName =
        Optional.of(Place.of("Project %09d".formatted(middle), LargeBooks.id(middle)));
    both(
        "listProjects",
        "all",
        ProjectStore::new,
        byName,
        (projects, window) -> projects.list(window));
    Optional<Place> document =
        Optional.of(Place.of("Document %09d".formatted(middle), LargeBooks.id(middle)));
    both(
        "listProjectDocuments",
        "all",
        DocumentStore::new,
        document,
        (documents, window) -> documents.list(LargeBooks.id(1), window));
    for (int supplier : List.of(1, 2)) {
      both(
          "listSupplierProjects",
          "of supplier " + supplier,
          ProjectStore::new,
          ListCosts.place(middle),
          (projects, window) -> projects.list(LargeBooks.holder(supplier), window));
    }
    costs.put(
        "listProjects",
        "count",
        ProjectStore::new,
        (projects, tenant) -> projects.count(tenant, Optional.empty()));
    costs.put(
        "listProjectDocuments",
        "count",
        DocumentStore::new,
        (documents, tenant) -> documents.count(tenant, LargeBooks.id(1)));
  }

  private void issuances() {
    both(
        "listIssuances",
        "all",
        IssuanceStore::new,
        ListCosts.place(middle),
        (issuances, window) -> issuances.list(window));
    for (int supplier : List.of(1, 2)) {
      both(
          "listSupplierIssuances",
          "of supplier " + supplier,
          IssuanceStore::new,
          ListCosts.place(middle),
          (issuances, window) -> issuances.list(LargeBooks.holder(supplier), window));
    }
    costs.put(
        "listIssuances",
        "count",
        IssuanceStore::new,
        (issuances, tenant) -> issuances.count(tenant, Optional.empty()));
  }

  private void orders() {
    for (int buyer : List.of(0, 1, 3)) {
      for (int supplier : List.of(0, 2, 4)) {
        var filter = new OrderStore.Filter(holder(buyer), holder(supplier));
        String what = "of " + buyer + " at " + supplier;
        for (String operation : operations(buyer, supplier)) {
          both(
              operation,
              what,
              OrderStore::new,
              Optional.of(
                  Place.of(LocalDate.of(2020, 1, 1).plusDays(middle), LargeBooks.id(middle))),
              (store, window) -> store.list(filter, window));
          costs.put(
              operation,
              "count " + what,
              OrderStore::new,
              (store, tenant) -> store.count(tenant, filter));
        }
      }
    }
  }

  private static List<String> operations(int buyer, int supplier) {
    return buyer == 0 && supplier == 0
        ? List.of("isometricListOrders")
        : List.of("listOrganisationOrders", "listSupplierOrders");
  }

  private static Optional<HolderId> holder(int number) {
    return number == 0 ? Optional.empty() : Optional.of(LargeBooks.holder(number));
  }
}
