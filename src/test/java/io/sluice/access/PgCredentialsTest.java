package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialType;
import io.sluice.store.access.StoredCredential;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgCredentialsTest {
  private static AccessFixture access;

  @BeforeAll
  static void open() {
    access = new AccessFixture();
  }

  @AfterAll
  static void close() {
    access.close();
  }

  @Test
  void findsTheTenantOfAClientSecret() {
    // Given
    String secret = Await.result(access.process.issuer.clientSecret(access.tenant, "app"));

    // When
    var found = Await.result(access.process.credentials.clientSecret(secret));

    // Then
    assertThat(found).contains(access.tenant);
    assertThat(secret).matches("[A-Za-z0-9]{32}");
  }

  @Test
  void findsTheTenantOfAnApiKey() {
    // Given
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "shop"));

    // When
    var found = Await.result(access.process.credentials.apiKey(key));

    // Then
    assertThat(found.orElseThrow().tenant()).isEqualTo(access.tenant);
    assertThat(key).matches("sk_[A-Za-z0-9]{32}");
  }

  @Test
  void takesNoSecretOfOneTypeForAnother() {
    // Given
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "typed"));
    String secret = Await.result(access.process.issuer.clientSecret(access.tenant, "typed"));

    // When
    var asSecret = Await.result(access.process.credentials.clientSecret(key));
    var asKey = Await.result(access.process.credentials.apiKey(secret));

    // Then
    assertThat(asSecret).isEmpty();
    assertThat(asKey).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk_", "sk_unknown", "\0", "\ud800", "' OR 1=1 --"})
  void knowsNobodyByAWrongKey(String key) {
    // Given a key that was never made

    // When
    var found = Await.result(access.process.credentials.apiKey(key));

    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void replacesTheKeyOfALabelAndRefusesTheOldOneAtOnce() {
    // Given
    String old = Await.result(access.process.issuer.apiKey(access.tenant, "rotating"));
    assertThat(Await.result(access.process.credentials.apiKey(old))).isPresent();

    // When
    String fresh = Await.result(access.process.issuer.apiKey(access.tenant, "rotating"));

    // Then
    assertThat(Await.result(access.process.credentials.apiKey(old))).isEmpty();
    assertThat(Await.result(access.process.credentials.apiKey(fresh))).isPresent();
  }

  @Test
  void keepsTheKeysOfOtherLabelsAndTenantsWhenOneIsReplaced() {
    // Given
    String mine = Await.result(access.process.issuer.apiKey(access.tenant, "one"));
    String theirs = Await.result(access.process.issuer.apiKey(access.other, "two"));

    // When
    Await.result(access.process.issuer.apiKey(access.tenant, "two"));

    // Then
    assertThat(Await.result(access.process.credentials.apiKey(mine)).orElseThrow().tenant())
        .isEqualTo(access.tenant);
    assertThat(Await.result(access.process.credentials.apiKey(theirs)).orElseThrow().tenant())
        .isEqualTo(access.other);
  }

  @Test
  void refusesARevokedKeyAtOnceInTheSameProcess() {
    // Given
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "revoked"));
    UUID id = Await.result(access.process.credentials.apiKey(key)).orElseThrow().id();

    // When
    boolean revoked =
        Await.result(access.process.issuer.revoke(access.tenant, CredentialType.API_KEY, id));

    // Then
    assertThat(revoked).isTrue();
    assertThat(Await.result(access.process.credentials.apiKey(key))).isEmpty();
  }

  @Test
  void refusesAKeyRevokedByAnotherProcessOnceTheCacheHasExpired() {
    // Given
    AccessFixture.Process elsewhere = access.newProcess();
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "far"));
    UUID id = Await.result(access.process.credentials.apiKey(key)).orElseThrow().id();
    Await.result(elsewhere.issuer.revoke(access.tenant, CredentialType.API_KEY, id));
    assertThat(Await.result(access.process.credentials.apiKey(key))).isPresent();

    // When
    access.clock.advance(AccessFixture.SETTINGS.cacheLifetime());

    // Then
    assertThat(Await.result(access.process.credentials.apiKey(key))).isEmpty();
  }

  @Test
  void letsNobodyRevokeOrSeeAnotherTenantsCredential() {
    // Given
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "guarded"));
    UUID id = Await.result(access.process.credentials.apiKey(key)).orElseThrow().id();

    // When
    boolean revoked =
        Await.result(access.process.issuer.revoke(access.other, CredentialType.API_KEY, id));

    // Then
    assertThat(revoked).isFalse();
    assertThat(Await.result(access.process.credentials.apiKey(key))).isPresent();
    assertThat(listed(access.other, CredentialType.API_KEY))
        .extracting(StoredCredential::id)
        .doesNotContain(id);
  }

  @Test
  void knowsAnOAuthClientByItsPairOnly() {
    // Given
    TenantId tenant = access.newTenant("oauth");
    Set<String> scopes = Set.of("read:subledgers", "write:booktransfers");
    OAuthSecret one = Await.result(access.process.issuer.oauthClient(tenant, "one", scopes));
    OAuthSecret two = Await.result(access.process.issuer.oauthClient(tenant, "two", Set.of()));

    // When
    var right = oauthClient(one.clientId(), one.clientSecret());
    var crossed = oauthClient(one.clientId(), two.clientSecret());
    var unknown = oauthClient("nobody", one.clientSecret());

    // Then
    assertThat(right.orElseThrow().tenant()).isEqualTo(tenant);
    assertThat(right.orElseThrow().scopes()).isEqualTo(scopes);
    assertThat(crossed).isEmpty();
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "\udfff", "a\nb"})
  void knowsNoOAuthClientByAnImpossibleName(String clientId) {
    // Given an id that PostgreSQL could not even hold

    // When
    var found = oauthClient(clientId, "secret");

    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void grantsATenantTwoOAuthClientsAtMost() {
    // Given
    TenantId tenant = access.newTenant("two clients");
    Await.result(access.process.issuer.oauthClient(tenant, "one", Set.of()));
    Await.result(access.process.issuer.oauthClient(tenant, "two", Set.of()));

    // When
    Future<OAuthSecret> third = access.process.issuer.oauthClient(tenant, "three", Set.of());

    // Then
    assertThat(AccessFixture.refusal(third)).isEqualTo(CredentialRefused.Reason.TOO_MANY);
    assertThat(listed(tenant, CredentialType.OAUTH_CLIENT))
        .hasSize(CredentialStore.MAX_OAUTH_CLIENTS);
  }

  @Test
  void neverGrantsAThirdOAuthClientToManyWhoAskAtOnce() {
    // Given
    TenantId tenant = access.newTenant("rush");

    // When
    List<Future<OAuthSecret>> asked =
        IntStream.range(0, 8)
            .mapToObj(i -> access.process.issuer.oauthClient(tenant, "label " + i, Set.of()))
            .toList();

    // Then
    Await.result(Future.join(asked).otherwiseEmpty());
    assertThat(asked.stream().filter(Future::succeeded)).hasSize(2);
  }

  @Test
  void refusesTheOldPairAtOnceWhenAnOAuthClientIsReplaced() {
    // Given
    TenantId tenant = access.newTenant("replaced client");
    OAuthSecret old = Await.result(access.process.issuer.oauthClient(tenant, "one", Set.of()));

    // When
    OAuthSecret fresh = Await.result(access.process.issuer.oauthClient(tenant, "one", Set.of()));

    // Then
    assertThat(oauthClient(old.clientId(), old.clientSecret())).isEmpty();
    assertThat(oauthClient(fresh.clientId(), fresh.clientSecret())).isPresent();
  }

  @Test
  void refusesWhatCannotBeGranted() {
    // Given
    PgCredentialIssuer issuer = access.process.issuer;
    TenantId nobody = new TenantId(999_999);

    // When
    var reasons =
        List.of(
            AccessFixture.refusal(issuer.apiKey(nobody, "label")),
            AccessFixture.refusal(issuer.apiKey(access.tenant, "")),
            AccessFixture.refusal(issuer.apiKey(access.tenant, "a\0b")),
            AccessFixture.refusal(issuer.apiKey(access.tenant, "x".repeat(256))),
            AccessFixture.refusal(issuer.user(access.tenant, "short", "1234567")),
            AccessFixture.refusal(issuer.oauthClient(access.other, "scoped", Set.of("two words"))));

    // Then
    assertThat(reasons.getFirst()).isEqualTo(CredentialRefused.Reason.UNKNOWN_TENANT);
    assertThat(reasons.subList(1, reasons.size())).containsOnly(CredentialRefused.Reason.INVALID);
  }

  @Test
  void storesNoSecretInPlain() {
    // Given
    String key = Await.result(access.process.issuer.apiKey(access.tenant, "hashed"));
    user(access.tenant, "hashed", "correct horse battery");

    // When
    String everything =
        Await.result(
            access
                .pool
                .query("SELECT string_agg(c::text, ' ') FROM credential c")
                .execute()
                .map(rows -> rows.iterator().next().getString(0)));

    // Then
    assertThat(everything).contains("$argon2id$").doesNotContain(key, "correct horse battery");
  }

  @Test
  void saysNoSecretInAnyText() {
    // Given
    OAuthSecret secret = new OAuthSecret("client", "very secret");

    // When
    String text = secret + " " + SecretHash.of("very secret") + " " + access.keys;

    // Then
    assertThat(text).doesNotContain("very secret", access.keys.signing().getString("d"));
  }

  @Test
  void failsRatherThanAnswersWhenTheDatabaseIsGone() {
    // Given
    AccessFixture gone = new AccessFixture();
    gone.testDatabase.close();

    // When
    Future<?> asked = gone.process.credentials.apiKey("sk_any");

    // Then
    assertThatThrownBy(() -> Await.result(asked)).isInstanceOf(AssertionError.class);
    Await.result(gone.vertx.close());
  }

  private static List<StoredCredential> listed(TenantId tenant, CredentialType type) {
    return Await.result(access.process.issuer.list(tenant, type, 100));
  }

  private static java.util.Optional<Credentials.OAuthClient> oauthClient(String id, String secret) {
    return Await.result(access.process.credentials.oauthClient(id, secret));
  }

  private static UUID user(TenantId tenant, String name, String password) {
    return Await.result(access.process.issuer.user(tenant, name, password));
  }
}
