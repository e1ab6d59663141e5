package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.corebanq.Person.Session;
import io.sluice.ledger.TenantId;
import io.sluice.store.corebanq.SessionStore;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/refresh-token}, also for those who should not have what they present. */
class RefreshTest {
  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();
  private final Person person = Person.of(room, tenant);

  @Test
  void handsTheTokenOutWhereOnlyItsOwnPathIsSentIt() {
    // When
    Reply reply = person.login();

    // Then
    assertThat(reply.header("Set-Cookie").orElseThrow())
        .matches(
            "refresh_token_web-app=[A-Za-z0-9._-]{80}; Path=/v1/refresh-token; Max-Age=86400;"
                + " HttpOnly; Secure; SameSite=Strict");
    assertThat(reply.text()).doesNotContain(Session.of(reply).cookie().split("=")[1]);
    String plain =
        room.anonymous()
            .post("/v1/authenticate", person.loginBody())
            .header("Set-Cookie")
            .orElseThrow();
    assertThat(plain).startsWith("refresh_token=");
  }

  @Test
  void givesTokensThatWorkAndLeadOn() {
    // Given
    Session first = person.signIn();

    // When
    Reply reply = person.refresh(first);

    // Then
    Session second = Session.of(reply);
    assertThat(reply.json().get("user_id").textValue()).isEqualTo(person.id().toString());
    assertThat(second.cookie()).isNotEqualTo(first.cookie());
    User user = new User(person.id(), room.bearer(second.accessToken()));
    assertThat(user.balance(user.ledger(5))).isEqualTo(5);
    assertThat(person.refresh(second).status()).isEqualTo(200);
  }

  @Test
  void endsTheWholeFamilyWhenATokenComesTwice() {
    // Given
    Session first = person.signIn();
    Session second = Session.of(person.refresh(first));

    // When
    Reply again = person.refresh(first);

    // Then
    assertError(again, 401, "auth.invalid_token");
    assertError(person.refresh(second), 401, "auth.invalid_token");
    assertThat(person.signIn().accessToken()).isNotBlank();
  }

  @Test
  void letsOneOfManyAtOnceThrough() {
    // Given
    Session session = person.signIn();
    TestClient client =
        person
            .through(Person.APP)
            .with("Authorization", "Bearer " + session.accessToken())
            .with("Cookie", session.cookie());

    // When
    List<CompletableFuture<Reply>> sent =
        Stream.generate(() -> client.sendAsync("POST", "/v1/refresh-token", "")).limit(8).toList();

    // Then
    List<Integer> statuses = sent.stream().map(reply -> reply.join().status()).sorted().toList();
    assertThat(statuses).containsExactly(200, 401, 401, 401, 401, 401, 401, 401);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsASessionThatAnotherApplicationPresents(boolean renamed) {
    // Given
    Session session = person.signIn();
    String cookie = renamed ? session.cookie().replace("web-app", "admin-app") : session.cookie();

    // When
    Reply reply = person.refresh("admin-app", session.accessToken(), cookie);

    // Then
    assertError(reply, 401, "auth.invalid_token");
    assertError(person.refresh(session), 401, "auth.invalid_token");
  }

  @Test
  void endsASessionThatAnotherUserPresents() {
    // Given
    Session session = person.signIn();
    Session other = Person.of(room, tenant).signIn();

    // When
    Reply reply = person.refresh(Person.APP, other.accessToken(), session.cookie());

    // Then
    assertError(reply, 401, "auth.invalid_token");
    assertError(person.refresh(session), 401, "auth.invalid_token");
  }

  @Test
  void knowsNoSessionOfAnotherTenant() {
    // Given
    Session session = person.signIn();
    Session foreign = Person.of(room, room.newTenant()).signIn();

    // When
    Reply reply = person.refresh(Person.APP, foreign.accessToken(), session.cookie());

    // Then
    assertError(reply, 401, "auth.invalid_token");
    assertThat(person.refresh(session).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh_token_web-app=",
        "refresh_token_web-app=x",
        "refresh_token_web-app=00000000-0000-4000-8000-000000000000."
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "other=1; ; =; refresh_token",
        "a=1"
      })
  void refusesWhatIsNoRefreshToken(String cookie) {
    String token = person.signIn().accessToken();
    assertError(person.refresh(Person.APP, token, cookie), 401, "auth.invalid_token");
  }

  @Test
  void refusesABearerThatIsNoAccessToken() {
    // Given
    Session session = person.signIn();
    String challenge = "challenge." + tenant.value() + "." + session.cookie().split("=")[1];
    String another =
        room.token("scrip", tenant, person.id(), java.time.Instant.now().plus(Duration.ofHours(1)));
    TestClient without = person.through(Person.APP).with("Cookie", session.cookie());

    // When
    Reply reply = person.refresh(Person.APP, challenge, session.cookie());

    // Then
    assertError(reply, 401, "auth.invalid_token");
    assertError(person.refresh(Person.APP, another, session.cookie()), 401, "auth.invalid_token");
    assertError(without.send("POST", "/v1/refresh-token", new byte[0]), 401, "auth.unauthorized");
    assertThat(person.refresh(session).status()).isEqualTo(200);
  }

  @Test
  void opensNothingWithARefreshTokenAsBearer() {
    String token = person.signIn().cookie().split("=")[1];
    assertError(room.bearer(token).get("/v1/ledgers"), 401, "auth.unauthorized");
  }

  @Test
  void endsWithThePassword() {
    // Given
    Session session = person.signIn();
    Await.result(room.gateway().issuer().issue(Names.USER, tenant, person.name(), Person.PASSWORD));

    // When
    Reply reply = person.refresh(session);

    // Then
    assertError(reply, 401, "auth.invalid_token");
    Session fresh = person.signIn();
    assertError(
        person.refresh(Person.APP, fresh.accessToken(), session.cookie()),
        401,
        "auth.invalid_token");
  }

  @Test
  void keepsSoManySessionsOfAUser() {
    // Given
    Session oldest = person.signIn();

    // When
    for (int i = 0; i < SessionStore.MAX_SESSIONS; i++) {
      person.signIn();
    }

    // Then
    assertError(person.refresh(oldest), 401, "auth.invalid_token");
    assertThat(person.refresh(person.signIn()).status()).isEqualTo(200);
  }

  @Test
  void outlivesTheAccessTokenButNotItself() {
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      // Given
      Room own = new Room(gateway);
      Person somebody = Person.of(own, own.newTenant());
      Session first = somebody.signIn();
      clock.advance(Sessions.TOKEN_LIFETIME.plusSeconds(1));
      assertError(own.bearer(first.accessToken()).get("/v1/ledgers"), 401, "auth.invalid_token");

      // When
      Session second = Session.of(somebody.refresh(first));

      // Then
      assertThat(own.bearer(second.accessToken()).get("/v1/ledgers").status()).isEqualTo(200);
      clock.advance(Sessions.REFRESH_LIFETIME.plusSeconds(1));
      assertError(somebody.refresh(second), 401, "auth.invalid_token");
    }
  }

