package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;

import io.sluice.dialect.Values;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TransferId;
import io.sluice.store.access.AuditQuery;
import io.sluice.store.access.AuditQuery.About;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.events.EventTrail;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.orum.OrumStores;
import io.sluice.store.seal.Journal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The lists of the management port. */
final class OperatorCosts {
  private static final CredentialTypeName TYPE = new CredentialTypeName("test-type");

  /** Where keys count in one way within the tenant, and in one within each of the rare holders. */
  private static final Clues CLUES =
      Clues.ofUuids(
              List.of(LargeBooks.COMMON, LargeBooks.RARE, "test.asset"),
              List.of(
                  new Clues.Scope.Whole("whole"), new Clues.Scope.Each("each:", LargeBooks.RARE)),
              OrumStores.TABLES)
          .and(Clues.ofUuids(List.of(), List.of(), IsometricStores.TABLES));

  private OperatorCosts() {}

  static void add(ListCosts costs, int middle) {
    costs.bounded("listAdministrators", "Administrators.MOST");
    costs.bounded("listDepartures", "LotTrail.MOST_EXAMINED");
    costs.filters("readJournal", "from");
    costs.put(
        "readJournal",
        "deep in it",
        Journal::new,
        (journal, tenant) -> journal.read(tenant, middle, PAGE));
    costs.put(
        "listPostings",
        "deep in them",
        OperatorCosts::inspection,
        (books, tenant) ->
            books
                .account(tenant, LargeBooks.account(1))
                .compose(found -> books.postings(tenant, found.orElseThrow(), middle, PAGE)));
    finding(costs, middle);
    audit(costs, "listAudit", middle);
    audit(costs, "listCommonAudit", middle);
    costs.put(
        "listTenants", "all", PgTenantStore::new, (tenants, tenant) -> tenants.list(PAGE, middle));
    for (String operation :
        List.of(
            "listApiKeys",
            "listClientSecrets",
            "listOAuthClients",
            "listUsers",
            "listOrganisationTokens")) {
      costs.put(
          operation,
          "all",
          CredentialStore::new,
          (credentials, tenant) -> credentials.list(tenant, TYPE, ListCosts.place(middle), PAGE));
    }
  }

  /** By whatever may be quoted; also what is not there. */
  private static void finding(ListCosts costs, int middle) {
    UUID there = LargeBooks.id(8 * (middle / 8));
    for (String quoted :
        List.of(there.toString(), UUID.randomUUID().toString(), "payout-1", "" + middle)) {
      costs.put(
          "find",
          quoted.equals(there.toString()) ? "an id" : quoted,
          pools -> new Finder(pools, CLUES, List.of(TYPE.text())),
          (finder, tenant) ->
              finder.find(
                  List.of(tenant.value(), 0),
                  quoted,
                  Values.uuid(quoted),
                  Values.parameter(quoted)));
    }
    costs.put(
        "getTransfer",
        "in the middle",
        OperatorCosts::inspection,
        (books, tenant) -> books.transfer(tenant, new TransferId(there)));
    costs.put(
        "getTransfer",
        "what was told",
        EventTrail::new,
        (events, tenant) -> events.about(tenant, LargeBooks.id(middle)));
    costs.put(
        "getAccount",
        "and how it stood",
        OperatorCosts::inspection,
        (books, tenant) ->
            books
                .account(tenant, LargeBooks.account(1))
                .compose(found -> books.at(tenant, found.orElseThrow(), ListCosts.moment(middle))));
    costs.put(
        "getHolder",
        "with accounts",
        OperatorCosts::inspection,
        (books, tenant) -> books.accountsOf(tenant, LargeBooks.holder(middle)));
    costs.put(
        "getLot",
        "and what brought it",
        OperatorCosts::inspection,
        (books, tenant) -> books.lot(tenant, new LotId(LargeBooks.id(middle))));
  }

  private static Inspection inspection(Pools pools) {
    return new Inspection(
        pools, new PgTransferStore(pools), new PgHolderStore(pools, Clock.systemUTC()));
  }

  private static void audit(ListCosts costs, String operation, int middle) {
    costs.filters(operation, "action", "request", "transfer", "credential", "from", "to");
    for (Optional<About> about :
        List.of(
            Optional.<About>empty(),
            Optional.<About>of(new About.Action("common")),
            Optional.<About>of(new About.Action("rare")),
            Optional.<About>of(new About.Credential(1)),
            Optional.<About>of(new About.Credential(2)),
            Optional.<About>of(new About.Transfer(LargeBooks.id(1))),
            Optional.<About>of(new About.Request("a-request")))) {
      for (Optional<Instant> to :
          List.of(Optional.<Instant>empty(), Optional.of(ListCosts.moment(middle)))) {
        Optional<Place> before = to.isEmpty() ? ListCosts.place(middle) : Optional.empty();
        costs.put(
            operation,
            "about %s to %s".formatted(about, to),
            AuditStore::new,
            (audit, tenant) ->
                audit.list(
                    new AuditQuery(
                        tenant.value(), about, to.map(time -> time.minusSeconds(9)), to, before),
                    PAGE));
      }
    }
  }
}
