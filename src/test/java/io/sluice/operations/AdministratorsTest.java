package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.Administrators;
import io.sluice.dialect.Ask;
import io.sluice.store.access.Administrator;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who administrate by name, each within a role. */
class AdministratorsTest extends Administered {
  @Test
  void letsAReaderLookAndChangeNothing() {
    // Given
    TestClient reader = with(made("reader").path("token").textValue());
    List<Ask> asks =
        ManagementAsks.of(tenant).stream()
            .filter(ask -> ask.target().startsWith("/admin/"))
            .toList();

    for (Ask ask : asks) {
      // When
      int status = ask.send(reader).status();

      // Then
      boolean looks = ask.method().equals("GET") && !ask.target().equals(ADMINISTRATORS);
      assertThat(status == 403).as(ask::toString).isEqualTo(!looks);
    }
  }

  @Test
  void letsAReaderChangeNothingThatDialectsMount() {
    // Given
    TestClient reader = with(made("reader").path("token").textValue());
    List<Ask> asks = ManagementAsks.ofDialects(gateway, tenant).toList();

    for (Ask ask : asks) {
      // When
      int status = ask.send(reader).status();

      // Then
      assertThat(status == 403).as(ask::toString).isEqualTo(!ask.method().equals("GET"));
    }
  }

  @Test
  void letsAnOperatorChangeAllButWhoAdministratesAndWhatCannotBeUndone() {
    // Given
    TestClient operator = with(made("operator").path("token").textValue());
    String path = "/admin/tenants/" + tenant.value();

    // When
    Reply changed = operator.post(path + "/credentials/api-keys", "{\"label\":\"till\"}");
    List<Reply> refused =
        List.of(
            operator.get(ADMINISTRATORS),
            operator.post(ADMINISTRATORS, "{\"name\":\"Mallory\",\"role\":\"owner\"}"),
            operator.send("POST", ADMINISTRATORS + "/" + UUID.randomUUID() + "/rotate", ""),
            operator.send("DELETE", ADMINISTRATORS + "/" + UUID.randomUUID(), ""),
            operator.send("POST", path + "/close", ""));

    // Then
    assertThat(changed.status()).isEqualTo(201);
    assertThat(refused).extracting(Reply::status).containsOnly(403);
    assertThat(refused)
        .extracting(reply -> reply.json().path("error").textValue())
        .containsOnly("forbidden");
  }

  @Test
  void letsAnOwnerSayWhoAdministrates() {
    // Given
    TestClient second = with(made("owner").path("token").textValue());

    // When
    Reply made =
        second.post(ADMINISTRATORS, "{\"name\":\"%s\",\"role\":\"reader\"}".formatted(name()));

    // Then
    assertThat(made.status()).isEqualTo(201);
    assertThat(second.get(ADMINISTRATORS).json().path("administrators"))
        .anySatisfy(one -> assertThat(one.path("id")).isEqualTo(made.json().path("id")))
        .allSatisfy(one -> assertThat(one.has("token")).isFalse());
  }

  @Test
  void endsATokenAtOnceWhenItIsRotatedOrRevoked() {
    // Given
    JsonNode made = made("reader");
    String id = made.path("id").textValue();
    TestClient first = with(made.path("token").textValue());
    assertThat(first.get("/admin/tenants").status()).isEqualTo(200);

    // When
    JsonNode rotated = FourApis.ok(owner.send("POST", ADMINISTRATORS + "/" + id + "/rotate", ""));

    // Then
    TestClient second = with(rotated.path("token").textValue());
    assertThat(rotated.path("rotated_at").isNull()).isFalse();
    assertThat(first.get("/admin/tenants").status()).isEqualTo(401);
    assertThat(second.get("/admin/tenants").status()).isEqualTo(200);
    assertThat(owner.send("DELETE", ADMINISTRATORS + "/" + id, "").status()).isEqualTo(204);
    assertThat(second.get("/admin/tenants").status()).isEqualTo(401);
    assertThat(owner.send("POST", ADMINISTRATORS + "/" + id + "/rotate", "").status())
        .isEqualTo(404);
    assertThat(owner.send("DELETE", ADMINISTRATORS + "/" + UUID.randomUUID(), "").status())
        .isEqualTo(404);
  }

