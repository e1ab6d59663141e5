package io.sluice.store;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TransferId;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.store.events.DeliveryStore;
import io.sluice.store.scrip.AssetQuery;
import io.sluice.store.scrip.DueLots;
import io.sluice.store.scrip.GroupMembers;
import io.sluice.store.scrip.HolderQuery;
import io.sluice.store.scrip.JournalStore;
import io.sluice.store.scrip.Listings;
import io.sluice.store.scrip.Listings.Standing;
import io.sluice.store.scrip.RedemptionListing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scrip's lists, and the webhooks'. */
final class ScripCosts {
  static final Instant NOW = Instant.ofEpochSecond(1_770_000_000);

  private static final int PAGE = ListCosts.PAGE;

  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<Instant> ANY = Optional.empty();
  private static final Optional<Place> FIRST = Optional.empty();

  private final ListCosts costs;
  private final int middle;

  private ScripCosts(ListCosts costs, int middle) {
    this.costs = costs;
    this.middle = middle;
  }

  static void add(ListCosts costs, int middle) {
    new ScripCosts(costs, middle).add();
  }

  private void add() {
    holders("listPrograms", HolderQuery.Kind.PROGRAM);
    holders("listGroups", HolderQuery.Kind.GROUP);
    holders("listParticipants", HolderQuery.Kind.PARTICIPANT);
    assets();
    members();
    lots();
    redemptions();
    journal();
    histories();
    webhooks();
    String few = "what an operator sets up";
    costs.bounded("listProgramBalances", few + ": the assets of a programme");
    costs.bounded("listParticipantBalances", few + ": the assets that one can have");
    costs.bounded("listGroupBalances", few + ": the assets that one can have");
    costs.bounded("listParticipantTags", "Tags.MAX");
    costs.bounded("listGroupTags", "Tags.MAX");
    costs.bounded("listWebhookEndpoints", "EndpointStore.MAX_LIVE");
    costs.bounded("listWebhookDeliveryStats", "EndpointStore.MAX_LIVE");
  }

  private void holders(String operation, HolderQuery.Kind kind) {
    for (HolderQuery.Column column : columns(kind)) {
      for (boolean descending : List.of(true, false)) {
        var order = new HolderQuery.Order(column, descending);
        for (HolderStatus status : HolderStatus.values()) {
          holders(operation, "with status " + status, query(kind, List.of(status), order));
        }
        holders(operation, "all", query(kind, List.of(), order));
        List<HolderStatus> some = List.of(HolderStatus.SUSPENDED, HolderStatus.CLOSED);
        holders(operation, "of some", query(kind, some, order));
        holders(operation, "called so", query(kind, Optional.of("y"), order));
      }
    }
    costs.filters(operation, "status", "search");
    if (kind == HolderQuery.Kind.PARTICIPANT) {
      participants(operation);
    } else {
      costs.filters(operation, "include_archived");
    }
  }

  private void participants(String operation) {
    for (HolderQuery.Column column : columns(HolderQuery.Kind.PARTICIPANT)) {
      for (boolean descending : List.of(true, false)) {
        var order = new HolderQuery.Order(column, descending);
        holders(
            operation,
            "with a reference",
            query(Optional.of("" + middle), Optional.empty(), ANY, order));
        holders(operation, "enrolled", query(NONE, Optional.of(LargeBooks.holder(1)), ANY, order));
        Optional<Instant> then = Optional.of(ListCosts.moment(middle));
        holders(operation, "of a second", query(NONE, Optional.empty(), then, order));
      }
    }
    costs.filters(operation, "external_id", "program_id", "from", "to");
  }

  private void holders(String operation, String what, HolderQuery query) {
    costs.put(
        operation,
        what + ", by " + query.order(),
        Listings::new,
        (listings, tenant) -> listings.holders(tenant, query, PAGE));
  }

  private static List<HolderQuery.Column> columns(HolderQuery.Kind kind) {
    return kind == HolderQuery.Kind.PARTICIPANT
        ? List.of(
            HolderQuery.Column.CREATED_AT, HolderQuery.Column.REFERENCE, HolderQuery.Column.STATUS)
        : List.of(HolderQuery.Column.CREATED_AT, HolderQuery.Column.NAME);
  }

  private static HolderQuery query(
      HolderQuery.Kind kind, List<HolderStatus> statuses, HolderQuery.Order order) {
    return new HolderQuery(kind, statuses, NONE, NONE, Optional.empty(), ANY, ANY, order, FIRST);
  }

