package io.sluice.operations;

import io.sluice.dialect.Ask;
import io.sluice.dialect.RandomRequests;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Random requests to all operations of the management port. */
class RandomRequestsTest extends RandomRequests {
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

  @Override
  protected Site open() {
    OpenApiDocument document = OpenApiDocument.of("management");
    TestClient admin = TestingGateway.shared().admin();
    String tenant = Integer.toString(TestingGateway.shared().newTenant().value());
    List<Ask> asks =
        document.operations().stream().map(operation -> ask(operation, tenant)).toList();
    return new Site(document, URI.create(admin.baseUrl()).getPort(), admin.headers(), asks);
  }

  private static Ask ask(OpenApiDocument.Operation operation, String tenant) {
    String path =
        operation
            .path()
            .replace("{tenant}", tenant)
            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    String body = WITHOUT_BODY.contains(operation.method()) ? "" : "{\"name\":\"n\"}";
    return new Ask(operation.method(), path, Map.of(), body);
  }
}
