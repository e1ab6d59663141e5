package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.access.ClientAddress;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.dialect.Json;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.LogSchema;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of administrators and of those who try to be let in. */
class AuditTest {
  private static TestingGateway gateway;
  private static TestingManagement management;
  private static TestClient admin;

  private final String mark = UUID.randomUUID().toString();
  private final TenantId tenant = gateway.newTenant();

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
    admin = management.admin();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  @Test
  void holdsThatACredentialWasAskedForAndMadeWithoutItsSecret() {
    // When
    Reply made = admin.post(path("credentials/api-keys"), "{\"label\":\"" + mark + "\"}");

    // Then
    List<JsonNode> records = records();
    assertThat(records)
        .extracting(r -> r.path("event.type").textValue())
        .containsExactly("start", "end");
    JsonNode end = records.getLast();
    assertThat(end.path("event.action").textValue()).isEqualTo("createApiKey");
    assertThat(end.path("event.outcome").textValue()).isEqualTo("success");
    assertThat(end.path("sluice.label").textValue()).isEqualTo(mark);
    assertThat(end.path("sluice.credential").intValue())
        .isEqualTo(made.json().path("number").intValue());
    assertThat(end.path("http.request.id").textValue())
        .isEqualTo(made.header("X-Request-Id").orElseThrow());
    assertThat(records.toString()).doesNotContain(made.json().path("api_key").textValue());
  }

  @Test
  void holdsRevocationsAndTheEndOfTokens() {
    // Given
    Reply made = admin.post(path("credentials/api-keys"), "{\"label\":\"a\"}");
    String id = made.json().path("id").textValue();

    // When
    admin.send("DELETE", path("credentials/api-keys/" + id), "");
    admin.post(path("refuse-earlier-tokens"), "");

    // Then
    assertThat(records())
        .filteredOn(r -> r.path("event.type").textValue().equals("end"))
        .extracting(r -> r.path("event.action").textValue())
        .containsExactly("createApiKey", "revokeApiKey", "refuseEarlierTokens");
  }

  @Test
  void holdsFundingWithAmountReferenceAndTransfer() {
    // When
    Reply funded =
        admin.post(
            path("orum/enterprise/funding"),
            "{\"reference\":\"" + mark + "\",\"amount\":1234,\"currency\":\"usd\"}");

    // Then
    JsonNode end = records().getLast();
    assertThat(end.path("sluice.reference").textValue()).isEqualTo(mark);
    assertThat(end.path("sluice.amount").textValue()).startsWith("1234 cents");
    assertThat(end.path("sluice.transfer").textValue())
        .as(funded.text())
        .isEqualTo(funded.json().path("funding").path("id").textValue());
  }

  @Test
  void holdsIssuancesAndOrdersWithAmountReferenceAndTransfer() {
    // Given
    String organisation = made("organisations", "{\"name\":\"Seller\"}");
    String supplier =
        made("suppliers", "{\"organisation_id\":\"%s\",\"code\":\"SUP\"}".formatted(organisation));
    String project =
        made(
            "projects",
            """
            {"supplier_id":"%s","name":"Rocks","short_code":"ROCK","country_code":"GBR",
             "pathway":"marine"}
            """
                .formatted(supplier));
    String issuance =
        """
        {"reference":"%s","project_id":"%s",
         "credit_batches":[{"credit_quantity_kg":70,"sequestered_on":"2025-01-31"}]}
        """
            .formatted(mark, project);
    String order =
        """
        {"reference":"%s","buyer_organisation_id":"%s","supplier_id":"%s",
         "credit_quantity_kg":70,"effective_contract_date":"2025-01-31"}
        """
            .formatted(mark, organisation, supplier);

    for (var entered : Map.of("issuances", issuance, "orders", order).entrySet()) {
      // When
      made(entered.getKey(), entered.getValue());

      // Then
      JsonNode end = records().getLast();
      assertThat(end.path("sluice.reference").textValue()).isEqualTo(mark);
      assertThat(end.path("sluice.amount").textValue()).isEqualTo("70 kg");
      assertThat(end.path("sluice.transfer").textValue()).as(entered.getKey()).isNotBlank();
    }
  }