  private static HolderQuery query(
      HolderQuery.Kind kind, Optional<String> search, HolderQuery.Order order) {
    return new HolderQuery(kind, List.of(), search, NONE, Optional.empty(), ANY, ANY, order, FIRST);
  }

  /** Those who are called so, oldest first. */
  static HolderQuery called(String name, Optional<Place> after) {
    return new HolderQuery(
        HolderQuery.Kind.PARTICIPANT,
        List.of(),
        Optional.of(name),
        NONE,
        Optional.empty(),
        ANY,
        ANY,
        new HolderQuery.Order(HolderQuery.Column.CREATED_AT, false),
        after);
  }

  private static HolderQuery query(
      Optional<String> reference,
      Optional<HolderId> program,
      Optional<Instant> then,
      HolderQuery.Order order) {
    return new HolderQuery(
        HolderQuery.Kind.PARTICIPANT,
        List.of(),
        NONE,
        reference,
        program,
        then,
        then,
        order,
        FIRST);
  }

  private void assets() {
    for (String operation : List.of("listAssets", "listProgramAssets")) {
      var program =
          Optional.of(LargeBooks.holder(1)).filter(it -> operation.equals("listProgramAssets"));
      assets(operation, "all", new AssetQuery(List.of(), NONE, program, FIRST));
    }
    List<HolderStatus> archived = List.of(HolderStatus.ARCHIVED);
    assets("listAssets", "archived ones", new AssetQuery(archived, NONE, Optional.empty(), FIRST));
    assets(
        "listAssets",
        "called so",
        new AssetQuery(List.of(), Optional.of("y"), Optional.empty(), FIRST));
    assets(
        "listAssets",
        "of a programme",
        new AssetQuery(List.of(), NONE, Optional.of(LargeBooks.holder(1)), FIRST));
    costs.filters("listAssets", "status", "include_archived", "search", "program_id");
  }

  private void assets(String operation, String what, AssetQuery query) {
    costs.put(
        operation, what, Listings::new, (listings, tenant) -> listings.assets(tenant, query, PAGE));
  }

  private void members() {
    costs.filters("listGroupMembers", "include_former");
    for (boolean former : List.of(true, false)) {
      for (Optional<Place> after : List.of(Optional.<Place>empty(), ListCosts.place(middle))) {
        costs.put(
            "listGroupMembers",
            "former ones too %s, after %s".formatted(former, after),
            GroupMembers::new,
            (members, tenant) -> members.list(tenant, LargeBooks.holder(1), after, former, PAGE));
      }
    }
  }

  private void lots() {
    var standings = new ArrayList<Optional<Standing>>(List.of(Optional.empty()));
    Stream.of(Standing.values()).map(Optional::of).forEach(standings::add);
    for (Optional<Standing> standing : standings) {
      for (Optional<Instant> before : List.of(Optional.<Instant>empty(), Optional.of(NOW))) {
        for (Optional<String> reference : List.of(Optional.<String>empty(), Optional.of("r"))) {
          var query = lots(standing, before, reference, FIRST);
          costs.put(
              "listParticipantLots",
              "%s, before %s, marked %s".formatted(standing, before, reference),
              Listings::new,
              (listings, tenant) -> listings.lots(tenant, query, PAGE));
        }
      }
    }
    var ofProgram =
        new Listings.LotQuery(
            Set.of(LargeBooks.account(1)),
            Optional.empty(),
            NOW,
            ANY,
            Optional.of(NOW),
            Optional.of(LargeBooks.holder(1)),
            NONE,
            FIRST);
    costs.put(
        "listParticipantLots",
        "of a programme, and late",
        Listings::new,
        (listings, tenant) -> listings.lots(tenant, ofProgram, PAGE));
    costs.filters(
        "listParticipantLots",
        "asset_id",
        "program_id",
        "status",
        "expires_before",
        "expires_after",
        "reference_id");
    costs.put(
        "a chore",
        "lots that are due",
        DueLots::new,
        (lots, tenant) -> lots.of(tenant, NOW, DueLots.Place.FIRST, PAGE));
  }

  static Listings.LotQuery lots(
      Optional<Standing> standing,
      Optional<Instant> before,
      Optional<String> reference,
      Optional<Place> after) {
    return new Listings.LotQuery(
        Set.of(LargeBooks.account(1), LargeBooks.account(2)),
        standing,
        NOW,
        before,
        Optional.empty(),
        Optional.empty(),
        reference,
        after);
  }

