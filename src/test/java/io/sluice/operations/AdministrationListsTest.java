package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ListChecks;
import io.sluice.dialect.Listed;
import io.sluice.dialect.Paging;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every list of the management port, read page by page. */
class AdministrationListsTest {
  private static final String TENANTS = "/admin/tenants";
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String FUTURE = "2999-01-01T00:00:00Z";

  private static TestingGateway gateway;
  private static TestClient admin;
  private static String tenant;
  private static ListChecks checks;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    admin = gateway.admin();
    tenant = path(gateway.newTenant());
    checks = new ListChecks(admin, all());
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static String path(TenantId id) {
    return TENANTS + "/" + id.value();
  }

  private static List<Listed> all() {
    return List.of(
        new Listed(
            "listTenants",
            TENANTS,
            Paging.NEXT_AFTER,
            "/tenants",
            "/id",
            AdministrationListsTest::makeTenant),
        audit("listCommonAudit", "/admin/audit", AdministrationListsTest::makeTenant)
            .filter("action", "createTenant")
            .none("action", "createApiKey")
            .none("request", UUID.randomUUID())
            .none("transfer", UUID.randomUUID())
            .none("credential", 1),
        audit("listAudit", tenant + "/audit", AdministrationListsTest::makeApiKey)
            .filter("action", "createApiKey")
            .filter("request", makeApiKeyByRequest())
            .filter("transfer", move())
            .filter("credential", makeApiKey().get("number")),
        new Listed(
            "listPostings",
            tenant + "/accounts/" + accountOf(move()) + "/postings",
            Paging.NEXT_BEFORE,
            "/postings",
            "/transfer_id",
            AdministrationListsTest::move),
        new Listed(
                "readJournal",
                tenant + "/journal",
                Paging.NEXT_FROM,
                "/journal",
                "/id",
                AdministrationListsTest::move)
            .filter("from", 0),
        credentials("listApiKeys", "api-keys", labelled("")),
        // Few may be in force: each takes the place of the one before.
        credentials("listClientSecrets", "client-secrets", () -> "{\"label\":\"test\"}"),
        credentials("listOAuthClients", "oauth-clients", () -> "{\"label\":\"test\"}"),
        credentials(
            "listUsers",
            "users",
            () -> "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(unique())),
        credentials(
            "listOrganisationTokens",
            "organisation-tokens",
            labelled(",\"organisation_id\":\"" + organisation() + "\"")));
  }

  /** A record is told from others by all that it says. */
  private static Listed audit(String operation, String target, Runnable add) {
    return new Listed(operation, target, Paging.NEXT_BEFORE, "/records", "", add)
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST);
  }

  private static Listed credentials(String operation, String type, Supplier<String> body) {
    String target = tenant + "/credentials/" + type;
    return new Listed(
        operation, target, Paging.NEXT_AFTER, "/credentials", "/id", () -> made(target, body));
  }

  private static Supplier<String> labelled(String more) {
    return () -> "{\"label\":\"%s\"%s}".formatted(unique(), more);
  }

  private static String unique() {
    return UUID.randomUUID().toString();
  }

  private static void makeTenant() {
    made(TENANTS, () -> "{\"name\":\"%s\"}".formatted(unique()));
  }

  private static JsonNode makeApiKey() {
    return made(tenant + "/credentials/api-keys", labelled(""));
  }

  /** The id of a request that made one. */
  private static String makeApiKeyByRequest() {
    String id = unique();
    Reply reply =
        admin.with("X-Request-Id", id).post(tenant + "/credentials/api-keys", labelled("").get());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return id;
  }

  /** The account that a transfer brought something to. */
  private static String accountOf(String transfer) {
    return admin
        .get(tenant + "/transfers/" + transfer)
        .json()
        .at("/postings/1/account_id")
        .textValue();
  }

  private static String organisation() {
    return made(tenant + "/isometric/organisations", () -> "{\"name\":\"Seller\"}")
        .get("id")
        .textValue();
  }

  /** The id of a transfer that is in the journal. */
  private static String move() {
    String id =
        made(
                tenant + "/orum/enterprise/funding",
                () ->
                    "{\"reference\":\"%s\",\"amount\":1,\"currency\":\"usd\"}".formatted(unique()))
            .at("/funding/id")
            .textValue();
    assertThat(admin.get(tenant + "/seal/receipts/" + id).status()).isEqualTo(200);
    return id;
  }

  private static JsonNode made(String target, Supplier<String> body) {
    Reply reply = admin.post(target, body.get());
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
    return reply.json();
  }

  /** LotDeparturesTest of Scrip reads what has left a lot, as a lot takes a dialect. */
  @Test
  void knowsEveryOperationThatLists() {
    checks.assertKnowEveryOperation(ManagementAsks.DOCUMENT, "listDepartures");
  }

  @Test
  void knowsEveryFilterOfAList() {
    checks.assertKnowEveryFilter(ManagementAsks.DOCUMENT);
  }

  @TestFactory
  Stream<DynamicTest> skipsNothingWhileMoreIsAdded() {
    return checks.skipNothingWhileMoreIsAdded();
  }

  @TestFactory
  Stream<DynamicTest> letsTheSameThroughInPagesAsAtOnce() {
    return checks.letTheSameThroughInPagesAsAtOnce();
  }

  @Test
  void takesNoPlaceOfAnotherList() {
    // Given
    String key = makeApiKey().get("id").textValue();

    // When
    Reply reply = admin.get(tenant + "/credentials/client-secrets?after=" + key);

    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("error").textValue()).isEqualTo("invalid");
  }
}
