package io.sluice.testing;

import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
import io.sluice.ledger.TenantId;
import java.util.Map;

/**
 * A tenant that one dialect's part of the demo was set up for, and what was printed of it.
 *
 * @param client with the printed credentials
 * @param secrets what signs in besides, by name
 */
public record DemoTenant(TenantId tenant, TestClient client, Map<String, String> secrets) {
  public DemoTenant {
    secrets = Map.copyOf(secrets);
  }

  /** Sets it up for a tenant, and signs in as the printed call does. */
  public static DemoTenant of(TestingGateway gateway, String dialect, TenantId tenant) {
    var demonstration = new Demonstration(tenant, gateway.baseUrl(), gateway.issuer());
    FirstTransfer first = Await.result(gateway.dialect(dialect).demonstrate(demonstration));
    TestClient client = gateway.client();
    for (Map.Entry<String, String> header : first.headers().entrySet()) {
      client = client.with(header.getKey(), header.getValue());
    }
    return new DemoTenant(tenant, client, first.signIn());
  }
}
