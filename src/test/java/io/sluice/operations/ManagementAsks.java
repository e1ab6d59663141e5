package io.sluice.operations;

import io.sluice.dialect.Ask;
import io.sluice.ledger.TenantId;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A request for every operation of the management port, on things that need not be there. */
final class ManagementAsks {
  static final OpenApiDocument DOCUMENT = OpenApiDocument.of("management");

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

  /** Cannot be asked without a question. */
  private static final String FIND = "/admin/find";

  private ManagementAsks() {}

  static List<Ask> of(TenantId tenant) {
    return DOCUMENT.operations().stream()
        .map(operation -> ask(operation.method(), operation.path(), tenant))
        .toList();
  }

  /** A request for every operation that dialects mount here. */
  static Stream<Ask> ofDialects(TestingGateway gateway, TenantId tenant) {
    return gateway.assembly().dialects().stream()
        .flatMap(
            dialect ->
                dialect
                    .administration()
                    .map(each -> each.below("/admin/tenants/:tenant/" + dialect.name()))
                    .behind((call, operation) -> Future.failedFuture("not asked"))
                    .stream())
        .map(each -> ask(each.method().name(), each.path().replaceAll(":(\\w+)", "{$1}"), tenant));
  }

  private static Ask ask(String method, String template, TenantId tenant) {
    String path =
        template
            .replace("{tenant}", Integer.toString(tenant.value()))
            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    if (template.equals(FIND)) {
      path += "?q=anything";
    }
    String body = WITHOUT_BODY.contains(method) ? "" : "{\"name\":\"n\"}";
    return new Ask(method, path, Map.of(), body);
  }
}
