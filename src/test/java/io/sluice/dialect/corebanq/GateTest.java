package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "x"})
  void refusesARequestWithoutAToken(String header) {
    Reply reply = room.anonymous().with("Authorization", header).get("/v1/ledgers");

    assertError(reply, 401, "auth.unauthorized");
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer nonsense", "bearer a.b.c"})
  void refusesATokenThatNobodyIssued(String header) {
    Reply reply = room.anonymous().with("Authorization", header).get("/v1/ledgers");

    assertError(reply, 401, "auth.unauthorized");
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
  }

  private String token(String dialect, Duration lifetime) {
    return room.token(dialect, tenant, UUID.randomUUID(), Instant.now().plus(lifetime));
  }

  @ParameterizedTest
  @CsvSource({"orum, PT1H", "orum, PT-2S"})
  void refusesATokenOfAnotherDialectWhateverItsAge(String dialect, Duration lifetime) {
    Reply reply = room.bearer(token(dialect, lifetime)).get("/v1/ledgers");

    assertError(reply, 401, "auth.unauthorized");
  }

  @Test
  void saysOfATokenThatItHasExpiredUnlessItIsForged() {
    // Given
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      Room own = new Room(gateway);
      String token =
          own.token(
              "corebanq", own.newTenant(), UUID.randomUUID(), clock.instant().plusSeconds(60));
      assertThat(own.bearer(token).get("/v1/ledgers").status()).isEqualTo(200);

      // When
      clock.advance(Duration.ofSeconds(61));

      // Then
      Reply expired = own.bearer(token).get("/v1/ledgers");
      assertError(expired, 401, "auth.invalid_token");
      assertThat(expired.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
      assertError(own.bearer(forged(token)).get("/v1/ledgers"), 401, "auth.unauthorized");
    }
  }

  /** The same token with the first half of its signature turned round. */
  private static String forged(String token) {
    int signature = token.lastIndexOf('.') + 1;
    int middle = signature + (token.length() - signature) / 2;
    var turned = new StringBuilder(token.substring(signature, middle)).reverse();
    return token.substring(0, signature) + turned + token.substring(middle);
  }

  @Test
  void saysOfATokenThatItWasRevoked() {
    // Given
    String name = "user-" + UUID.randomUUID();
    TenantId own = room.newTenant();
    Await.result(room.gateway().issuer().issue(Names.USER, own, name, "correct horse"));
    String login = "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(name);
    String token =
        room.anonymous().post("/v1/authenticate", login).json().get("access_token").textValue();
    assertThat(room.bearer(token).get("/v1/ledgers").status()).isEqualTo(200);

    // When
    Await.result(room.gateway().issuer().issue(Names.USER, own, name, "another horse"));
    Reply reply = room.bearer(token).get("/v1/ledgers");

    // Then
    assertError(reply, 401, "auth.invalid_token");
  }

  @Test
  void holdsATokenToItsScopes() {
    // Given
    User writer = room.user(tenant, Names.WRITE);
    User reader = room.user(tenant, Names.READ);
    User other = room.user(tenant, "something:else");
    UUID ledger = writer.ledger(10);

    // When
    Reply refused = reader.transfer(ledger, UUID.randomUUID(), 1);

    // Then
    assertError(refused, 403, "auth.unauthorized_role");
    assertThat(refused.header("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
    assertError(reader.entry(ledger, "credit", 1), 403, "auth.unauthorized_role");
    assertError(reader.client().post("/v1/ledgers", "{}"), 403, "auth.unauthorized_role");
    assertThat(reader.balance(ledger)).isEqualTo(10);
    assertThat(writer.balance(ledger)).isEqualTo(10);
    assertError(other.client().get("/v1/ledgers"), 403, "auth.unauthorized_role");
  }
}
