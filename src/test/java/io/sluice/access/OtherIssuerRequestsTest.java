package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of other issuers at the dialects' doors: one whose keys are there, one whose are not. */
class OtherIssuerRequestsTest {
  private static final KeyPair KEY = Forger.p256();
  private static final String STRICT = "https://strict.example";
  private static final String LAX = "https://lax.example";
  private static final String GONE = "https://gone.example";

  private static final Map<String, String> IN_ITS_WORDS =
      Map.of(
          "corebanq", "\"service.nothing_done\"",
          "orum", "\"internal_server_error\"",
          "isometric", "nothing was done");

  @TempDir private static Path directory;
  private static TestingGateway gateway;
  private static TenantId tenant;

  @BeforeAll
  static void open() throws IOException {
    Path keys = directory.resolve("keys.json");
    JsonObject jwk = Jwk.of(KEY.getPublic()).put("kid", "k");
    Files.writeString(keys, new JsonObject().put("keys", new JsonArray().add(jwk)).encode());
    Map<String, String> settings = new HashMap<>();
    settings.putAll(issuer("strict", STRICT, keys));
    settings.putAll(issuer("lax", LAX, keys));
    settings.put("access.issuers.lax.unscoped", "allow");
    settings.putAll(issuer("gone", GONE, directory.resolve("no-keys.json")));
    gateway = TestingGateway.start(settings);
    tenant = gateway.newTenant();
    assertThat(tenant).isEqualTo(new TenantId(1));
  }

  private static Map<String, String> issuer(String name, String issuer, Path keys) {
    String prefix = "access.issuers." + name + ".";
    return Map.of(
        prefix + "issuer", issuer,
        prefix + "keys", keys.toUri().toString(),
        prefix + "audience", "us",
        prefix + "tenants", "1",
        prefix + "dialects", "corebanq, orum, isometric");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'scope':''}",
        "{'scope':[]}",
        "{'scope':null}",
        "{'scope':['ledgers:write',1]}",
        "{'scope':{'ledgers:write':true}}",
        "{'scp':''}",
        "{'scp':[]}",
        "{'scp':'ledgers:write '}",
        "{'scope':'ledgers:write','scp':[]}"
      })
  void opensNothingWithoutARightEvenWhereADialectAsksForNoScope(String claims) {
    // When
    List<Integer> statuses =
        List.of(
            ledgers(token(STRICT, claims)).status(),
            bookTransfers(token(STRICT, claims)).status(),
            organisation(token(STRICT, claims)).status());

    // Then
    assertThat(statuses).containsOnly(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'scope':'ledgers:read'} | 200",
        "{'scope':['ledgers:read']} | 200",
        "{'scp':'ledgers:read'} | 200",
        "{'scp':['other','ledgers:write']} | 200",
        "{'scope':'openid'} | 403",
        "{'scope':['openid']} | 403",
        "{'scp':'openid'} | 403"
      })
  void holdsATokenToTheScopesThatItNamesInWhicheverForm(String claims, int status) {
    // When
    Reply reply = ledgers(token(STRICT, claims));

    // Then
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void letsATokenWithoutScopesDoEverythingWhereItsIssuerMayLeaveThemOut() {
    // When
    Reply silent = ledgers(token(LAX, "{}"));
    Reply empty = ledgers(token(LAX, "{'scope':''}"));

    // Then
    assertThat(silent.status()).isEqualTo(200);
    assertThat(bookTransfers(token(LAX, "{}")).status()).isEqualTo(200);
    assertThat(empty.status()).isEqualTo(401);
  }

  @Test
  void refusesATokenThatLivesLongerThanADay() {
    // Given
    long now = Instant.now().getEpochSecond();
    JsonObject good = claims(STRICT).put("scope", "ledgers:read").put("iat", now - 10);

    // When
    Reply day = ledgers(sign(good.put("exp", now - 10 + 86_400)));
    Reply longer = ledgers(sign(good.put("exp", now - 10 + 86_401)));

    // Then
    assertThat(day.status()).isEqualTo(200);
    assertThat(longer.status()).isEqualTo(401);
  }

  @Test
  void answersThatItCannotSayWhileAnIssuersKeysAreGoneAndKeepsTheLogShort() {
    // Given
    String token = token(GONE, "{'scope':'ledgers:read'}");

    try (CapturedLog log = CapturedLog.of("io.sluice")) {
      for (int i = 0; i < 3; i++) {
        // When
        Map<String, Reply> replies =
            Map.of(
                "corebanq", ledgers(token),
                "orum", bookTransfers(token),
                "isometric", organisation(token));

        // Then
        replies.forEach(OtherIssuerRequestsTest::assertUnavailable);
      }
      assertThat(log.lines()).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
      assertThat(log.lines())
          .filteredOn(line -> !line.getLoggerName().endsWith("AccessLog"))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private static void assertUnavailable(String dialect, Reply reply) {
    // Orum declares a 503 for its token call alone.
    assertThat(reply.status()).as(dialect).isEqualTo(dialect.equals("orum") ? 500 : 503);
    assertThat(reply.header("Retry-After")).as(dialect).isPresent();
    assertThat(reply.text()).as(dialect).contains(IN_ITS_WORDS.get(dialect));
  }

  private static Reply ledgers(String token) {
    return bearing(token).get("/v1/ledgers");
  }

  private static Reply bookTransfers(String token) {
    return bearing(token).with("Orum-Version", "v2022-09-21").get("/deliver/booktransfers");
  }

  private static Reply organisation(String token) {
    String secret = gateway.secret("client-secret", tenant, "test");
    return bearing(token).with("X-Client-Secret", secret).get("/registry/v0/organisation");
  }

  private static TestClient bearing(String token) {
    return gateway.client().with("Authorization", "Bearer " + token);
  }

  private static String token(String issuer, String more) {
    return sign(claims(issuer).mergeIn(new JsonObject(more.replace('\'', '"'))));
  }

  private static JsonObject claims(String issuer) {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", issuer)
        .put("aud", "us")
        .put("sub", "user|42")
        .put("iat", now)
        .put("exp", now + 600);
  }

  private static String sign(JsonObject claims) {
    return Forger.es256(Forger.header("ES256", "k"), claims, KEY.getPrivate());
  }
}
