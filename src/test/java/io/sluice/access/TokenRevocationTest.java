package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.ledger.TenantId;
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
    UUID id = UUID.fromString(Forger.claims(token).getString("jti"));
    assertThat(Await.result(access.process.tokens.verify(token, TOKEN.dialect()))).isPresent();
    assertThat(Await.result(elsewhere.tokens.verify(token, TOKEN.dialect()))).isPresent();

    // When
    Await.result(access.process.issuer.revoke(access.tenant, TOKEN, id));

    // Then
    assertThat(Await.result(access.process.tokens.verify(token, TOKEN.dialect()))).isEmpty();
    access.clock.advance(AccessFixture.SETTINGS.cacheLifetime());
    assertThat(Await.result(elsewhere.tokens.verify(token, TOKEN.dialect()))).isEmpty();
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
        Await.result(access.process.tokens.verify(token, TOKEN.dialect())).orElseThrow();
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
            new TokenClaims(access.tenant, "corebanq", user, Set.of(), in(Duration.ofHours(1))));
    assertThat(Await.result(access.process.tokens.verify(token, "corebanq"))).isPresent();

    // When
    Await.result(access.process.issuer.revoke(access.tenant, AccessFixture.USER, user));

    // Then
    assertThat(Await.result(access.process.tokens.verify(token, "corebanq"))).isEmpty();
  }

  @Test
  void refusesEveryTokenOfATenantFromBeforeItsCutOff() {
    // Given
    TenantId tenant = access.newTenant("cut off");
    JwtTokens tokens = access.newProcess().tokens;
    String old = tokens.issue(claims(tenant));
    String others = tokens.issue(claims(access.other));
    access.clock.advance(Duration.ofSeconds(2));
    Await.result(access.rules.refuseTokensBefore(tenant, access.clock.instant()));
    access.clock.advance(Duration.ofSeconds(1));

    // When
    String fresh = tokens.issue(claims(tenant));

    // Then
    assertThat(Await.result(tokens.verify(old, "orum"))).isEmpty();
    assertThat(Await.result(tokens.verify(fresh, "orum"))).isPresent();
    assertThat(Await.result(tokens.verify(others, "orum"))).isPresent();
  }

  @Test
  void failsRatherThanBelievesWhenTheDatabaseIsGone() {
    // Given
    AccessFixture gone = new AccessFixture();
    String token = gone.process.tokens.issue(claims(gone.tenant));
    gone.testDatabase.close();

    // When
    Future<Optional<TokenClaims>> asked = gone.process.tokens.verify(token, "orum");

    // Then
    assertThatThrownBy(() -> Await.result(asked)).isInstanceOf(AssertionError.class);
    Await.result(gone.vertx.close());
  }

  private static TokenClaims claims(TenantId tenant) {
    return new TokenClaims(tenant, "orum", SUBJECT, Set.of(), in(Duration.ofHours(1)));
  }

  private static Instant in(Duration lifetime) {
    return Instant.ofEpochSecond(access.clock.instant().plus(lifetime).getEpochSecond());
  }
}
