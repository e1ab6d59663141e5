package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.Credentials.Client;
import io.sluice.access.Credentials.Login;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenRevocationTest {
  private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-000000000001");
  private static final SubjectToken TOKEN =
      new SubjectToken(
          new CredentialTypeName("pass"),
          "Pass",
          "some-api",
          "guest",
          Duration.ofMinutes(90),
          (tenant, id) -> Future.succeededFuture(Optional.of(SUBJECT)));

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
  void refusesARevokedSubjectTokenAtOnceHereAndSoonElsewhere() {
    // Given
    AccessFixture.Process elsewhere = access.newProcess();
    String token =
        Await.result(
            access.process.issuer.issue(
                TOKEN, access.tenant, "org", new Subject(SUBJECT, "org_1")));
    UUID id = UUID.fromString(Forger.claims(token).getString("credential"));
    assertThat(
            Await.result(access.process.tokens.verify(token, TOKEN.dialect(), ClientAddress.NONE)))
        .isPresent();
    assertThat(Await.result(elsewhere.tokens.verify(token, TOKEN.dialect(), ClientAddress.NONE)))
        .isPresent();

    // When
    Await.result(access.process.issuer.revoke(access.tenant, TOKEN, id));

    // Then
    assertThat(
            Await.result(access.process.tokens.verify(token, TOKEN.dialect(), ClientAddress.NONE)))
        .isEmpty();
    access.clock.advance(AccessFixture.SETTINGS.cacheLifetime());
    assertThat(Await.result(elsewhere.tokens.verify(token, TOKEN.dialect(), ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void issuesSubjectTokensForTheLifetimeOfTheirType() {
    // Given
    Instant now = access.clock.instant();

    // When
    String token =
        Await.result(
            access.process.issuer.issue(
                TOKEN, access.tenant, "year", new Subject(SUBJECT, "org_2")));

    // Then
    TokenClaims claims =
        Await.result(access.process.tokens.verify(token, TOKEN.dialect(), ClientAddress.NONE))
            .orElseThrow()
            .claims();
    assertThat(claims.subject()).isEqualTo(SUBJECT);
    assertThat(Duration.between(now, claims.expiresAt()).toMinutes()).isBetween(89L, 90L);
  }

  @Test
  void refusesTheTokensOfARevokedUser() {
    // Given
    UUID user =
        Await.result(
            access.process.issuer.issue(AccessFixture.USER, access.tenant, "leaver", "a password"));
    String token =
        access.process.tokens.issue(
            new Backing.Credential(user, 0),
            new TokenClaims(
                access.tenant, "corebanq", user, new Rights.Everything(), in(Duration.ofHours(1))));
    assertThat(Await.result(access.process.tokens.verify(token, "corebanq", ClientAddress.NONE)))
        .isPresent();

    // When
    Await.result(access.process.issuer.revoke(access.tenant, AccessFixture.USER, user));

    // Then
    assertThat(Await.result(access.process.tokens.verify(token, "corebanq", ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void refusesEveryTokenOfATenantFromBeforeItsCutOff() {
    // Given
    TenantId tenant = access.newTenant("cut off");
    JwtTokens tokens = access.newProcess().tokens;
    String old = access.issue(claims(tenant));
    String others = access.issue(claims(access.other));
    access.clock.advance(Duration.ofSeconds(2));
    Await.result(access.rules.refuseTokensBefore(tenant, access.clock.instant()));
    access.clock.advance(TrustedIssuer.MAX_CLOCK_SKEW.plusSeconds(1));

    // When
    String fresh = access.issue(claims(tenant));

    // Then
    assertThat(Await.result(tokens.verify(old, "orum", ClientAddress.NONE))).isEmpty();
    assertThat(Await.result(tokens.verify(fresh, "orum", ClientAddress.NONE))).isPresent();
    assertThat(Await.result(tokens.verify(others, "orum", ClientAddress.NONE))).isPresent();
  }

  @Test
  void letsInWhatIsIssuedASecondAfterTheCutOffAndNothingBefore() {
    // Given
    TenantId tenant = access.newTenant("cut off in a second");
    Await.result(access.process.tokens.refuseIssuedBefore(tenant, access.clock.instant()));
    access.clock.advance(TrustedIssuer.MAX_CLOCK_SKEW);
    String early = access.issue(claims(tenant));
    access.clock.advance(Duration.ofMillis(1));

    // When
    String fresh = access.issue(claims(tenant));

    // Then
    assertThat(verified(early)).isEmpty();
    assertThat(verified(fresh)).isPresent();
  }

  /** Of the two signatures that ES256 has for one text, anybody can make one from the other. */
  @Test
  void endsATokenInBothFormsOfItsSignature() {
    // Given
    TenantId tenant = access.newTenant("two forms");
    String one = access.issue(claims(tenant));
    String other = Forger.withOtherSignature(one);
    assertThat(verified(one)).isPresent().isEqualTo(verified(other));

    // When
    access.clock.advance(TrustedIssuer.MAX_CLOCK_SKEW);
    Await.result(access.process.tokens.refuseIssuedBefore(tenant, access.clock.instant()));

    // Then
    assertThat(other).isNotEqualTo(one);
    assertThat(verified(one)).isEmpty();
    assertThat(verified(other)).isEmpty();
  }

  private static Optional<VerifiedToken> verified(String token) {
    return Await.result(access.process.tokens.verify(token, "orum", ClientAddress.NONE));
  }

  @Test
  void refusesATokenFromBeforeTheCutOffWhoseIssuersClockIsFast() {
    // Given a token whose time of issue is just not yet past when its tenant refuses earlier ones
    TenantId tenant = access.newTenant("fast clock");
    Instant now = access.clock.instant();
    access.clock.advance(TrustedIssuer.MAX_CLOCK_SKEW);
    String token = access.issue(claims(tenant));
    access.clock.advance(TrustedIssuer.MAX_CLOCK_SKEW.negated());

    // When
    Await.result(access.process.tokens.refuseIssuedBefore(tenant, now));

    // Then
    access.clock.advance(Duration.ofSeconds(5));
    assertThat(Await.result(access.process.tokens.verify(token, "orum", ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void refusesATokenThatNoCredentialStandsBehind() {
    // Given
    TokenClaims claims = claims(access.tenant);
    var none = Backing.Credential.unchanging(UUID.randomUUID());
    var anothers = access.credential(access.other);

    // When
    String loose = access.process.tokens.issue(none, claims);
    String stray = access.process.tokens.issue(anothers, claims);

    // Then
    assertThat(Await.result(access.process.tokens.verify(loose, "orum", ClientAddress.NONE)))
        .isEmpty();
    assertThat(Await.result(access.process.tokens.verify(stray, "orum", ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void refusesTokensFromBeforeAPasswordChangeAtOnceHereAndSoonElsewhere() {
    // Given
    AccessFixture.Process elsewhere = access.newProcess();
    user("first password");
    String old = tokenFor("first password");
    assertThat(Await.result(access.process.tokens.verify(old, "corebanq", ClientAddress.NONE)))
        .isPresent();
    assertThat(Await.result(elsewhere.tokens.verify(old, "corebanq", ClientAddress.NONE)))
        .isPresent();

    // When
    user("second password");

    // Then
    assertThat(Await.result(access.process.tokens.verify(old, "corebanq", ClientAddress.NONE)))
        .isEmpty();
    access.clock.advance(AccessFixture.SETTINGS.cacheLifetime());
    assertThat(Await.result(elsewhere.tokens.verify(old, "corebanq", ClientAddress.NONE)))
        .isEmpty();
    String fresh = tokenFor("second password");
    assertThat(Await.result(access.process.tokens.verify(fresh, "corebanq", ClientAddress.NONE)))
        .isPresent();
  }

  @Test
  void refusesTheTokensOfAReplacedClientAtOnce() {
    // Given
    IssuedClient first = client();
    Client found =
        Await.result(
                access.process.credentials.find(
                    AccessFixture.CLIENT,
                    first.clientId(),
                    first.clientSecret(),
                    ClientAddress.NONE))
            .orElseThrow();
    String token =
        access.process.tokens.issue(
            found.backing(),
            new TokenClaims(
                access.tenant,
                "orum",
                found.id(),
                new Rights.Scopes(found.scopes()),
                in(Duration.ofHours(1))));
    assertThat(Await.result(access.process.tokens.verify(token, "orum", ClientAddress.NONE)))
        .isPresent();

    // When
    client();

    // Then
    assertThat(Await.result(access.process.tokens.verify(token, "orum", ClientAddress.NONE)))
        .isEmpty();
  }

  @Test
  void endsWhatWasMadeForTheDemoAndNothingElse() {
    // Given
    PgCredentialIssuer demo = access.newProcess().issuer.forDemo();
    String shown = Await.result(demo.issue(AccessFixture.KEY, access.tenant, "demo"));
    String pass =
        Await.result(demo.issue(TOKEN, access.tenant, "demo", new Subject(SUBJECT, "org_3")));
    String own = Await.result(access.process.issuer.issue(AccessFixture.KEY, access.other, "demo"));
    assertThat(find(shown)).isPresent();
    assertThat(
            Await.result(access.process.tokens.verify(pass, TOKEN.dialect(), ClientAddress.NONE)))
        .isPresent();

    // When
    Integer ended = Await.result(access.process.issuer.endDemo());

    // Then
    assertThat(ended).isEqualTo(2);
    assertThat(find(shown)).isEmpty();
    assertThat(
            Await.result(access.process.tokens.verify(pass, TOKEN.dialect(), ClientAddress.NONE)))
        .isEmpty();
    assertThat(find(own)).isPresent();
  }

  private static Optional<Principal> find(String key) {
    return Await.result(
        access.process.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE));
  }

  private static IssuedClient client() {
    return Await.result(
        access.process.issuer.issue(AccessFixture.CLIENT, access.tenant, "app", Set.of("read:x")));
  }

  private static void user(String password) {
    Await.result(
        access.process.issuer.issue(AccessFixture.USER, access.tenant, "changer", password));
  }

  private static String tokenFor(String password) {
    Login.Success login =
        (Login.Success)
            Await.result(
                access.process.credentials.login(
                    AccessFixture.USER, "changer", password, ClientAddress.NONE));
    return access.process.tokens.issue(
        login.user(),
        new TokenClaims(
            login.tenant(),
            "corebanq",
            login.user().id(),
            new Rights.Everything(),
            in(Duration.ofHours(1))));
  }

  @Test
  void failsRatherThanBelievesWhenTheDatabaseIsGone() {
    // Given
    AccessFixture gone = new AccessFixture();
    String token = gone.issue(claims(gone.tenant));
    gone.testDatabase.close();

    // When
    Future<Optional<VerifiedToken>> asked =
        gone.process.tokens.verify(token, "orum", ClientAddress.NONE);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).isInstanceOf(AssertionError.class);
    Await.result(gone.vertx.close());
  }

  private static TokenClaims claims(TenantId tenant) {
    return new TokenClaims(
        tenant, "orum", SUBJECT, new Rights.Everything(), in(Duration.ofHours(1)));
  }

  private static Instant in(Duration lifetime) {
    return Instant.ofEpochSecond(access.clock.instant().plus(lifetime).getEpochSecond());
  }
}
