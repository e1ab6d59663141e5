package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.corebanq.Person.Session;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with more than a password, and with a role. */
class SecondFactorTest {
  private static final String BY_EMAIL =
      "{\"internal\":false,\"mfa_mode\":\"email\",\"address\":\"anna@example.org\"}";

  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();
  private final Person person = Person.of(room, tenant);

  private static byte[] secret(Person of) {
    String answer = of.administer("POST", "users/" + of.id() + "/totp", "");
    return base32(Json.parse(answer).get("secret").textValue());
  }

  private static byte[] base32(String text) {
    var bits = new StringBuilder();
    for (char c : text.toCharArray()) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      bits.append(Integer.toBinaryString(32 + value).substring(1));
    }
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  private static String totp(byte[] secret, Instant now) {
    return Totp.code(secret, now.getEpochSecond() / Totp.STEP_SECONDS, Totp.DIGITS);
  }

  @Test
  void tellsAdministratorsWhatWasSetOfAUser() {
    // Given
    String path = "users/" + person.id();
    JsonNode before = Json.parse(person.administer("GET", path, ""));

    // When
    String set = person.rule(BY_EMAIL);

    // Then
    assertThat(before.get("mfa_mode").textValue()).isEqualTo("off");
    assertThat(before.get("internal").booleanValue()).isFalse();
    assertThat(person.administer("GET", path, "")).isEqualTo(set).contains("anna@example.org");
    assertThat(person.administer("GET", "users/" + UUID.randomUUID(), ""))
        .contains("ledger.not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "phone"})
  void asksForACodeThatIsSent(String mode) {
    // Given
    person.rule(BY_EMAIL.replace("email", mode));
    Reply asked = person.login();
    String challenge = asked.json().get("challenge").textValue();

    // When
    Reply reply = person.verify(challenge, person.sentCode());

    // Then
    assertThat(asked.json().get("credential_type").textValue()).isEqualTo(mode);
    Session session = Session.of(reply);
    assertThat(session.cookie()).startsWith("refresh_token_web-app=");
    assertThat(room.bearer(session.accessToken()).get("/v1/ledgers").status()).isEqualTo(200);
    assertThat(person.refresh(session).status()).isEqualTo(200);
  }

  @Test
  void takesAChallengeOnce() {
    // Given
    person.rule(BY_EMAIL);
    String challenge = person.challenged();
    String code = person.sentCode();
    person.verify(challenge, code);

    // When
    Reply again = person.verify(challenge, code);

    // Then
    assertError(again, 401, "auth.invalid_otp");
  }

  @Test
  void handsEachCodeOutOnce() {
    // Given
    person.rule(BY_EMAIL);
    person.challenged();
    person.sentCode();

    // When
    String again = person.administer("POST", "codes", "");

    // Then
    assertThat(again).isEqualTo("{\"codes\":[]}");
  }

  @Test
  void refusesEveryCodeBeforeOneWasSent() {
    person.rule(BY_EMAIL);
    assertError(person.verify(person.challenged(), ""), 400, "ledger.validation_failed");
    assertError(person.verify(person.challenged(), "00000000"), 401, "auth.invalid_otp");
  }

  @Test
  void asksForTheCodeOfAnAppAndTakesItOnce() {
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      // Given
      Room own = new Room(gateway);
      Person somebody = Person.of(own, own.newTenant());
      byte[] secret = secret(somebody);
      String code = totp(secret, clock.instant());

      // When
      Reply reply = somebody.verify(somebody.challenged(), code);

      // Then
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
      assertError(somebody.verify(somebody.challenged(), code), 401, "auth.invalid_otp");
      clock.advance(java.time.Duration.ofSeconds(2L * Totp.STEP_SECONDS));
      String late = totp(secret, clock.instant().minusSeconds(Totp.STEP_SECONDS));
      assertThat(somebody.verify(somebody.challenged(), late).status()).isEqualTo(200);
      String tooLate = totp(secret, clock.instant().minusSeconds(3L * Totp.STEP_SECONDS));
      assertError(somebody.verify(somebody.challenged(), tooLate), 401, "auth.invalid_otp");
    }
  }

  /** Whoever reads the database computes no codes, and whoever writes to it moves no secrets. */
  @Test
  void keepsSecretsOfAppsEncryptedEachForItsUser() {
    // Given
    byte[] secret = secret(person);
    Person other = Person.of(room, tenant);
    secret(other);
    String stored = stored(person);

    // When
    room.gateway()
        .database()
        .execute(
            "UPDATE corebanq_user SET totp_secret = '\\x"
                + stored
                + "' WHERE credential_id = '"
                + other.id()
                + "'");

    // Then
    assertThat(stored).hasSize(2 * 48).doesNotContain(HexFormat.of().formatHex(secret));
    String code = totp(secret, Instant.now());
    assertThat(other.verify(other.challenged(), code).status()).isEqualTo(500);
    assertThat(person.verify(person.challenged(), code).status()).isEqualTo(200);
  }

  private String stored(Person of) {
    String sql =
        "SELECT encode(totp_secret, 'hex') FROM corebanq_user WHERE credential_id = '"
            + of.id()
            + "'";
    return Await.result(
            room.gateway().assembly().pools().lookUps().first(sql, row -> row.getString(0)))
        .orElseThrow();
  }

  @Test
  void saysWhereNoAppWasSetUp() {
    // Given
    person.rule("{\"internal\":false,\"mfa_mode\":\"totp\"}");

    // When
    Reply reply = person.login();

    // Then
    assertThat(reply.json().get("credential_type").textValue()).isEqualTo("totp_setup_required");
    assertThat(reply.json().get("message").textValue()).isNotBlank();
    String challenge = reply.json().get("challenge").textValue();
    assertError(person.verify(challenge, "000000"), 401, "auth.invalid_otp");
  }

  @Test
  void locksAfterFiveWrongCodesWhateverTheChallenge() {
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      // Given
      Room own = new Room(gateway);
      Person somebody = Person.of(own, own.newTenant());
      somebody.rule(BY_EMAIL);
      String first = somebody.challenged();
      String code = somebody.sentCode();
      String second = somebody.challenged();
      for (int i = 0; i < SecondFactor.MAX_FAILURES; i++) {
        Reply wrong = somebody.verify(i % 2 == 0 ? first : second, "wrong");
        assertError(wrong, 401, "auth.invalid_otp");
      }

      // When
      Reply reply = somebody.login();

      // Then
      assertError(reply, 423, "auth.account_locked");
      assertThat(reply.header("Retry-After")).hasValue("900");
      assertError(somebody.verify(first, code), 401, "auth.invalid_otp");
      clock.advance(SecondFactor.LOCK.plusSeconds(1));
      assertThat(somebody.verify(somebody.challenged(), somebody.sentCode()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void usesUpNoTriesOfThoseWhoAreNotKnown() {
    // Given
    person.rule(BY_EMAIL);
    String challenge = person.challenged();
    String code = person.sentCode();
    String forged = challenge.substring(0, challenge.length() - 43) + "A".repeat(43);

    // When
    for (int i = 0; i < SecondFactor.MAX_FAILURES; i++) {
      assertError(person.verify(forged, "wrong"), 401, "auth.invalid_otp");
    }

    // Then
    assertThat(person.verify(challenge, code).status()).isEqualTo(200);
  }

  @Test
  void holdsAChallengeToItsUserTenantApplicationAndTime() {
    SettableClock clock = SettableClock.atPresent();
    try (TestingGateway gateway = TestingGateway.start(clock)) {
      // Given
      Room own = new Room(gateway);
      TenantId other = own.newTenant();
      Person somebody = Person.of(own, own.newTenant());
      Person stranger = Person.of(own, other);
      somebody.rule(BY_EMAIL);
      String challenge = somebody.challenged();
      String code = somebody.sentCode();
      String moved =
          challenge.replace(
              "." + somebody.tenant().value() + ".", "." + stranger.tenant().value() + ".");

      // When
      Reply foreign = somebody.verify(moved, code);

      // Then
      assertError(foreign, 401, "auth.invalid_otp");
      assertError(stranger.verify(challenge, code), 401, "auth.invalid_otp");
      assertError(
          somebody
              .through("admin-app")
              .with("X-MFA-Challenge", challenge)
              .post("/v1/verify-2FA", somebody.codeBody(code)),
          401,
          "auth.invalid_otp");
      assertError(
          somebody.through(Person.APP).post("/v1/verify-2FA", somebody.codeBody(code)),
          401,
          "auth.invalid_otp");
      clock.advance(SecondFactor.CHALLENGE_LIFETIME.plusSeconds(1));
      assertError(somebody.verify(challenge, code), 401, "auth.invalid_otp");
    }
  }

  @Test
  void endsAChallengeWithThePassword() {
    // Given
    person.rule(BY_EMAIL);
    String challenge = person.challenged();
    String code = person.sentCode();
    Await.result(room.gateway().issuer().issue(Names.USER, tenant, person.name(), Person.PASSWORD));

    // When
    Reply reply = person.verify(challenge, code);

    // Then
    assertError(reply, 401, "auth.invalid_otp");
  }

  @Test
  void opensNothingWithAChallenge() {
    // Given
    person.rule(BY_EMAIL);
    String challenge = person.challenged();

    // When
    Reply reply = room.bearer(challenge).get("/v1/ledgers");

    // Then
    assertError(reply, 401, "auth.invalid_token");
  }

  @Test
  void signsInAsAdministratorWithTheRoleOnly() {
    // Given
    String path = "/v1/authenticate/admin";
    Reply without = person.through(Person.APP).post(path, person.loginBody());
    person.rule("{\"internal\":true,\"mfa_mode\":\"off\"}");

    // When
    Reply reply = person.through(Person.APP).post(path, person.loginBody());

    // Then
    assertError(without, 403, "auth.unauthorized_role");
    assertThat(Session.of(reply).cookie()).isNotBlank();
    assertError(
        person.through(Person.APP).post(path, Person.loginBody(person.name(), "wrong")),
        401,
        "auth.unauthorized");
  }

  @Test
  void asksAdministratorsForTheirSecondFactorToo() {
    // Given
    person.rule(BY_EMAIL.replace("false", "true"));

    // When
    Reply reply = person.through(Person.APP).post("/v1/authenticate/admin", person.loginBody());

    // Then
    assertThat(reply.json().get("credential_type").textValue()).isEqualTo("email");
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"internal\":true}",
        "{\"internal\":true,\"mfa_mode\":\"sms\"}",
        "{\"internal\":true,\"mfa_mode\":\"email\"}",
        "{\"internal\":true,\"mfa_mode\":\"off\",\"address\":\"a\"}",
        "{\"internal\":1,\"mfa_mode\":\"off\"}"
      })
  void refusesARuleThatCannotBe(String body) {
    assertThat(person.rule(body)).contains("ledger.validation_failed");
    assertThat(person.signIn().accessToken()).isNotBlank();
  }

  @Test
  void saysNothingOfUsersOfAnotherTenant() {
    // Given
    var stranger = new Person(room, room.newTenant(), person.id(), person.name());

    // When
    String answer = stranger.rule(BY_EMAIL);

    // Then
    assertThat(answer).contains("ledger.not_found");
    assertThat(stranger.administer("POST", "users/" + person.id() + "/totp", ""))
        .contains("ledger.not_found");
    var nobody = new Person(room, tenant, UUID.randomUUID(), "nobody");
    assertThat(nobody.rule(BY_EMAIL)).contains("ledger.not_found");
    assertThat(person.signIn().accessToken()).isNotBlank();
  }

  @Test
  void showsWhatWasSet() {
    assertThat(person.rule(BY_EMAIL))
        .contains("\"mfa_mode\":\"email\"", "\"totp_enrolled\":false", "anna@example.org");
    secret(person);
    assertThat(person.rule("{\"internal\":true,\"mfa_mode\":\"off\"}"))
        .contains("\"internal\":true", "\"totp_enrolled\":true", "\"address\":null");
  }
}