  @Test
  void endsInAnyCaseOnceItsTimeIsUp() {
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      // Given
      Room own = new Room(gateway);
      Person somebody = Person.of(own, own.newTenant());
      Session session = somebody.signIn();
      Duration almost = Sessions.REFRESH_LIFETIME.minusSeconds(1);

      // When
      long refreshed = 0;
      Reply reply = somebody.refresh(session);
      while (reply.status() == 200) {
        session = Session.of(reply);
        refreshed++;
        clock.advance(almost);
        reply = somebody.refresh(session);
      }

      // Then
      assertError(reply, 401, "auth.invalid_token");
      assertThat(refreshed).isEqualTo(Sessions.SESSION_LIFETIME.toDays() + 1);
    }
  }

  @Test
  void takesOnlyTheApplicationsThatTheOperatorNames() {
    try (TestingGateway gateway =
        TestingGateway.start(Map.of("corebanq.appIds", "web-app, admin-app"))) {
      // Given
      Room own = new Room(gateway);
      Person somebody = Person.of(own, own.newTenant());
      Session session = somebody.signIn();

      // When
      Reply reply = somebody.login("other-app");

      // Then
      assertError(reply, 400, "auth_m.invalid_app_id");
      assertError(
          somebody.refresh("other-app", session.accessToken(), session.cookie()),
          400,
          "auth_m.invalid_app_id");
      assertThat(somebody.login("admin-app").status()).isEqualTo(200);
      assertThat(own.anonymous().post("/v1/authenticate", somebody.loginBody()).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;b", "a=b", "é", "", "a,b"})
  void refusesAnApplicationThatIsNoNameOfACookie(String app) {
    assertError(person.login(app), 400, "auth_m.invalid_app_id");
  }

  @Test
  void saysNothingOfItsTicketsInTexts() {
    Ticket ticket = Ticket.random();
    assertThat(ticket.toString() + new Challenge(tenant, ticket))
        .doesNotContain(ticket.secret())
        .doesNotContain(ticket.id().toString());
    assertThat(Ticket.parse(ticket.text())).contains(ticket);
    assertThat(Challenge.parse(new Challenge(tenant, ticket).text()))
        .contains(new Challenge(tenant, ticket));
    assertThat(Ticket.parse(UUID.randomUUID().toString())).isEmpty();
  }
}
