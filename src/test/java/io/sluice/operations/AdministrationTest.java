package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.ClientAddress;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.Credentials.Login;
import io.sluice.access.PgCredentials;
import io.sluice.dialect.Endpoint;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest {
  private static TestingGateway gateway;
  private static TestingManagement management;
  private static TestClient admin;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong-token-of-some-length",
        "Bearer an-admin-token-for-test",
        "Bearer an-admin-token-for-testss",
        "Basic an-admin-token-for-tests",
        "an-admin-token-for-tests"
      })
  void letsNobodyInWithoutTheToken(String authorization) {
    // Given
    TestClient client = management.anybody().with("Authorization", authorization);

    // When
    Reply reply = client.get("/admin/tenants");

    // Then
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    assertThat(error(reply)).isEqualTo("unauthorized");
  }

  @Test
  void asksForTheTokenBeforeEveryOperationOfTheAdministration() {
    // Given
    TestClient anybody = management.anybody();

    List<Endpoint> endpoints =
        gateway
            .dialect("isometric")
            .administration()
            .behind((call, operation) -> Future.failedFuture("not asked"));
    assertThat(endpoints).isNotEmpty();

    for (Endpoint endpoint : endpoints) {
      String path = "/admin/tenants/1/isometric" + endpoint.path().replaceAll(":[a-z_]+", "x");

      // When
      Reply reply = anybody.send(endpoint.method().name(), path, "{}");

      // Then
      assertThat(reply.status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void createsShowsAndListsTenants() {
    // Given
    String name = "tenant " + UUID.randomUUID();

    // When
    Reply created = admin.post("/admin/tenants", "{\"name\":\"" + name + "\"}");

    // Then
    assertThat(created.status()).isEqualTo(201);
    int id = created.json().path("id").intValue();
    Reply got = admin.get("/admin/tenants/" + id);
    assertThat(got.json()).isEqualTo(created.json());
    assertThat(got.json().path("name").textValue()).isEqualTo(name);
    assertThat(admin.get("/admin/tenants?limit=1000").json().path("tenants"))
        .contains(created.json());
    assertThat(error(admin.post("/admin/tenants", "{\"name\":\"" + name + "\"}")))
        .isEqualTo("name_taken");
  }

  @Test
  void pagesThroughTenants() {
    // Given
    gateway.newTenant();
    gateway.newTenant();
    JsonNode all = admin.get("/admin/tenants").json().path("tenants");

    // When
    String next = "/admin/tenants?limit=1&after=" + all.get(0).path("id").intValue();
    JsonNode second = admin.get(next).json().path("tenants");

    // Then
    assertThat(second).hasSize(1);
    assertThat(second.get(0)).isEqualTo(all.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=1001", "limit=x", "limit=", "after=-1", "after=99999999999"})
  void refusesPagesThatMakeNoSense(String query) {
    // Given a query out of range

    // When
    Reply reply = admin.get("/admin/tenants?" + query);

    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").textValue()).contains(query.split("=")[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999", "0", "-1", "x", "1x", "99999999999", "%00", "1%2F2", "٣"})
  void knowsNoOtherTenants(String tenant) {
    // Given a tenant that does not exist

    // When
    Reply get =
        admin.get(
            "/admin/tenants/"
                + java.net.URLEncoder.encode(tenant, java.nio.charset.StandardCharsets.UTF_8)
                    .replace("%25", "%"));
    Reply post =
        admin.post("/admin/tenants/999999/credentials/api-keys", "{\"label\":\"somebody\"}");
    Reply mounted =
        admin.post("/admin/tenants/999999/isometric/organisations", "{\"name\":\"Org\"}");

    // Then
    assertThat(get.status()).isIn(400, 404);
    assertThat(error(post)).isEqualTo("unknown_tenant");
    assertThat(error(mounted)).isEqualTo("unknown_tenant");
  }

  @Test
  void makesListsAndRevokesAnApiKey() {
    // Given
    TenantId tenant = gateway.newTenant();
    Reply created = make(tenant, "api-keys", "{\"label\":\"shop\"}");
    String key = created.json().path("api_key").textValue();
    assertThat(owner("api-key", key).orElseThrow().tenant()).isEqualTo(tenant);

    // When
    Reply revoked = admin.send("DELETE", path(tenant, "api-keys/" + id(created)), "");

    // Then
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Cache-Control")).contains("no-store");
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(owner("api-key", key)).isEmpty();
    JsonNode listed = list(tenant, "api-keys");
    assertThat(listed.get(0).path("revoked_at").isTextual()).isTrue();
    assertThat(listed.toString()).doesNotContain(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-secrets | {\"label\":\"a\"}",
        "oauth-clients | {\"label\":\"a\"}",
        "users | {\"username\":\"%s\",\"password\":\"a good one\"}",
        "organisation-tokens | {\"label\":\"a\",\"organisation_id\":\"%s\"}"
      })
  void makesListsAndRevokesEveryTypeOfCredential(String type, String form) {
    // Given
    TenantId tenant = gateway.newTenant();
    String name = type.equals("users") ? UUID.randomUUID().toString() : organisation(tenant);
    Reply created = make(tenant, type, form.formatted(name));

    // When
    Reply revoked = admin.send("DELETE", path(tenant, type + "/" + id(created)), "");

    // Then
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(list(tenant, type).get(0).path("revoked_at").isTextual()).isTrue();
  }

  private static String organisation(TenantId tenant) {
    return admin
        .post(
            "/admin/tenants/" + tenant.value() + "/isometric/organisations",
            "{\"name\":\"Org\",\"domain\":\"org.example\"}")
        .json()
        .path("id")
        .textValue();
  }

  @Test
  void makesAClientSecret() {
    // Given
    TenantId tenant = gateway.newTenant();

    // When
    Reply created = make(tenant, "client-secrets", "{\"label\":\"app\"}");

    // Then
    String secret = created.json().path("client_secret").textValue();
    assertThat(owner("client-secret", secret).orElseThrow().tenant()).isEqualTo(tenant);
  }

  @Test
  void makesTwoOAuthClientsAndNoThird() {
    // Given
    TenantId tenant = gateway.newTenant();
    Reply first = make(tenant, "oauth-clients", "{\"label\":\"a\",\"scopes\":[\"read:balances\"]}");
    make(tenant, "oauth-clients", "{\"label\":\"b\"}");

    // When
    Reply third = make(tenant, "oauth-clients", "{\"label\":\"c\",\"scopes\":[]}");

    // Then
    assertThat(third.status()).isEqualTo(409);
    assertThat(error(third)).isEqualTo("too_many");
    var found =
        Await.result(
            credentials()
                .find(
                    gateway.credentialType("oauth-client", ClientCredentials.class),
                    first.json().path("client_id").textValue(),
                    first.json().path("client_secret").textValue(),
                    ClientAddress.NONE));
    assertThat(found.orElseThrow().scopes()).containsExactly("read:balances");
  }

  @Test
  void givesAClientEveryScopeUnlessTheyAreNamed() {
    // Given
    TenantId tenant = gateway.newTenant();
    Reply none = make(tenant, "oauth-clients", "{\"label\":\"none\",\"scopes\":[]}");

    // When
    Reply all = make(tenant, "oauth-clients", "{\"label\":\"all\"}");

    // Then
    var type = gateway.credentialType("oauth-client", ClientCredentials.class);
    assertThat(none.json().path("scopes")).isEmpty();
    assertThat(all.json().path("scopes").valueStream().map(JsonNode::textValue))
        .containsExactlyInAnyOrderElementsOf(type.scopes());
  }

  @Test
  void makesUsersWhoseNamesAreUnique() {
    // Given
    TenantId tenant = gateway.newTenant();
    String user = "{\"username\":\"" + UUID.randomUUID() + "\",\"password\":\"a good one\"}";
    Reply created = make(tenant, "users", user);
    String name = created.json().path("username").textValue();

    // When
    Reply taken = make(gateway.newTenant(), "users", user);

    // Then
    assertThat(error(taken)).isEqualTo("name_taken");
    var login = (Login.Success) login(name, "a good one");
    assertThat(login.tenant()).isEqualTo(tenant);
    assertThat(login.user()).isEqualTo(Backing.Credential.unchanging(UUID.fromString(id(created))));
  }

  @Test
  void issuesAndRevokesTokensOfOrganisations() {
    // Given
    TenantId tenant = gateway.newTenant();
    String organisation = organisation(tenant);
    Reply created =
        make(
            tenant,
            "organisation-tokens",
            "{\"label\":\"t\",\"organisation_id\":\"" + organisation + "\"}");
    String token = created.json().path("token").textValue();
    var tokens = gateway.services().tokens();
    assertThat(
            Await.result(tokens.verify(token, "isometric", ClientAddress.NONE))
                .orElseThrow()
                .tenant())
        .isEqualTo(tenant);

    // When
    Reply revoked = admin.send("DELETE", path(tenant, "organisation-tokens/" + id(created)), "");

    // Then
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(Await.result(tokens.verify(token, "isometric", ClientAddress.NONE))).isEmpty();
    assertThat(
            error(
                make(
                    gateway.newTenant(),
                    "organisation-tokens",
                    "{\"label\":\"t\",\"organisation_id\":\"" + organisation + "\"}")))
        .isEqualTo("unknown_organisation");
  }

  @Test
  void refusesEarlierTokens() {
    // Given
    TenantId tenant = gateway.newTenant();
    var expiry = java.time.Instant.now().plusSeconds(3600);
    String token = gateway.token(tenant, "orum", UUID.randomUUID(), java.util.Set.of(), expiry);

    // When
    Reply reply =
        admin.send("POST", "/admin/tenants/" + tenant.value() + "/refuse-earlier-tokens", "");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(Await.result(gateway.services().tokens().verify(token, "orum", ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void letsNoTenantsCredentialBeRevokedThroughAnother() {
    // Given
    Reply created = make(gateway.newTenant(), "api-keys", "{\"label\":\"mine\"}");
    TenantId other = gateway.newTenant();

    // When
    Reply reply = admin.send("DELETE", path(other, "api-keys/" + id(created)), "");

    // Then
    assertThat(error(reply)).isEqualTo("unknown_credential");
    assertThat(list(other, "api-keys")).isEmpty();
    String key = created.json().path("api_key").textValue();
    assertThat(owner("api-key", key)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "credentials/api-keys | | invalid_json",
        "credentials/api-keys | { | invalid_json",
        "credentials/api-keys | [] | invalid",
        "credentials/api-keys | {} | invalid",
        "credentials/api-keys | {\"label\":null} | invalid",
        "credentials/api-keys | {\"label\":1} | invalid",
        "credentials/api-keys | {\"label\":\"\"} | invalid",
        "credentials/api-keys | {\"label\":\"a\\u0000b\"} | invalid_json",
        "credentials/api-keys | {\"label\":\"a\\u0001b\"} | invalid",
        "credentials/api-keys | {\"label\":\"\\ud800\"} | invalid_json",
        "credentials/api-keys | {\"label\":\"a\",\"label\":\"b\"} | invalid_json",
        "credentials/api-keys | {\"label\":\"a\",\"lable\":\"b\"} | invalid",
        "credentials/oauth-clients | {\"label\":\"a\",\"scopes\":\"x\"} | invalid",
        "credentials/oauth-clients | {\"label\":\"a\",\"scopes\":[1]} | invalid",
        "credentials/oauth-clients | {\"label\":\"a\",\"scopes\":[\"a b\"]} | invalid",
        "credentials/oauth-clients | {\"label\":\"a\",\"scopes\":null} | invalid",
        "credentials/oauth-clients | {\"label\":\"a\",\"scopes\":[\"read:everything\"]} | invalid",
        "credentials/users | {\"username\":\"u\",\"password\":\"short\"} | invalid",
        "credentials/organisation-tokens | {\"label\":\"a\",\"organisation_id\":\"o\"} "
            + "| unknown_organisation",
        "credentials/nothing | {} | not_found"
      })
  void answersBadInputWithAnErrorThatSaysWhatIsWrong(String path, String body, String code) {
    // Given
    TenantId tenant = gateway.newTenant();

    // When
    Reply reply =
        admin.post("/admin/tenants/" + tenant.value() + "/" + path, body == null ? "" : body);

    // Then
    assertThat(reply.status()).isBetween(400, 404);
    assertThat(error(reply)).isEqualTo(code);
    assertThat(reply.json().path("message").textValue()).isNotBlank();
  }

  @Test
  void answersWhatIsNoOperationOrNoJson() {
    // Given
    TestClient form = admin.with("Content-Type", "text/plain");

    // When
    Reply type = form.post("/admin/tenants", "name=x");
    Reply method = admin.send("PATCH", "/admin/tenants", "{}");
    Reply large = admin.post("/admin/tenants", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");
    Reply nowhere = admin.get("/nowhere");

    // Then
    assertThat(error(type)).isEqualTo("unsupported_media_type");
    assertThat(error(method)).isEqualTo("method_not_allowed");
    assertThat(error(large)).isEqualTo("body_too_large");
    assertThat(error(nowhere)).isEqualTo("not_found");
  }

  private static PgCredentials credentials() {
    return gateway.assembly().access().credentials();
  }

  private static Optional<Principal> owner(String type, String secret) {
    return Await.result(
        credentials()
            .find(gateway.credentialType(type, BearerSecret.class), secret, ClientAddress.NONE));
  }

  private static Login login(String name, String password) {
    return Await.result(
        credentials()
            .login(
                gateway.credentialType("user", UserPassword.class),
                name,
                password,
                ClientAddress.NONE));
  }

  private static Reply make(TenantId tenant, String type, String body) {
    return admin.post(path(tenant, type), body);
  }

  private static JsonNode list(TenantId tenant, String type) {
    return admin.get(path(tenant, type)).json().path("credentials");
  }

  private static String path(TenantId tenant, String rest) {
    return "/admin/tenants/" + tenant.value() + "/credentials/" + rest;
  }

  private static String id(Reply reply) {
    return reply.json().path("id").textValue();
  }

  private static String error(Reply reply) {
    return reply.json().path("error").textValue();
  }
}
