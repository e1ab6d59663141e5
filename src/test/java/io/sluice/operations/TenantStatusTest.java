package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For a tenant that is not active nobody is let in, whatever he presents. */
class TenantStatusTest extends ManagedApis {
  private static final String LABELLED = "{\"label\":\"a\"}";

  private static String path;

  @BeforeAll
  static void know() {
    path = "/admin/tenants/" + tenant.value();
  }

  @AfterEach
  void resume() {
    change(path, "resume");
  }

  @Test
  void refusesEveryDialectsClientsWhileATenantIsSuspended() {
    // Given clients that are known, two of them with tokens
    assertThat(statuses()).containsOnly(200);

    // When
    JsonNode suspended = FourApis.ok(change(path, "suspend"));

    // Then
    assertThat(suspended.path("status").textValue()).isEqualTo("suspended");
    assertThat(statuses()).containsOnly(401);
  }

  @Test
  void letsThemInAgainWhenItIsResumed() {
    // Given
    change(path, "suspend");

    // When
    JsonNode resumed = FourApis.ok(change(path, "resume"));

    // Then
    assertThat(resumed.path("status").textValue()).isEqualTo("active");
    assertThat(statuses()).containsOnly(200);
  }

  @Test
  void givesNobodyATokenMeanwhile() {
    // Given
    JsonNode client =
        FourApis.ok(admin.post(path + "/credentials/oauth-clients", "{\"label\":\"another\"}"));
    FourApis.ok(
        admin.post(
            path + "/credentials/users",
            "{\"username\":\"somebody-else\",\"password\":\"a longer pass-phrase\"}"));

    // When
    change(path, "suspend");

    // Then
    assertThat(fetch(client).status()).isEqualTo(401);
    assertThat(signIn().status()).isEqualTo(401);
    change(path, "resume");
    assertThat(fetch(client).status()).isEqualTo(200);
    assertThat(signIn().status()).isEqualTo(200);
  }

  @Test
  void touchesNoOtherTenant() {
    // Given
    String other = "/admin/tenants/" + gateway.newTenant().value();

    // When
    change(other, "suspend");

    // Then
    assertThat(statuses()).containsOnly(200);
  }

  @Test
  void keepsAClosedTenantClosedAndItsBooksReadable() {
    // Given
    String other = "/admin/tenants/" + gateway.newTenant().value();

    // When
    JsonNode closed = FourApis.ok(change(other, "close"));

    // Then
    assertThat(closed.path("status").textValue()).isEqualTo("closed");
    for (String verb : List.of("resume", "suspend")) {
      Reply refused = change(other, verb);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("error").textValue()).isEqualTo("closed");
    }
    assertThat(change(other, "close").status()).isEqualTo(200);
    assertThat(admin.get(other + "/journal").status()).isEqualTo(200);
  }

  /** They would open nothing. */
  @Test
  void makesNoCredentialOfAnyTypeForAClosedTenant() {
    // Given
    String other = "/admin/tenants/" + gateway.newTenant().value();
    String organisation =
        FourApis.ok(
                admin.post(
                    other + "/isometric/organisations",
                    "{\"name\":\"Org\",\"domain\":\"org.example\"}"))
            .path("id")
            .textValue();
    Map<String, String> bodies =
        Map.of(
            "api-keys", LABELLED,
            "client-secrets", LABELLED,
            "oauth-clients", LABELLED,
            "users", "{\"username\":\"nobody\",\"password\":\"a longer pass-phrase\"}",
            "organisation-tokens",
                "{\"label\":\"a\",\"organisation_id\":\"" + organisation + "\"}");
    assertThat(bodies).hasSize(types().size()).containsOnlyKeys(types());
    FourApis.ok(admin.post(other + "/credentials/api-keys", "{\"label\":\"before\"}"));
    change(other, "close");

    bodies.forEach(
        (type, body) -> {
          // When
          Reply refused = admin.post(other + "/credentials/" + type, body);

          // Then
          assertThat(refused.status()).as(type).isEqualTo(409);
          assertThat(refused.json().path("error").textValue()).isEqualTo("closed");
        });
    assertThat(admin.get(other + "/credentials/api-keys").json().path("credentials")).hasSize(1);
  }

  private static List<String> types() {
    return gateway.assembly().dialects().stream()
        .flatMap(dialect -> dialect.credentials().stream())
        .map(type -> type.name().text() + "s")
        .toList();
  }

  @Test
  void givesATenantAnotherNameThatIsFree() {
    // Given
    String other = "/admin/tenants/" + gateway.newTenant().value();
    String taken = admin.get(path).json().path("name").textValue();

    // When
    Reply renamed = admin.send("PATCH", other, "{\"name\":\"its new name\"}");
    Reply refused = admin.send("PATCH", other, "{\"name\":\"" + taken + "\"}");

    // Then
    assertThat(renamed.json().path("name").textValue()).isEqualTo("its new name");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("error").textValue()).isEqualTo("name_taken");
    assertThat(admin.get(other).json().path("name").textValue()).isEqualTo("its new name");
  }

  @Test
  void writesDownWhatWasDone() {
    // Given
    String other = "/admin/tenants/" + gateway.newTenant().value();

    // When
    change(other, "suspend");

    // Then
    assertThat(admin.get(other + "/audit?action=suspendTenant").json().path("records")).hasSize(2);
  }

  private static Reply change(String tenant, String verb) {
    return admin.send("POST", tenant + "/" + verb, "");
  }

  private static List<Integer> statuses() {
    Map<TestClient, String> asks =
        Map.of(
            apis.isometric(), "/registry/v0/organisation",
            apis.orum(), "/deliver/balance",
            apis.scrip(), "/v1/programs",
            apis.corebanq(), "/v1/ledgers");
    return asks.entrySet().stream().map(ask -> ask.getKey().get(ask.getValue()).status()).toList();
  }

  private static Reply fetch(JsonNode client) {
    return gateway
        .client()
        .post(
            "/oauth/token",
            """
            {"client_id":%s,"client_secret":%s}\
            """
                .formatted(client.path("client_id"), client.path("client_secret")));
  }

  private static Reply signIn() {
    return gateway
        .client()
        .post(
            "/v1/authenticate",
            "{\"username\":\"somebody-else\",\"password\":\"a longer pass-phrase\"}");
  }
}
