package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;

import io.sluice.store.access.AuditQuery;
import io.sluice.store.access.AuditQuery.About;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.seal.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The lists of the management port. */
final class OperatorCosts {
  private static final CredentialTypeName TYPE = new CredentialTypeName("test-type");

  private OperatorCosts() {}

  static void add(ListCosts costs, int middle) {
    costs.put(
        "readJournal",
        "deep in it",
        Journal::new,
        (journal, tenant) -> journal.read(tenant, middle, PAGE));
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

  private static void audit(ListCosts costs, String operation, int middle) {
    for (Optional<About> about :
        List.of(
            Optional.<About>empty(),
            Optional.<About>of(new About.Action("common")),
            Optional.<About>of(new About.Action("rare")),
            Optional.<About>of(new About.Credential(1)),
            Optional.<About>of(new About.Credential(2)),
            Optional.<About>of(new About.Transfer(LargeBooks.id(1))))) {
      for (Optional<Instant> to :
          List.of(Optional.<Instant>empty(), Optional.of(ListCosts.moment(middle)))) {
        Optional<Place> before = to.isEmpty() ? ListCosts.place(middle) : Optional.empty();
        costs.put(
            operation,
            "about %s to %s".formatted(about, to),
            AuditStore::new,
            (audit, tenant) ->
                audit.list(
                    new AuditQuery(tenant.value(), about, Optional.empty(), to, before), PAGE));
      }
    }
  }
}