  private void redemptions() {
    var all = new ArrayList<Optional<RedemptionListing.Reversed>>(List.of(Optional.empty()));
    Stream.of(RedemptionListing.Reversed.values()).map(Optional::of).forEach(all::add);
    for (int holder : List.of(1, 2)) {
      for (Optional<RedemptionListing.Reversed> reversed : all) {
        costs.put(
            "listParticipantRedemptions",
            "of %d, reversed %s".formatted(holder, reversed),
            RedemptionListing::new,
            (listing, tenant) -> listing.page(tenant, redemptions(holder, reversed, ANY), PAGE));
        costs.put(
            "listParticipantRedemptions",
            "of %d in a second, reversed %s".formatted(holder, reversed),
            RedemptionListing::new,
            (listing, tenant) ->
                listing.page(
                    tenant,
                    redemptions(holder, reversed, Optional.of(ListCosts.moment(middle))),
                    PAGE));
      }
    }
    // There are no items of a catalogue, so that nothing is read for one.
    costs.filters("listParticipantRedemptions", "status", "from", "to", "reward_catalog_item_id");
    costs.put(
        "listRedemptionReversals",
        "deep in them",
        RedemptionListing::new,
        (listing, tenant) ->
            listing.reversals(tenant, new TransferId(LargeBooks.id(1)), middle, PAGE));
  }

  private static RedemptionListing.Filter redemptions(
      int holder, Optional<RedemptionListing.Reversed> reversed, Optional<Instant> then) {
    return new RedemptionListing.Filter(LargeBooks.holder(holder), reversed, then, then, FIRST);
  }

  /** For whatever else is asked for, so many entries are looked at, wanted or not. */
  private void journal() {
    costs.filters(
        "listJournalEntries",
        "program_id",
        "event_id",
        "rule_id",
        "participant_id",
        "external_id",
        "group_id",
        "asset_id",
        "bucket",
        "from",
        "to",
        "min_amount",
        "max_amount",
        "action_type",
        "reference_id");
    for (Optional<String> kind : List.of(Optional.<String>empty(), Optional.of("scrip.fund"))) {
      costs.put(
          "listJournalEntries",
          "of kind " + kind,
          JournalStore::new,
          (journal, tenant) ->
              journal.newest(tenant, kind, Optional.of(LargeBooks.id(middle)), PAGE));
    }
    costs.put(
        "listJournalEntries",
        "those with ids",
        JournalStore::new,
        (journal, tenant) ->
            journal.findAll(
                tenant,
                IntStream.range(middle, middle + PAGE)
                    .mapToObj(n -> new TransferId(LargeBooks.id(n)))
                    .toList()));
    costs.put(
        "listJournalEntries",
        "whose accounts they are",
        JournalStore::new,
        (journal, tenant) -> journal.sides(tenant, List.of(1L, 2L, 5L, 7L)));
  }

  /** Histories and statements are made of these two. */
  private void histories() {
    for (String operation :
        List.of(
            "listProgramHistory",
            "listParticipantHistory",
            "getProgramStatement",
            "getParticipantStatement")) {
      for (long account : List.of(1L, 2L, 3L)) {
        costs.put(
            operation,
            "how account " + account + " stood",
            AccountHistory::new,
            (history, tenant) -> history.at(tenant, List.of(account), ListCosts.moment(middle)));
      }
      var range = new AccountHistory.Range(1, middle, middle + PAGE);
      costs.put(
          operation,
          "lines",
          AccountHistory::new,
          (history, tenant) -> history.lines(tenant, List.of(range)));
      costs.filters(operation, "asset_id", "bucket", "from", "to", "event_from", "event_to");
    }
  }

  private void webhooks() {
    costs.filters("listWebhookDeliveries", "status");
    Optional<Place> after = ListCosts.place(middle);
    var statuses = new ArrayList<Optional<DeliveryStatus>>(List.of(Optional.empty()));
    Stream.of(DeliveryStatus.values()).map(Optional::of).forEach(statuses::add);
    for (Optional<DeliveryStatus> status : statuses) {
      costs.put(
          "listWebhookDeliveries",
          "with status " + status,
          DeliveryStore::new,
          (deliveries, tenant) -> deliveries.list(tenant, LargeBooks.id(1), status, after, PAGE));
    }
  }
}
