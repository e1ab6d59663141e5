package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assembly.Assembly;
import io.sluice.testing.OpenApiCheck;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManagementDocumentTest {
  @Test
  void documentsEveryOperationOfItsOwn() {
    // Given
    Assembly assembly = TestingGateway.shared().assembly();
    AdminGuard guard =
        new AdminGuard(AdminCredential.of("0123456789abcdef"), assembly.administration());

    // When
    Set<String> served =
        ManagementPort.administration(assembly.administration(), guard).stream()
            .filter(endpoint -> !isOfDialect(assembly, endpoint.path()))
            .map(endpoint -> endpoint.operation() + " " + endpoint.method() + " " + endpoint.path())
            .collect(Collectors.toSet());

    // Then
    Set<String> documented =
        OpenApiDocument.of("management").operations().stream()
            .map(operation -> operation.id() + " " + operation.method() + " " + operation.path())
            .map(path -> path.replaceAll("\\{(\\w+)}", ":$1"))
            .filter(path -> path.contains("/admin/"))
            .collect(Collectors.toSet());
    assertThat(documented).isEqualTo(served);
  }

  /** Dialects document what they mount themselves. */
  private static boolean isOfDialect(Assembly assembly, String path) {
    return assembly.dialects().stream()
        .anyMatch(dialect -> path.startsWith("/admin/tenants/:tenant/" + dialect.name() + "/"));
  }

  @Test
  void answersAsItsDocumentSays() {
    try (TestingManagement management = new TestingManagement(TestingGateway.shared())) {
      // Given a client that checks every answer against the document
      TestClient admin =
          TestClient.of(management.anybody().baseUrl(), new OpenApiCheck(List.of("management")))
              .with("Authorization", "Bearer " + TestingManagement.TOKEN);
      int tenant = TestingGateway.shared().newTenant().value();
      String path = "/admin/tenants/" + tenant;

      // When
      List<Reply> replies =
          List.of(
              admin.get("/health/live"),
              admin.get("/health/ready"),
              admin.get("/admin/tenants"),
              admin.get(path),
              admin.send("PUT", path + "/rate-limit", "{\"per_second\":0,\"burst\":1}"),
              admin.send("DELETE", path + "/rate-limit", ""),
              admin.send("POST", path + "/refuse-earlier-tokens", ""),
              admin.post(path + "/credentials/oauth-clients", "{\"label\":\"a\"}"),
              admin.get(path + "/credentials/oauth-clients"),
              admin.get(path + "/seal"),
              admin.get(path + "/seal/receipts/" + java.util.UUID.randomUUID()),
              admin.get(path + "/seal/growth?from=1&to=2"),
              admin.get("/admin/tenants/999999"),
              admin.post("/admin/tenants", "{}"));

      // Then
      assertThat(replies).extracting(Reply::status).doesNotContain(500);
    }
  }
}
