package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.access.ClientAddress;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SecretsInLogsTest {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.sluice");
  private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("sluice.audit");

  @Test
  void logsWhatAdministratorsDoAndNoSecret() {
    // Given everything that Sluice logs, however little it matters
    TestingGateway gateway = TestingGateway.shared();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    List.of(ROOT, OURS, AUDIT).forEach(logger -> logger.addAppender(lines));
    Level before = OURS.getLevel();
    Level auditBefore = AUDIT.getLevel();
    OURS.setLevel(Level.TRACE);
    AUDIT.setLevel(Level.TRACE);
    List<String> secrets = new ArrayList<>(List.of(TestingManagement.TOKEN, "pass-word-1234"));

    try (TestingManagement management = new TestingManagement(gateway)) {
      TenantId tenant = gateway.newTenant();
      String name = UUID.randomUUID().toString();

      // When
      useEverything(management.admin(), gateway, tenant, name, secrets);
      management.anybody().with("Authorization", "Bearer wrong-secret-9999").get("/admin/tenants");
      secrets.add("wrong-secret-9999");
    } finally {
      List.of(ROOT, OURS, AUDIT).forEach(logger -> logger.detachAppender(lines));
      OURS.setLevel(before);
      AUDIT.setLevel(auditBefore);
    }

    // Then
    String log =
        List.copyOf(lines.list).stream()
            .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
            .collect(Collectors.joining("\n"));
    assertThat(log)
        .contains(
            "createApiKey",
            "createUser",
            "without a token in force was refused",
            "http.request.id");
    assertThat(secrets).hasSizeGreaterThan(4).noneMatch(log::contains);
  }

  private static void useEverything(
      TestClient admin,
      TestingGateway gateway,
      TenantId tenant,
      String name,
      List<String> secrets) {
    String path = "/admin/tenants/" + tenant.value() + "/credentials/";
    String key =
        admin.post(path + "api-keys", "{\"label\":\"a\"}").json().path("api_key").textValue();
    String secret =
        admin
            .post(path + "client-secrets", "{\"label\":\"a\"}")
            .json()
            .path("client_secret")
            .textValue();
    String client =
        admin
            .post(path + "oauth-clients", "{\"label\":\"a\"}")
            .json()
            .path("client_secret")
            .textValue();
    admin.post(path + "users", "{\"username\":\"" + name + "\",\"password\":\"pass-word-1234\"}");
    var users = gateway.credentialType("user", UserPassword.class);
    var credentials = gateway.services().credentials();
    Await.result(
        credentials.find(
            gateway.credentialType("api-key", BearerSecret.class), key, ClientAddress.NONE));
    Await.result(credentials.login(users, name, "pass-word-1234", ClientAddress.NONE));
    Await.result(credentials.login(users, name, "other-word-5678", ClientAddress.NONE));
    secrets.addAll(List.of(key, secret, client, "other-word-5678"));
  }
}
