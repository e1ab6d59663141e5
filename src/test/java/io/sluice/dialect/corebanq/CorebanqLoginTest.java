package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.CorebanqUser.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Demonstration;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorebanqLoginTest {
  private static final String PASSWORD = "correct horse";
  private static final int MAX_FAILURES = 5;

  private static CorebanqRoom room;
  private static TenantId tenant;

  @BeforeAll
  static void open() {
    room = CorebanqRoom.shared();
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
    UUID id =
        Await.result(room.gateway().issuer().issue(CorebanqAccess.USER, tenant, name, PASSWORD));

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
    CorebanqUser user = new CorebanqUser(id, room.bearer(json.get("access_token").textValue()));
    JsonNode entry = user.entries(user.ledger(1), "").get(0);
    assertThat(entry.get("created_by").textValue()).isEqualTo(id.toString());
  }

  @Test
  void refusesAWrongPasswordLikeAnUnknownName() {
    // Given
    String name = name();
    Await.result(room.gateway().issuer().issue(CorebanqAccess.USER, tenant, name, PASSWORD));

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
    Await.result(room.gateway().issuer().issue(CorebanqAccess.USER, tenant, name, PASSWORD));
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

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "bearer a.b.c", "x"})
  void refusesARequestWithoutAToken(String header) {
    Reply reply = room.anonymous().with("Authorization", header).get("/v1/ledgers");

    assertError(reply, 401, "auth.unauthorized");
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void refusesATokenOfAnotherDialectAndOneThatExpired() {
    // Given
    Instant now = Instant.now();
    Instant later = now.plus(Duration.ofHours(1));
    UUID id = UUID.randomUUID();

    // When
    String foreign = room.token("orum", tenant, id, later);
    String expired = room.token("corebanq", tenant, id, now.minus(Duration.ofSeconds(1)));

    // Then
    assertError(room.bearer(foreign).get("/v1/ledgers"), 401, "auth.unauthorized");
    assertError(room.bearer(expired).get("/v1/ledgers"), 401, "auth.unauthorized");
  }

  @Test
  void holdsATokenToItsScopes() {
    // Given
    CorebanqUser writer = room.user(tenant, CorebanqAccess.WRITE);
    CorebanqUser reader = room.user(tenant, CorebanqAccess.READ);
    CorebanqUser other = room.user(tenant, "something:else");
    UUID ledger = writer.ledger(10);

    // When
    Reply refused = reader.transfer(ledger, UUID.randomUUID(), 1);

    // Then
    assertError(refused, 403, "auth.unauthorized_role");
    assertError(reader.entry(ledger, "credit", 1), 403, "auth.unauthorized_role");
    assertError(reader.client().post("/v1/ledgers", "{}"), 403, "auth.unauthorized_role");
    assertThat(reader.balance(ledger)).isEqualTo(10);
    assertThat(writer.balance(ledger)).isEqualTo(10);
    assertError(other.client().get("/v1/ledgers"), 403, "auth.unauthorized_role");
  }

  @Test
  void showsALineThatMovesValueEachTime() {
    // Given
    TenantId demo = room.newTenant();
    Demonstration demonstration =
        new Demonstration(demo, room.gateway().baseUrl(), room.gateway().issuer());
    Await.result(room.dialect().demonstrate(demonstration));

    // When
    String line = Await.result(room.dialect().demonstrate(demonstration));

    // Then
    Pattern pattern =
        Pattern.compile(
            "curl -sS -X POST (\\S+)(/v1/\\S+) -H 'Authorization: (Bearer \\S+)'"
                + " -H 'Content-Type: application/json' -d '(.*)'");
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    for (int i = 1; i <= 2; i++) {
      String body =
          matcher
              .group(4)
              .replace("'$(cat /proc/sys/kernel/random/uuid)'", UUID.randomUUID().toString());
      Reply reply =
          room.anonymous().with("Authorization", matcher.group(3)).post(matcher.group(2), body);
      assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
      assertThat(reply.json().at("/destination_entry/balance").longValue()).isEqualTo(1_250L * i);
    }
  }
}
