package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.PgTenantStore;
import io.sluice.store.TenantStatus;
import io.sluice.store.access.Administrator;
import io.sluice.store.access.AdministratorStore;
import io.sluice.testing.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What one process is told, as another one learns it that shares its database. */
class OtherProcessesTest {
  private static final AccessFixture access = new AccessFixture();
  private static final Duration LIFETIME = AccessFixture.SETTINGS.cacheLifetime();

  private final AccessFixture.Process elsewhere = access.newProcess();
  private final TenantId tenant = access.newTenant("tenant " + UUID.randomUUID());

  @AfterAll
  static void close() {
    access.close();
  }

  @Test
  void refuseTheKeysOfASuspendedTenantOnceWhatTheyRememberHasExpired() {
    // Given
    String key = Await.result(access.process.issuer.issue(AccessFixture.KEY, tenant, "till"));
    assertThat(elsewhereKnows(key)).isTrue();

    // When
    suspend();

    // Then
    access.clock.advance(LIFETIME);
    assertThat(elsewhereKnows(key)).isFalse();
  }

  @Test
  void refuseTheTokensOfASuspendedTenantOnceWhatTheyRememberHasExpired() {
    // Given
    String token =
        access.issue(
            new TokenClaims(
                tenant,
                "orum",
                UUID.randomUUID(),
                new Rights.Everything(),
                access.clock.instant().plus(Duration.ofHours(1))));
    assertThat(elsewhereTakes(token)).isTrue();

    // When
    suspend();

    // Then
    access.clock.advance(LIFETIME);
    assertThat(elsewhereTakes(token)).isFalse();
  }

  @Test
  void letNobodyAdministrateAnyMoreWhoWasRevoked() {
    // Given
    Administrators here = administrators();
    Administrators there = administrators();
    Administrators.Made made = Await.result(here.create("Ada", Administrator.Role.OPERATOR));
    assertThat(found(there, made.token())).isPresent();

    // When
    String rotated = Await.result(here.rotate(made.administrator().id())).orElseThrow().token();
    Optional<Administrator> byTheOldOne = found(there, made.token());
    Optional<Administrator> byTheNewOne = found(there, rotated);
    Await.result(here.revoke(made.administrator().id()));

    // Then
    assertThat(byTheOldOne).isEmpty();
    assertThat(byTheNewOne).isPresent();
    assertThat(found(there, rotated)).isEmpty();
  }

  private static Optional<Administrator> found(Administrators where, String token) {
    return Await.result(where.find(SecretHash.of(token), ClientAddress.NONE));
  }

  private static Administrators administrators() {
    return new Administrators(new AdministratorStore(access.pools), access.ids, access.clock);
  }

  /** As the management port of this process does it, which has the others told by the database. */
  private void suspend() {
    Await.result(new PgTenantStore(access.pools).setStatus(tenant, TenantStatus.SUSPENDED));
    access.process.issuer.forgetAll();
  }

  private boolean elsewhereKnows(String key) {
    return Await.result(elsewhere.credentials.find(AccessFixture.KEY, key, ClientAddress.NONE))
        .isPresent();
  }

  private boolean elsewhereTakes(String token) {
    return Await.result(elsewhere.tokens.verify(token, "orum", ClientAddress.NONE)).isPresent();
  }
}
