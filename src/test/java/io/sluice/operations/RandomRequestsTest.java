package io.sluice.operations;

import io.sluice.dialect.Ask;
import io.sluice.dialect.RandomRequests;
import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Random requests to all operations of the management port. */
class RandomRequestsTest extends RandomRequests {
  @Override
  protected Site open() {
    TestingGateway gateway = TestingGateway.shared();
    TestClient admin = gateway.admin();
    TenantId tenant = gateway.newTenant();
    List<Ask> asks =
        Stream.concat(
                ManagementAsks.of(tenant).stream(), ManagementAsks.ofDialects(gateway, tenant))
            .toList();
    return new Site(
        ManagementAsks.DOCUMENT, URI.create(admin.baseUrl()).getPort(), admin.headers(), asks);
  }
}