  @Test
  void writesDownWhoDidIt() {
    // Given
    JsonNode made = made("operator");
    TestClient operator = with(made.path("token").textValue());
    String path = "/admin/tenants/" + gateway.newTenant().value();

    // When
    operator.send("POST", path + "/suspend", "");

    // Then
    assertThat(owner.get(path + "/audit?action=suspendTenant").json().path("records"))
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.path("user.name").textValue())
                    .isEqualTo(made.path("name").textValue()));
    owner.send("POST", path + "/resume", "");
    assertThat(owner.get(path + "/audit?action=resumeTenant").json().path("records"))
        .allSatisfy(
            record -> assertThat(record.path("user.name").textValue()).isEqualTo("admin-token"));
  }

  @Test
  void writesDownWhoWasNotAllowedTo() {
    // Given
    JsonNode made = made("reader");
    String path = "/admin/tenants/" + gateway.newTenant().value();

    // When
    with(made.path("token").textValue()).send("POST", path + "/suspend", "");

    // Then
    JsonNode record = owner.get(path + "/audit?action=suspendTenant").json().at("/records/0");
    assertThat(record.path("event.type").textValue()).isEqualTo("denied");
    assertThat(record.path("user.name")).isEqualTo(made.path("name"));
  }

  @Test
  void keepsAndLogsNoToken() {
    try (CapturedLog log = CapturedLog.of("sluice.audit")) {
      // When
      String token = made("reader").path("token").textValue();

      // Then
      assertThat(log.lines()).noneMatch(line -> line.toString().contains(token));
      assertThat(
              new Administrators.Made(
                      new Administrator(
                          UUID.randomUUID(),
                          "n",
                          Administrator.Role.READER,
                          Instant.EPOCH,
                          Optional.empty(),
                          Optional.empty()),
                      token)
                  .toString())
          .doesNotContain(token);
    }
  }

  @Test
  void keepsNamesUniqueAmongThoseWhoAreNotRevoked() {
    // Given
    String name = name();
    String body = "{\"name\":\"%s\",\"role\":\"reader\"}".formatted(name);
    String id = FourApis.ok(owner.post(ADMINISTRATORS, body)).path("id").textValue();

    // When
    Reply taken = owner.post(ADMINISTRATORS, body);

    // Then
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.json().path("error").textValue()).isEqualTo("name_taken");
    owner.send("DELETE", ADMINISTRATORS + "/" + id, "");
    assertThat(owner.post(ADMINISTRATORS, body).status()).isEqualTo(201);
  }

  /** The audit could not tell them apart. */
  @ParameterizedTest
  @ValueSource(strings = {"admin-token", "Admin-Token"})
  void givesNobodyTheNameOfWhoeverHasTheAdminToken(String name) {
    // When
    Reply reply =
        owner.post(ADMINISTRATORS, "{\"name\":\"%s\",\"role\":\"reader\"}".formatted(name));

    // Then
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("error").textValue()).isEqualTo("name_taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"a\"}",
        "{\"name\":\"a\",\"role\":\"Owner\"}",
        "{\"name\":\"a\",\"role\":null}",
        "{\"name\":\"\",\"role\":\"reader\"}",
        "{\"name\":\"a\\nb\",\"role\":\"reader\"}",
        "{\"name\":\"a\",\"role\":\"reader\",\"token\":\"mine\"}"
      })
  void refusesWhatIsNobody(String body) {
    // When
    Reply reply = owner.post(ADMINISTRATORS, body);

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adm_", "adm_00000000000000000000000000000000", "an-admin-token", "' OR 1=1"})
  void refusesTokensOfNobody(String token) {
    // When
    Reply reply = with(token).get("/admin/tenants");

    // Then
    assertThat(reply.status()).isEqualTo(401);
  }

  private static TestClient with(String token) {
    return management.anybody().with("Authorization", "Bearer " + token);
  }
}
