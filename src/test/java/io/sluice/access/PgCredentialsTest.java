package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.StoredCredential;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
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
  void findsTheTenantOfASecret() {
    // Given
    String secret =
        Await.result(access.process.issuer.issue(AccessFixture.BADGE, access.tenant, "app"));

    // When
    var found =
        Await.result(
            access.process.credentials.find(AccessFixture.BADGE, secret, ClientAddress.NONE));

    // Then
    assertThat(found.orElseThrow().tenant()).isEqualTo(access.tenant);
    assertThat(secret).matches("[A-Za-z0-9]{32}");
  }

  @Test
  void startsASecretWithThePrefixOfItsType() {
    // Given
    String key =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "shop"));

    // When
    var found =
        Await.result(access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE));

    // Then
    assertThat(found.orElseThrow().tenant()).isEqualTo(access.tenant);
    assertThat(key).matches("key_[A-Za-z0-9]{32}");
  }

  @Test
  void takesNoSecretOfOneTypeForAnother() {
    // Given
    String key =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "typed"));
    String secret =
        Await.result(access.process.issuer.issue(AccessFixture.BADGE, access.tenant, "typed"));

    // When
    var asSecret =
        Await.result(access.process.credentials.find(AccessFixture.BADGE, key, ClientAddress.NONE));
    var asKey =
        Await.result(
            access.process.credentials.find(AccessFixture.KEY, secret, ClientAddress.NONE));

    // Then
    assertThat(asSecret).isEmpty();
    assertThat(asKey).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key_", "key_unknown", "\0", "\ud800", "' OR 1=1 --"})
  void knowsNobodyByAWrongKey(String key) {
    // Given a key that was never made

    // When
    var found =
        Await.result(access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE));

    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void replacesTheKeyOfALabelAndRefusesTheOldOneAtOnce() {
    // Given
    String old =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "rotating"));
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, old, ClientAddress.NONE)))
        .isPresent();

    // When
    String fresh =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "rotating"));

    // Then
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, old, ClientAddress.NONE)))
        .isEmpty();
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, fresh, ClientAddress.NONE)))
        .isPresent();
  }

  @Test
  void keepsTheKeysOfOtherLabelsAndTenantsWhenOneIsReplaced() {
    // Given
    String mine =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "one"));
    String theirs =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.other, "two"));

    // When
    Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "two"));

    // Then
    assertThat(
            Await.result(
                    access.process.credentials.find(AccessFixture.KEY, mine, ClientAddress.NONE))
                .orElseThrow()
                .tenant())
        .isEqualTo(access.tenant);
    assertThat(
            Await.result(
                    access.process.credentials.find(AccessFixture.KEY, theirs, ClientAddress.NONE))
                .orElseThrow()
                .tenant())
        .isEqualTo(access.other);
  }

  @Test
  void refusesARevokedKeyAtOnceInTheSameProcess() {
    // Given
    String key =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "revoked"));
    UUID id =
        Await.result(access.process.issuer.find(access.tenant, AccessFixture.KEY, "revoked"))
            .orElseThrow()
            .id();

    // When
    Optional<CredentialNumber> revoked =
        Await.result(access.process.issuer.revoke(access.tenant, AccessFixture.KEY, id));

    // Then
    assertThat(revoked).isPresent();
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void refusesAKeyRevokedByAnotherProcessOnceTheCacheHasExpired() {
    // Given
    AccessFixture.Process elsewhere = access.newProcess();
    String key = Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "far"));
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE)))
        .isPresent();
    UUID id =
        Await.result(elsewhere.issuer.find(access.tenant, AccessFixture.KEY, "far"))
            .orElseThrow()
            .id();
    Await.result(elsewhere.issuer.revoke(access.tenant, AccessFixture.KEY, id));
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE)))
        .isPresent();

    // When
    access.clock.advance(AccessFixture.SETTINGS.cacheLifetime());

    // Then
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void letsNobodyRevokeOrSeeAnotherTenantsCredential() {
    // Given
    String key =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "guarded"));
    UUID id =
        Await.result(access.process.issuer.find(access.tenant, AccessFixture.KEY, "guarded"))
            .orElseThrow()
            .id();

    // When
    Optional<CredentialNumber> revoked =
        Await.result(access.process.issuer.revoke(access.other, AccessFixture.KEY, id));

    // Then
    assertThat(revoked).isEmpty();
    assertThat(
            Await.result(
                access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE)))
        .isPresent();
    assertThat(listed(access.other, AccessFixture.KEY))
        .extracting(StoredCredential::id)
        .doesNotContain(id);
  }

  @Test
  void knowsAClientByItsPairOnly() {
    // Given
    TenantId tenant = access.newTenant("oauth");
    Set<String> scopes = Set.of("read:subledgers", "write:booktransfers");
    IssuedClient one =
        Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "one", scopes));
    IssuedClient two =
        Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "two", Set.of()));

    // When
    var right = client(one.clientId(), one.clientSecret());
    var crossed = client(one.clientId(), two.clientSecret());
    var unknown = client("nobody", one.clientSecret());

    // Then
    assertThat(right.orElseThrow().tenant()).isEqualTo(tenant);
    assertThat(right.orElseThrow().scopes()).isEqualTo(scopes);
    assertThat(crossed).isEmpty();
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "\udfff", "a\nb"})
  void knowsNoClientByAnImpossibleName(String clientId) {
    // Given an id that PostgreSQL could not even hold

    // When
    var found = client(clientId, "secret");

    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void grantsATenantAsManyClientsAsTheirTypeAllows() {
    // Given
    TenantId tenant = access.newTenant("two clients");
    Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "one", Set.of()));
    Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "two", Set.of()));

    // When
    Future<IssuedClient> third =
        access.process.issuer.issue(AccessFixture.CLIENT, tenant, "three", Set.of());

    // Then
    assertThat(AccessFixture.refusal(third)).isEqualTo(CredentialRefused.Reason.TOO_MANY);
    assertThat(listed(tenant, AccessFixture.CLIENT)).hasSize(AccessFixture.CLIENT.maxInForce());
  }

  @Test
  void neverGrantsAThirdClientToManyWhoAskAtOnce() {
    // Given
    TenantId tenant = access.newTenant("rush");

    // When
    List<Future<IssuedClient>> asked =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    access.process.issuer.issue(
                        AccessFixture.CLIENT, tenant, "label " + i, Set.of()))
            .toList();

    // Then
    Await.result(Future.join(asked).otherwiseEmpty());
    assertThat(asked.stream().filter(Future::succeeded)).hasSize(2);
  }

  @Test
  void takesNothingAwayWhenItRefusesAClientTooMany() {
    // Given
    TenantId tenant = access.newTenant("full");
    IssuedClient one =
        Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "one", Set.of()));
    Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "two", Set.of()));
    var fewer = new ClientCredentials(AccessFixture.CLIENT.name(), "App", 1, AccessFixture.SCOPES);

    // When
    Future<IssuedClient> again = access.process.issuer.issue(fewer, tenant, "one", Set.of());

    // Then
    assertThat(AccessFixture.refusal(again)).isEqualTo(CredentialRefused.Reason.TOO_MANY);
    assertThat(client(one.clientId(), one.clientSecret())).isPresent();
  }

  @Test
  void refusesTheOldPairAtOnceWhenAClientIsReplaced() {
    // Given
    TenantId tenant = access.newTenant("replaced client");
    IssuedClient old =
        Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "one", Set.of()));

    // When
    IssuedClient fresh =
        Await.result(access.process.issuer.issue(AccessFixture.CLIENT, tenant, "one", Set.of()));

    // Then
    assertThat(client(old.clientId(), old.clientSecret())).isEmpty();
    assertThat(client(fresh.clientId(), fresh.clientSecret())).isPresent();
  }

  @Test
  void refusesWhatCannotBeGranted() {
    // Given
    PgCredentialIssuer issuer = access.process.issuer;
    TenantId nobody = new TenantId(999_999);

    // When
    var reasons =
        List.of(
            AccessFixture.refusal(issuer.issue(AccessFixture.KEY, nobody, "label")),
            AccessFixture.refusal(issuer.issue(AccessFixture.KEY, access.tenant, "")),
            AccessFixture.refusal(issuer.issue(AccessFixture.KEY, access.tenant, "a\0b")),
            AccessFixture.refusal(issuer.issue(AccessFixture.KEY, access.tenant, "x".repeat(256))),
            AccessFixture.refusal(
                issuer.issue(AccessFixture.USER, access.tenant, "short", "1234567")),
            AccessFixture.refusal(
                issuer.issue(AccessFixture.CLIENT, access.other, "scoped", Set.of("two words"))));

    // Then
    assertThat(reasons.getFirst()).isEqualTo(CredentialRefused.Reason.UNKNOWN_TENANT);
    assertThat(reasons.subList(1, reasons.size())).containsOnly(CredentialRefused.Reason.INVALID);
  }

  @Test
  void storesNoSecretInPlain() {
    // Given
    String key =
        Await.result(access.process.issuer.issue(AccessFixture.KEY, access.tenant, "hashed"));
    user(access.tenant, "hashed", "correct horse battery");

    // When
    String everything =
        Await.result(
            access
                .pools
                .lookUps()
                .run("SELECT string_agg(c::text, ' ') FROM credential c")
                .map(rows -> rows.iterator().next().getString(0)));

    // Then
    assertThat(everything).contains("$argon2id$").doesNotContain(key, "correct horse battery");
  }

  @Test
  void saysNoSecretInAnyText() {
    // Given
    IssuedClient secret = new IssuedClient("client", "very secret");

    // When
    String text = secret + " " + SecretHash.of("very secret") + " " + access.keys;

    // Then
    assertThat(text).doesNotContain("very secret");
  }

  @Test
  void failsRatherThanAnswersWhenTheDatabaseIsGone() {
    // Given
    AccessFixture gone = new AccessFixture();
    gone.testDatabase.close();

    // When
    Future<?> asked =
        gone.process.credentials.find(AccessFixture.KEY, "key_any", ClientAddress.NONE);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).isInstanceOf(AssertionError.class);
    Await.result(gone.vertx.close());
  }

  private static List<StoredCredential> listed(TenantId tenant, CredentialType type) {
    return Await.result(access.process.issuer.list(tenant, type, Optional.empty(), 100));
  }

  private static Optional<Credentials.Client> client(String id, String secret) {
    return Await.result(
        access.process.credentials.find(AccessFixture.CLIENT, id, secret, ClientAddress.NONE));
  }

  private static UUID user(TenantId tenant, String name, String password) {
    return Await.result(access.process.issuer.issue(AccessFixture.USER, tenant, name, password));
  }
}
