package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.AccessSettings;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherIssuersTest {
  private static final String ISSUER = "https://login.example";
  private static final String KID = "key-1";

  private static AccessFixture access;

  private final KeyPair key = Forger.p256();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Buffer published = keySet(jwk(key, KID));
  private volatile int status = 200;
  private volatile Handler<HttpServerRequest> issuer = this::publish;
  private HttpServer server;
  private JwtTokens tokens;

  @BeforeAll
  static void open() {
    access = new AccessFixture();
  }

  @AfterAll
  static void close() {
    access.close();
  }

  @BeforeEach
  void listen() {
    server =
        Await.result(
            access
                .vertx
                .createHttpServer()
                .requestHandler(request -> issuer.handle(request))
                .listen(0, "127.0.0.1"));
    tokens = tokens(Map.of());
  }

  @AfterEach
  void shut() {
    Await.result(server.close());
  }

  @Test
  void believesATokenOfATrustedIssuer() {
    // Given
    String token = token(claims());

    // When
    TokenClaims verified = verify(token).orElseThrow();

    // Then
    assertThat(verified.tenant()).isEqualTo(access.tenant);
    assertThat(verified.rights()).isEqualTo(new Rights.Scopes(Set.of("read:a", "write:b")));
    assertThat(verify(token(claims())).orElseThrow().subject()).isEqualTo(verified.subject());
    assertThat(fetches).hasValue(1);
  }

  @Test
  void givesASubjectANumberWithItsFirstTokenAndKeepsIt() {
    // Given
    String name = "clerk|" + access.ids.next();
    int first = number(tokens, claims().put("sub", name));

    // When
    int second = number(tokens(Map.of()), claims().put("sub", name).put("jti", "another"));

    // Then
    assertThat(second).isEqualTo(first).isPositive();
    assertThat(number(tokens, claims().put("sub", name + "'s sister"))).isNotEqualTo(first);
    assertThat(keptFor(first)).containsExactly(ISSUER, name);
  }

  @Test
  void refusesASubjectThatIsRevoked() {
    // Given
    String name = "thief|" + access.ids.next();
    int number = number(tokens, claims().put("sub", name));

    // When
    run("UPDATE credential SET revoked_at = now() WHERE number = $1", Tuple.of(number));

    // Then
    assertThat(verify(token(claims().put("sub", name).put("jti", "later")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u001bb", "a\nb"})
  void refusesASubjectThatCannotBeWrittenDown(String subject) {
    assertThat(verify(token(claims().put("sub", subject)))).isEmpty();
  }

  private int number(JwtTokens verifier, JsonObject claims) {
    return Await.result(verifier.verify(token(claims), "orum", ClientAddress.NONE))
        .orElseThrow()
        .credential()
        .value();
  }

  private static List<String> keptFor(int number) {
    Row row =
        run("SELECT issuer, name FROM credential WHERE number = $1", Tuple.of(number))
            .iterator()
            .next();
    return List.of(row.getString("issuer"), row.getString("name"));
  }

  private static RowSet<Row> run(String sql, Tuple arguments) {
    return Await.result(access.pools.lookUps().run(sql, arguments));
  }

  @Test
  void opensOnlyTheDialectsThatTheIssuerIsFor() {
    // Given
    String token = token(claims());

    // When
    var elsewhere = Await.result(tokens.verify(token, "scrip", ClientAddress.NONE));

    // Then
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void refusesAnotherAudience() {
    // Given
    String token = token(claims().put("aud", new JsonArray().add("other").add("another")));

    // When
    var verified = verify(token);

    // Then
    assertThat(verified).isEmpty();
  }

  @Test
  void findsItsAudienceAmongSeveral() {
    // Given
    String token = token(claims().put("aud", new JsonArray().add("other").add("sluice")));

    // When
    var verified = verify(token);

    // Then
    assertThat(verified).isPresent();
  }

  @Test
  void letsAnIssuersKeyVouchForNobodyElse() {
    // Given
    String asGateway =
        token(
            claims()
                .put("iss", AccessFixture.DEPLOYMENT)
                .put("aud", AccessFixture.DEPLOYMENT + ":orum")
                .put("tenant", access.tenant.value()));
    String asStranger = token(claims().put("iss", "https://stranger.example"));

    // When
    var verified = List.of(verify(asGateway), verify(asStranger));

    // Then
    assertThat(verified).allMatch(Optional::isEmpty);
  }

  @Test
  void letsNoOtherKeyVouchForTheIssuer() {
    // Given
    KeyPair other = Forger.p256();
    String token = Forger.es256(Forger.header("ES256", KID), claims(), other.getPrivate());
    String ours = access.issue(ours());

    // When
    var forged = verify(token);
    var own = verify(ours);

    // Then
    assertThat(forged).isEmpty();
    assertThat(own).isPresent();
  }

  @Test
  void mapsATenantClaimToTheTenantsAllowedOnly() {
    // Given
    tokens = tokens(Map.of("access.issuers.other.tenantClaim", "org"));

    // When
    var number = verify(token(claims().put("org", access.tenant.value())));
    var text = verify(token(claims().put("org", Integer.toString(access.tenant.value()))));
    var foreign = verify(token(claims().put("org", access.other.value())));
    var none = verify(token(claims()));

    // Then
    assertThat(number).isPresent();
    assertThat(text).isPresent();
    assertThat(foreign).isEmpty();
    assertThat(none).isEmpty();
  }

  @Test
  void fetchesAgainForAKeyThatItDoesNotKnowButNotMoreOftenThanAllowed() {
    // Given
    assertThat(verify(token(claims()))).isPresent();
    KeyPair fresh = Forger.p256();
    published = keySet(jwk(key, KID), jwk(fresh, "key-2"));
    String token = Forger.es256(Forger.header("ES256", "key-2"), claims(), fresh.getPrivate());
    assertThat(verify(token)).isEmpty();
    assertThat(fetches).hasValue(1);
    access.clock.advance(JwksKeys.MIN_INTERVAL);

    // When
    var verified = verify(token);

    // Then
    assertThat(verified).isPresent();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void sharesOneFetchAmongManyCallers() {
    // Given
    List<Future<Optional<VerifiedToken>>> asked =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(
                i -> tokens.verify(token(claims().put("jti", "t" + i)), "orum", ClientAddress.NONE))
            .toList();

    // When
    Await.result(Future.all(asked));

    // Then
    assertThat(asked).allMatch(future -> future.result().isPresent());
    assertThat(fetches).hasValue(1);
  }

  @Test
  void goesOnWithWhatItKnowsWhileTheIssuerIsAwayButNotForEver() {
    // Given
    assertThat(verify(token(claims()))).isPresent();
    status = 503;
    access.clock.advance(JwksKeys.REFRESH_AGE.plusSeconds(1));

    // When
    var soon = verify(token(claims()));
    access.clock.advance(JwksKeys.MAX_AGE);
    Future<Optional<VerifiedToken>> late =
        tokens.verify(token(claims()), "orum", ClientAddress.NONE);

    // Then
    assertThat(soon).isPresent();
    assertThatThrownBy(() -> Await.result(late)).hasMessageContaining("cannot be had");
  }

  @Test
  void forgetsAKeyThatTheIssuerWithdrew() {
    // Given
    assertThat(verify(token(claims()))).isPresent();
    published = keySet();
    access.clock.advance(JwksKeys.MAX_AGE.plusSeconds(1));

    // When
    var verified = verify(token(claims()));

    // Then
    assertThat(verified).isEmpty();
  }

  @Test
  void forgetsAKeyThatTheIssuerWithdrewSinceTheClockWasAhead() {
    // Given
    access.clock.advance(Duration.ofDays(1));
    assertThat(verify(token(claims()))).isPresent();
    access.clock.advance(Duration.ofDays(-1));
    published = keySet();

    // When
    var verified = verify(token(claims()));

    // Then
    assertThat(verified).isEmpty();
  }

  @Test
  void takesNoSymmetricShortOrNamelessKeys() {
    // Given
    KeyPair weak = Forger.rsa(1024);
    byte[] secret =
        "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    JsonObject symmetric =
        new JsonObject()
            .put("kty", "oct")
            .put("kid", "oct")
            .put("alg", "HS256")
            .put("k", Forger.base64("0123456789abcdef0123456789abcdef"));
    JsonObject short1024 =
        new JsonObject()
            .put("kty", "RSA")
            .put("kid", "weak")
            .put("n", modulus(weak))
            .put("e", "AQAB");
    JsonObject nameless = jwk(key, KID);
    nameless.remove("kid");
    published = keySet(symmetric, short1024, nameless, jwk(key, "enc").put("use", "enc"));

    // When
    var verified =
        List.of(
            verify(Forger.hs256(Forger.header("HS256", "oct"), claims(), secret)),
            verify(Forger.rs256(Forger.header("RS256", "weak"), claims(), weak.getPrivate())),
            verify(Forger.es256(Forger.header("ES256", "enc"), claims(), key.getPrivate())),
            verify(token(claims())));

    // Then
    assertThat(verified).allMatch(Optional::isEmpty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key_ops\":[\"verify\"]}",
        "{\"key_ops\":[\"sign\",\"verify\"],\"use\":\"sig\"}"
      })
  void takesAKeyThatIsForChecking(String saying) {
    // Given
    published = keySet(jwk(key, KID).mergeIn(new JsonObject(saying)));

    // Then
    assertThat(verify(token(claims()))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key_ops\":[\"encrypt\"]}",
        "{\"key_ops\":[\"sign\"]}",
        "{\"key_ops\":[]}",
        "{\"key_ops\":null}",
        "{\"key_ops\":\"verify\"}",
        "{\"key_ops\":[\"verify\"],\"use\":\"enc\"}",
        "{\"key_ops\":[\"encrypt\"],\"use\":\"sig\"}",
        "{\"use\":null}",
        "{\"use\":[\"sig\"]}"
      })
  void takesNoKeyThatIsForSomethingElse(String saying) {
    // Given
    published = keySet(jwk(key, KID).mergeIn(new JsonObject(saying)));

    // Then
    assertThat(verify(token(claims()))).isEmpty();
  }

  @Test
  void takesRs256KeysToo() {
    // Given
    KeyPair rsa = Forger.rsa(2048);
    published = keySet(Jwk.of(rsa.getPublic()).put("kid", "rsa"));
    JsonObject claims = claims();

    // When
    var verified = verify(Forger.rs256(Forger.header("RS256", "rsa"), claims, rsa.getPrivate()));

    // Then
    assertThat(verified).isPresent();
  }

  @Test
  void readsNoEndlessKeySet() {
    // Given
    published = Buffer.buffer(" ".repeat(JwksKeys.MAX_BODY_BYTES)).appendBuffer(published);

    // When
    Future<Optional<VerifiedToken>> asked =
        tokens.verify(token(claims()), "orum", ClientAddress.NONE);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).hasMessageContaining("cannot be had");
  }

  @Test
  void hangsUpOnAKeySetThatDoesNotComeToItsEnd() {
    // Given
    Promise<Void> hungUp = Promise.promise();
    issuer = request -> drip(request, hungUp);

    // When
    Future<Optional<VerifiedToken>> asked =
        tokens.verify(token(claims()), "orum", ClientAddress.NONE);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).hasMessageContaining("cannot be had");
    Await.result(hungUp.future());
  }

  @Test
  void failsWhileNoKeysWereEverHad() {
    // Given
    published = Buffer.buffer("<html>");

    // When
    Future<Optional<VerifiedToken>> asked =
        tokens.verify(token(claims()), "orum", ClientAddress.NONE);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).hasMessageContaining("cannot be had");
  }

  private void publish(HttpServerRequest request) {
    fetches.incrementAndGet();
    request.response().setStatusCode(status).end(published);
  }

  /** Never silent for long, and never at an end. */
  private static void drip(HttpServerRequest request, Promise<Void> hungUp) {
    HttpServerResponse response = request.response().setChunked(true);
    long timer = access.vertx.setPeriodic(100, tick -> response.write(" "));
    request
        .connection()
        .closeHandler(
            closed -> {
              access.vertx.cancelTimer(timer);
              hungUp.complete();
            });
  }

  private JwtTokens tokens(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "access.deployment",
                AccessFixture.DEPLOYMENT,
                "access.issuers.other.issuer",
                ISSUER,
                "access.issuers.other.keys",
                "http://127.0.0.1:" + server.actualPort() + "/keys",
                "access.issuers.other.audience",
                "sluice",
                "access.issuers.other.tenants",
                Integer.toString(access.tenant.value()),
                "access.issuers.other.dialects",
                "orum"));
    settings.putAll(more);
    return access.tokens(AccessSettings.SECTION.of(settings));
  }

  private TokenClaims ours() {
    return new TokenClaims(
        access.tenant,
        "orum",
        access.ids.next(),
        new Rights.Everything(),
        access.clock.instant().plus(Duration.ofHours(1)));
  }

  private static JsonObject claims() {
    long now = access.clock.instant().getEpochSecond();
    return new JsonObject()
        .put("iss", ISSUER)
        .put("aud", "sluice")
        .put("sub", "user|42")
        .put("scope", "read:a write:b")
        .put("iat", now)
        .put("exp", now + 3600);
  }

  private String token(JsonObject claims) {
    return Forger.es256(Forger.header("ES256", KID), claims, key.getPrivate());
  }

  private Optional<TokenClaims> verify(String token) {
    return Await.result(tokens.verify(token, "orum", ClientAddress.NONE))
        .map(VerifiedToken::claims);
  }

  private static JsonObject jwk(KeyPair pair, String kid) {
    return Jwk.of(pair.getPublic()).put("kid", kid);
  }

  private static Buffer keySet(JsonObject... keys) {
    return new JsonObject().put("keys", new JsonArray(List.of(keys))).toBuffer();
  }

  private static String modulus(KeyPair rsa) {
    byte[] bytes =
        ((java.security.interfaces.RSAPublicKey) rsa.getPublic()).getModulus().toByteArray();
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
