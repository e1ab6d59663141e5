package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final String PASSWORD = "correct horse";
  private static final int MAX_FAILURES = 5;

  private static Room room;
  private static TenantId tenant;

  @BeforeAll
  static void open() {
    room = Room.shared();
    tenant = room.newTenant();
  }

  private static String name() {
    return "user-" + UUID.randomUUID();
  }

  private static Reply login(String name, String password) {
    return room.anonymous()
        .with("X-App-ID", "web-app")
        .post(
            "/v1/authenticate",
            "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
  }

  @Test
  void givesATokenThatWorks() {
    // Given
    String name = name();
    UUID id = Await.result(room.gateway().issuer().issue(Names.USER, tenant, name, PASSWORD));

    // When
    Reply reply = login(name, PASSWORD);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    JsonNode json = reply.json();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("access_token", "expires_in", "idle_timeout_seconds", "user_id");
    assertThat(json.get("expires_in").longValue()).isEqualTo(3_600);
    assertThat(json.get("idle_timeout_seconds").longValue()).isEqualTo(3_600);
    assertThat(json.get("user_id").textValue()).isEqualTo(id.toString());
    User user = new User(id, room.bearer(json.get("access_token").textValue()));
    JsonNode entry = user.entries(user.ledger(1), "").get(0);
    assertThat(entry.get("created_by").textValue()).isEqualTo(id.toString());
  }

  @Test
  void refusesAWrongPasswordLikeAnUnknownName() {
    // Given
    String name = name();
    Await.result(room.gateway().issuer().issue(Names.USER, tenant, name, PASSWORD));

    // When
    Reply wrong = login(name, "wrong");

    // Then
    assertError(wrong, 401, "auth.unauthorized");
    assertThat(login(name(), PASSWORD).body()).isEqualTo(wrong.body());
  }

  @Test
  void locksAUserAfterRepeatedFailures() {
    // Given
    String name = name();
    Await.result(room.gateway().issuer().issue(Names.USER, tenant, name, PASSWORD));
    for (int i = 0; i < MAX_FAILURES; i++) {
      login(name, "wrong");
    }

    // When
    Reply reply = login(name, PASSWORD);

    // Then
    assertError(reply, 423, "auth.account_locked");
    assertThat(reply.header("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"username\":\"a\"}",
        "{\"username\":1,\"password\":\"x\"}",
        "{\"username\":\"\",\"password\":\"x\"}",
        "[]"
      })
  void refusesALoginWithoutNameOrPassword(String body) {
    assertError(room.anonymous().post("/v1/authenticate", body), 400, "ledger.validation_failed");
  }

  @Test
  void takesNoOtherMethodThanPost() {
    assertError(room.anonymous().get("/v1/authenticate"), 405, "request.method_not_allowed");
  }
}
