package io.sluice.store;

import static io.sluice.store.ListCosts.PAGE;

import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import java.util.List;

/** The lists of the management port. */
final class OperatorCosts {
  private static final CredentialTypeName TYPE = new CredentialTypeName("test-type");

  private OperatorCosts() {}

  static void add(ListCosts costs, int middle) {
    costs.put(
        "listTenants",
        "all",
        PgTenantStore::new,
        (tenants, tenant) -> tenants.list(PAGE, middle));
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
          (credentials, tenant) -> credentials.list(tenant, TYPE, PAGE));
    }
  }
}
