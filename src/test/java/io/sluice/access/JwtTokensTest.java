package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.access.Backing;
import io.sluice.testing.Await;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokensTest {
  private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-000000000001");

  private static AccessFixture access;
  private static Backing.Credential credential;

  @BeforeAll
  static void open() {
    access = new AccessFixture();
    credential = access.credential(access.tenant);
  }

  @AfterAll
  static void close() {
    access.close();
  }

  @Test
  void verifiesWhatItIssued() {
    // Given
    TokenClaims claims = claims(Duration.ofHours(1));
    String token = access.issue(claims);

    // When
    Optional<TokenClaims> verified = verify(token);

    // Then
    assertThat(verified).contains(claims);
  }

  @Test
  void putsAllThatIsNeededIntoATokenAndNothingElse() {
    // Given
    TokenClaims claims = claims(Duration.ofHours(1));

    // When
    String token = access.issue(claims);

    // Then
    assertThat(Forger.headerOf(token).fieldNames()).containsOnly("typ", "alg", "kid");
    assertThat(Forger.headerOf(token).getString("alg")).isEqualTo("ES256");
    assertThat(Forger.claims(token).fieldNames())
        .containsOnly(
            "iss",
            "aud",
            "sub",
            "tenant",
            "iat",
            "exp",
            "jti",
            "credential",
            "generation",
            "scope");
    assertThat(Forger.claims(token).getString("iss")).isEqualTo("gateway.example");
    assertThat(Forger.claims(token).getString("aud")).isEqualTo("gateway.example:orum");
    assertThat(Forger.claims(token).getString("scope")).isEqualTo("read:a write:b");
  }

  @Test
  void refusesATokenForAnotherDialect() {
    // Given
    String token = access.issue(claims(Duration.ofHours(1)));
    assertThat(verify(token)).isPresent();

    // When
    var elsewhere =
        Await.result(access.process.tokens.verify(token, "isometric", ClientAddress.NONE));

    // Then
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void refusesATokenFromTheVeryMomentItExpires() {
    // Given
    TokenClaims claims = claims(Duration.ofSeconds(10));
    String token = access.issue(claims);
    access.clock.advance(Duration.between(access.clock.instant(), claims.expiresAt()));
    access.clock.advance(Duration.ofNanos(-1));
    boolean before = verify(token).isPresent();
    access.clock.advance(Duration.ofNanos(1));

    // When
    Optional<TokenClaims> at = verify(token);

    // Then
    assertThat(before).isTrue();
    assertThat(at).isEmpty();
  }

  @Test
  void acceptsAHandMadeTokenOfTheRightKeyOnly() {
    // Given the control for the forgeries below: they fail for the one thing that differs
    KeyPair key = Forger.p256();
    JwtTokens tokens = tokensWith(key);
    String kid = Jwk.of(key.getPublic()).getString("kid");

    // When
    String token = Forger.es256(Forger.header("ES256", kid), sound(), key.getPrivate());

    // Then
    assertThat(Await.result(tokens.verify(token, "orum", ClientAddress.NONE))).isPresent();
  }

  @Test
  void checksNoSignatureOnAnEventLoop() {
    // Given: a token that says sound things and is signed by another key, and no thread to check it
    KeyPair key = Forger.p256();
    JwtTokens tokens = tokensWith(key);
    String kid = Jwk.of(key.getPublic()).getString("kid");
    String forged = Forger.es256(Forger.header("ES256", kid), sound(), Forger.p256().getPrivate());
    CountDownLatch gate = new CountDownLatch(1);
    hold(JwtTokens.THREAD, gate);
    Promise<Future<?>> asked = Promise.promise();

    // When
    access.vertx.runOnContext(
        loop -> asked.complete(tokens.verify(forged, "orum", ClientAddress.NONE)));

    // Then
    Future<?> answer = Await.result(asked.future());
    boolean checkedWithoutThem = answer.isComplete();
    gate.countDown();
    assertThat(checkedWithoutThem).isFalse();
    assertThat(Await.result(answer)).isEqualTo(Optional.empty());
  }

  @Test
  void checksSignaturesWhileMessagesAreBeingSigned() {
    // Given
    CountDownLatch gate = new CountDownLatch(1);
    hold("sluice-signatures", gate);
    String token = access.issue(claims(Duration.ofHours(1)));

    // When
    Optional<TokenClaims> verified = verify(token);

    // Then
    gate.countDown();
    assertThat(verified).isPresent();
  }

  /** Keeps the threads of a pool busy: one for each two processors, and whoever names it has it. */
  private static void hold(String name, CountDownLatch gate) {
    int threads = Math.ceilDiv(Runtime.getRuntime().availableProcessors(), 2);
    WorkerExecutor pool = access.vertx.createSharedWorkerExecutor(name, threads);
    CountDownLatch held = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      pool.executeBlocking(
          () -> {
            held.countDown();
            gate.await();
            return null;
          },
          false);
    }
    Waiting.until(() -> held.getCount() == 0);
  }

  static Stream<String> forgeries() {
    KeyPair mine = Forger.p256();
    KeyPair rsa = Forger.rsa(2048);
    String kid = access.keys.verifying().getFirst().kid();
    String good = access.issue(claims(Duration.ofDays(300)));
    String[] parts = good.split("\\.");
    JsonObject ours = Jwk.of(access.keys.verifying().getFirst().key());
    byte[] publicKey = Base64.getUrlDecoder().decode(ours.getString("x"));
    String publicJson = ours.encode();
    JsonObject embedded = Forger.header("ES256", "mine").put("jwk", Jwk.of(mine.getPublic()));
    JsonObject otherTenant = Forger.claims(good).put("tenant", 2);
    return Stream.of(
        Forger.body(new JsonObject().put("alg", "none"), sound()) + ".",
        Forger.body(Forger.header("none", kid), sound()) + ".",
        Forger.body(Forger.header("none", kid), sound()) + "." + parts[2],
        Forger.body(Forger.header("None", kid), sound()) + "." + parts[2],
        Forger.hs256(Forger.header("HS256", kid), sound(), publicKey),
        Forger.hs256(
            Forger.header("HS256", kid), sound(), publicJson.getBytes(StandardCharsets.UTF_8)),
        Forger.hs256(Forger.header("ES256", kid), sound(), publicKey),
        Forger.es256(Forger.header("ES256", kid), sound(), mine.getPrivate()),
        Forger.es256(Forger.header("ES256", "mine"), sound(), mine.getPrivate()),
        Forger.es256(embedded, sound(), mine.getPrivate()),
        Forger.es256(
            Forger.header("ES256", kid).put("jwk", Jwk.of(mine.getPublic())),
            sound(),
            mine.getPrivate()),
        Forger.es256(
            Forger.header("ES256", kid).put("jku", "http://127.0.0.1:1/"),
            sound(),
            mine.getPrivate()),
        Forger.rs256(Forger.header("RS256", kid), sound(), rsa.getPrivate()),
        parts[0] + "." + Forger.base64(otherTenant.encode()) + "." + parts[2],
        parts[0] + "." + parts[1] + "." + "A".repeat(86),
        parts[0] + "." + parts[1] + ".",
        parts[0] + "." + parts[1],
        parts[0],
        good.substring(0, good.length() - 4),
        good + "." + parts[2],
        good + "=",
        " " + good,
        Forger.base64("{\"alg\":\"ES256\"}") + "." + parts[1] + "." + parts[2]);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void believesNoForgery(String token) {
    // Given a token that our key did not sign as it stands

    // When
    Optional<TokenClaims> verified = verify(token);

    // Then
    assertThat(verified).isEmpty();
  }

  static Stream<JsonObject> unsoundClaims() {
    long now = access.clock.instant().getEpochSecond();
    return Stream.of(
        sound().put("iss", "https://somebody.example"),
        sound().put("iss", "sluice").put("aud", "sluice:orum"),
        sound().put("aud", "gateway.example:scrip"),
        sound().put("aud", "gateway.example:"),
        sound().put("aud", "sluice:orum"),
        sound().put("aud", 7),
        sound().put("aud", new JsonObject().put("a", "gateway.example:orum")),
        sound().put("aud", List.of("gateway.example:orum", 7)),
        sound().put("sub", ""),
        sound().put("credential", "x"),
        sound().put("credential", UUID.randomUUID().toString()),
        sound().put("credential", SUBJECT.toString()),
        sound().put("generation", 1),
        sound().put("generation", -1),
        sound().put("generation", "0"),
        sound().put("iat", now + 2),
        sound().put("iat", now + 2.5),
        sound().put("iat", now + 86_400).put("exp", now + 90_000),
        sound().put("exp", now + 366 * 86_400 + 1),
        sound().put("exp", now),
        sound().put("exp", now - 1),
        sound().put("exp", "soon"),
        sound().put("exp", Double.MAX_VALUE),
        sound().put("exp", Long.MAX_VALUE),
        sound().put("exp", -1),
        sound().put("nbf", now + 1),
        sound().put("nbf", "now"),
        sound().put("iat", "now"),
        sound().put("iat", Instant.MAX.getEpochSecond()),
        sound().put("iat", Instant.MIN.getEpochSecond()),
        sound().put("tenant", 0),
        sound().put("tenant", -1),
        sound().put("tenant", "1"),
        sound().put("tenant", 999_999),
        sound().put("tenant", 1L << 40),
        sound().put("sub", 1),
        without("iss"),
        without("aud"),
        without("exp"),
        without("iat"),
        without("sub"),
        without("credential"),
        without("generation"),
        without("tenant"));
  }

  @ParameterizedTest
  @MethodSource("unsoundClaims")
  void refusesWellSignedTokensThatDoNotSaySoundThings(JsonObject claims) {
    // Given
    KeyPair key = Forger.p256();
    JwtTokens tokens = tokensWith(key);
    String kid = Jwk.of(key.getPublic()).getString("kid");
    String token = Forger.es256(Forger.header("ES256", kid), claims, key.getPrivate());

    // When
    var verified = Await.result(tokens.verify(token, "orum", ClientAddress.NONE));

    // Then
    assertThat(verified).isEmpty();
  }

  @Test
  void takesFractionsOfSecondsAndClocksThatAreAlmostRight() {
    // Given
    KeyPair key = Forger.p256();
    JwtTokens tokens = tokensWith(key);
    String kid = Jwk.of(key.getPublic()).getString("kid");
    long now = access.clock.instant().getEpochSecond();
    JsonObject claims = sound().put("iat", now + 0.5).put("nbf", now - 0.25).put("exp", now + 60.5);

    // When
    var verified =
        Await.result(
            tokens.verify(
                Forger.es256(Forger.header("ES256", kid), claims, key.getPrivate()),
                "orum",
                ClientAddress.NONE));

    // Then
    assertThat(verified.orElseThrow().claims().expiresAt())
        .isEqualTo(Instant.ofEpochSecond(now + 60, 500_000_000));
  }

  @Test
  void issuesNoTokenThatItWouldRefuseForItsLifetime() {
    // Given
    TokenClaims claims = claims(Duration.ofDays(367));

    // When
    var refusal = assertThatThrownBy(() -> access.issue(claims));

    // Then
    refusal.isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "...", "a.b.c", "é.é.é", "\0.\0.\0", "e30.e30.e30", "W10.W10.W10"})
  void refusesWhatIsNoToken(String text) {
    // Given no token at all

    // When
    Optional<TokenClaims> verified = verify(text);

    // Then
    assertThat(verified).isEmpty();
  }

  @Test
  void refusesEnormousAndDeepTokens() {
    // Given
    String kid = access.keys.verifying().getFirst().kid();
    String deep = "{\"iss\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    String repeated = "{\"iss\":\"" + AccessFixture.DEPLOYMENT + "\",\"iss\":\"b\"}";

    // When
    var verified =
        Stream.of(
                "A".repeat(100_000),
                ("A".repeat(33_000) + ".").repeat(3),
                Forger.base64(Forger.header("ES256", kid).encode())
                    + "."
                    + Forger.base64(deep)
                    + ".AAAA",
                Forger.base64(Forger.header("ES256", kid).encode())
                    + "."
                    + Forger.base64(repeated)
                    + ".AAAA")
            .map(JwtTokensTest::verify);

    // Then
    assertThat(verified).allMatch(Optional::isEmpty);
  }

  @Test
  void verifiesTokensOfAnEarlierKeyAndSignsWithTheNewOne() {
    // Given
    KeyPair fresh = Forger.p256();
    JwtTokens before = access.process.tokens;
    JwtTokens after =
        tokensWith(
            new SigningKeys(
                fresh.getPrivate(),
                List.of(fresh.getPublic(), access.keys.verifying().getFirst().key())));
    String old = access.issue(claims(Duration.ofHours(1)));

    // When
    String token = after.issue(access.credential(access.tenant), claims(Duration.ofHours(1)));

    // Then
    assertThat(Await.result(after.verify(old, "orum", ClientAddress.NONE))).isPresent();
    assertThat(Await.result(after.verify(token, "orum", ClientAddress.NONE))).isPresent();
    assertThat(Await.result(before.verify(token, "orum", ClientAddress.NONE))).isEmpty();
  }

  private static JwtTokens tokensWith(KeyPair key) {
    return tokensWith(new SigningKeys(key.getPrivate(), List.of(key.getPublic())));
  }

  private static JwtTokens tokensWith(SigningKeys keys) {
    return new JwtTokens(
        access.vertx, keys, access.rules, AccessFixture.SETTINGS, access.ids, access.clock);
  }

  private static JsonObject sound() {
    long now = access.clock.instant().getEpochSecond();
    return new JsonObject()
        .put("iss", AccessFixture.DEPLOYMENT)
        .put("aud", AccessFixture.DEPLOYMENT + ":orum")
        .put("sub", SUBJECT.toString())
        .put("tenant", access.tenant.value())
        .put("credential", credential.id().toString())
        .put("generation", 0)
        .put("iat", now)
        .put("exp", now + 3600);
  }

  private static JsonObject without(String claim) {
    JsonObject claims = sound();
    claims.remove(claim);
    return claims;
  }

  private static TokenClaims claims(Duration lifetime) {
    return new TokenClaims(
        access.tenant,
        "orum",
        SUBJECT,
        new Rights.Scopes(Set.of("write:b", "read:a")),
        in(lifetime));
  }

  private static Instant in(Duration lifetime) {
    return Instant.ofEpochSecond(access.clock.instant().plus(lifetime).getEpochSecond());
  }

  private static Optional<TokenClaims> verify(String token) {
    return Await.result(access.process.tokens.verify(token, "orum", ClientAddress.NONE))
        .map(VerifiedToken::claims);
  }
}
