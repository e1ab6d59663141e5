package io.sluice.store;

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

  private ScripCosts() {}

  static void add(ListCosts costs, int middle) {
    holders(costs, "listPrograms", HolderQuery.Kind.PROGRAM);
    holders(costs, "listGroups", HolderQuery.Kind.GROUP);
    holders(costs, "listParticipants", HolderQuery.Kind.PARTICIPANT);
    assets(costs);
    members(costs, middle);
    lots(costs);
    redemptions(costs, middle);
    journal(costs, middle);
    histories(costs, middle);
    webhooks(costs, middle);
    String few = "what an operator sets up";
    costs.bounded("listProgramBalances", few + ": the assets of a programme");
    costs.bounded("listParticipantBalances", few + ": the assets that one can have");
    costs.bounded("listGroupBalances", few + ": the assets that one can have");
    costs.bounded("listParticipantTags", "Tags.MAX");
    costs.bounded("listGroupTags", "Tags.MAX");
    costs.bounded("listWebhookEndpoints", "EndpointStore.MAX_LIVE");
    costs.bounded("listWebhookDeliveryStats", "EndpointStore.MAX_LIVE");
  }

  private static void holders(ListCosts costs, String operation, HolderQuery.Kind kind) {
    for (HolderQuery.Column column : columns(kind)) {
      for (boolean descending : List.of(true, false)) {
        var order = new HolderQuery.Order(column, descending);
        HolderQuery query = query(kind, order);
        costs.put(
            operation,
            "by " + order,
            Listings::new,
            (listings, tenant) -> listings.holders(tenant, query, PAGE));
      }
    }
  }

  private static List<HolderQuery.Column> columns(HolderQuery.Kind kind) {
    return kind == HolderQuery.Kind.PARTICIPANT
        ? List.of(
            HolderQuery.Column.CREATED_AT, HolderQuery.Column.REFERENCE, HolderQuery.Column.STATUS)
        : List.of(HolderQuery.Column.CREATED_AT, HolderQuery.Column.NAME);
  }

  private static HolderQuery query(HolderQuery.Kind kind, HolderQuery.Order order) {
    return new HolderQuery(
        kind,
        List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        order,
        Optional.empty());
  }

  private static void assets(ListCosts costs) {
    List<HolderStatus> active = List.of(HolderStatus.ACTIVE);
    for (String operation : List.of("listAssets", "listProgramAssets")) {
      var program =
          Optional.of(LargeBooks.holder(1)).filter(it -> operation.equals("listProgramAssets"));
      var query = new AssetQuery(active, Optional.empty(), program, Optional.empty());
      costs.put(
          operation,
          "all",
          Listings::new,
          (listings, tenant) -> listings.assets(tenant, query, PAGE));
    }
  }

  private static void members(ListCosts costs, int middle) {
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

  private static void lots(ListCosts costs) {
    var standings = new ArrayList<Optional<Standing>>(List.of(Optional.empty()));
    Stream.of(Standing.values()).map(Optional::of).forEach(standings::add);
    for (Optional<Standing> standing : standings) {
      for (Optional<Instant> before : List.of(Optional.<Instant>empty(), Optional.of(NOW))) {
        for (Optional<String> reference : List.of(Optional.<String>empty(), Optional.of("r"))) {
          var query = lots(standing, before, reference, Optional.empty());
          costs.put(
              "listParticipantLots",
              "%s, before %s, marked %s".formatted(standing, before, reference),
              Listings::new,
              (listings, tenant) -> listings.lots(tenant, query, PAGE));
        }
      }
    }
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

  private static void redemptions(ListCosts costs, int middle) {
    var all = new ArrayList<Optional<RedemptionListing.Reversed>>(List.of(Optional.empty()));
    Stream.of(RedemptionListing.Reversed.values()).map(Optional::of).forEach(all::add);
    for (int holder : List.of(1, 2)) {
      for (Optional<RedemptionListing.Reversed> reversed : all) {
        costs.put(
            "listParticipantRedemptions",
            "of %d, reversed %s".formatted(holder, reversed),
            RedemptionListing::new,
            (listing, tenant) -> listing.page(tenant, redemptions(holder, reversed), PAGE));
      }
    }
    costs.put(
        "listRedemptionReversals",
        "deep in them",
        RedemptionListing::new,
        (listing, tenant) ->
            listing.reversals(tenant, new TransferId(LargeBooks.id(1)), middle, PAGE));
  }

  private static RedemptionListing.Filter redemptions(
      int holder, Optional<RedemptionListing.Reversed> reversed) {
    return new RedemptionListing.Filter(
        LargeBooks.holder(holder), reversed, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static void journal(ListCosts costs, int middle) {
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
  private static void histories(ListCosts costs, int middle) {
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
    }
  }

  private static void webhooks(ListCosts costs, int middle) {
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