  private String made(String what, String body) {
    Reply reply = admin.post(path("isometric/" + what), body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().path("id").textValue();
  }

  @Test
  void findsWhatIsAboutATransferOrACredential() {
    // Given
    JsonNode credential = admin.post(path("credentials/api-keys"), "{\"label\":\"a\"}").json();
    admin.post(path("credentials/api-keys"), "{\"label\":\"b\"}");
    String funded =
        admin
            .post(
                path("orum/enterprise/funding"),
                "{\"reference\":\"%s\",\"amount\":5}".formatted(mark))
            .json()
            .at("/funding/id")
            .textValue();
    admin.send("DELETE", path("credentials/api-keys/" + credential.path("id").textValue()), "");

    // When
    List<JsonNode> ofTransfer = listed("transfer=" + funded);
    List<JsonNode> ofCredential = listed("credential=" + credential.path("number").intValue());
    List<JsonNode> ofAction = listed("action=createApiKey");

    // Then
    assertThat(actions(ofTransfer)).containsExactly("orumFundEnterprise");
    assertThat(actions(ofCredential)).containsExactly("revokeApiKey", "createApiKey");
    assertThat(actions(ofAction)).hasSize(4).containsOnly("createApiKey");
    assertThat(listed("transfer=" + UUID.randomUUID())).isEmpty();
  }

  @Test
  void listsNewestFirstPageByPageWhateverComesMeanwhile() {
    // Given
    admin.post(path("refuse-earlier-tokens"), "");
    admin.post(path("credentials/api-keys"), "{\"label\":\"a\"}");
    List<JsonNode> all = listed("");
    assertThat(all).hasSize(4);

    // When
    List<JsonNode> paged = new ArrayList<>();
    String query = "limit=1";
    for (JsonNode next = TextNode.valueOf(""); next.isTextual(); ) {
      JsonNode page = admin.get(path("audit?" + query)).json();
      admin.post(path("refuse-earlier-tokens"), "");
      page.path("records").forEach(paged::add);
      next = page.path("next");
      query = "limit=1&before=" + next.textValue();
    }

    // Then
    assertThat(paged).isEqualTo(all);
    String second = all.get(1).path("@timestamp").textValue();
    assertThat(listed("from=" + second)).contains(all.get(0), all.get(1));
    assertThat(listed("to=" + second)).isEqualTo(all.subList(2, 4));
  }

  @Test
  void listsWhatConcernsNoTenantApart() {
    // Given
    management.anybody().with("X-Request-Id", mark).get("/admin/tenants");

    // When
    JsonNode page = admin.get("/admin/audit?action=listTenants&limit=1000").json();

    // Then
    assertThat(page.path("records").toString()).contains(mark);
    assertThat(listed("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "action=x&transfer=00000000-0000-0000-0000-000000000000",
        "credential=0",
        "credential=x",
        "transfer=x",
        "action=",
        "from=yesterday",
        "to=2026-01-01",
        "limit=0",
        "limit=1001",
        "before=x",
        "before=00000000-0000-0000-0000-000000000000",
        "limit=1&limit=2"
      })
  void refusesQueriesThatMakeNoSense(String query) {
    // When
    Reply reply = admin.get(path("audit?" + query));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(admin.get("/admin/audit?" + query).status()).isEqualTo(400);
  }

  private List<JsonNode> listed(String query) {
    Reply reply = admin.get(path("audit?" + query));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    List<JsonNode> records = new ArrayList<>();
    reply.json().path("records").forEach(records::add);
    records.forEach(record -> LogSchema.assertFits(record.toString()));
    return records;
  }

  private static List<String> actions(List<JsonNode> records) {
    return records.stream().map(record -> record.path("event.action").textValue()).toList();
  }

  @Test
  void holdsWhatFailed() {
    // When
    admin.post(path("credentials/api-keys"), "{\"label\":7}");

    // Then
    assertThat(records().getLast().path("event.outcome").textValue()).isEqualTo("failure");
  }

  @Test
  void holdsWhoHasNoToken() {
    // When
    management.anybody().with("X-Request-Id", mark).get("/admin/tenants");

    // Then
    assertThat(all("denied").toString()).contains(mark);
  }

  @Test
  void namesWhoFailedToLogInAndFromWhere() {
    // Given
    String name = "\u202e\n" + mark;
    var address = new ClientAddress("192.0.2." + (mark.hashCode() & 127));

    // When
    for (int i = 0; i < 5; i++) {
      Await.result(
          gateway
              .services()
              .credentials()
              .login(gateway.credentialType("user", UserPassword.class), name, "wrong", address));
    }
    Await.result(
        gateway
            .services()
            .credentials()
            .find(
                gateway.credentialType("oauth-client", ClientCredentials.class),
                mark,
                "wrong",
                address));

    // Then
    assertThat(all(address.network()))
        .extracting(r -> r.path("event.action").textValue())
        .containsExactly(
            "login_refused",
            "login_refused",
            "login_refused",
            "login_refused",
            "login_locked",
            "client_refused");
    assertThat(all(address.network()).getFirst().path("user.name").textValue()).isEqualTo(name);
  }

  private String path(String rest) {
    return "/admin/tenants/" + tenant.value() + "/" + rest;
  }

  private List<JsonNode> records() {
    return select("tenant_id = " + tenant.value());
  }

  private static List<JsonNode> all(String part) {
    return select("record LIKE '%" + part + "%'");
  }

  private static List<JsonNode> select(String condition) {
    List<String> records =
        Await.result(
            gateway
                .assembly()
                .pools()
                .lookUps()
                .all(
                    "SELECT record FROM audit WHERE " + condition + " ORDER BY id",
                    row -> row.getString(0)));
    records.forEach(LogSchema::assertFits);
    return records.stream().map(text -> Json.parse(Buffer.buffer(text))).toList();
  }
}
