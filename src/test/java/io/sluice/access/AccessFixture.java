package io.sluice.access;

import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.config.AccessSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.store.PgTenantStore;
import io.sluice.store.Pools;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.access.TenantRules;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestCredentials;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** Access over a database of its own, with a clock that only moves when told to. */
final class AccessFixture implements AutoCloseable {
  /** Cheap, so that tests are fast; what is tested does not depend on the cost. */
  static final PasswordCost CHEAP = new PasswordCost(64, 1, 2, 64);

  static final String DEPLOYMENT = "gateway.example";

  static final AccessSettings SETTINGS =
      AccessSettings.SECTION.of(Map.of("access.deployment", DEPLOYMENT));

  static final BearerSecret KEY =
      new BearerSecret(new CredentialTypeName("some-key"), "SomeKey", "key_");
  static final BearerSecret BADGE = new BearerSecret(new CredentialTypeName("badge"), "Badge", "");

  /** Those of the fixture's clients. */
  static final java.util.Set<String> SCOPES =
      java.util.Set.of("read:x", "read:subledgers", "write:booktransfers");

  static final ClientCredentials CLIENT =
      new ClientCredentials(new CredentialTypeName("app"), "App", 2, SCOPES);
  static final UserPassword USER = new UserPassword(new CredentialTypeName("person"), "Person");

  final TestDatabase testDatabase = TestDatabase.create();
  final Vertx vertx = Vertx.vertx();
  final Pools pools = testDatabase.pools(vertx);
  final SettableClock clock = new SettableClock();
  final Ids ids = new TimeOrderedIds(clock);
  final TenantRules rules = new TenantRules(pools);
  final CredentialStore store = new CredentialStore(pools);
  final Passwords passwords = new Passwords(vertx, CHEAP);
  final AuditTrail audit = new AuditTrail(new AuditStore(pools), ids, clock, 60);
  final SigningKeys keys = SigningKeys.ephemeral();
  final Process process = new Process();
  final TenantId tenant = newTenant("first");
  final TenantId other = newTenant("second");

  /** What one gateway process has: caches of its own over the shared database. */
  final class Process {
    final PgCredentials credentials =
        new PgCredentials(store, passwords, SETTINGS, clock, audit, clock::nanos);
    final JwtTokens tokens = tokens(SETTINGS);
    final PgCredentialIssuer issuer =
        new PgCredentialIssuer(store, credentials, tokens, passwords, ids, clock);
  }

  Process newProcess() {
    return new Process();
  }

  JwtTokens tokens(AccessSettings settings) {
    return new JwtTokens(vertx, keys, rules, settings, ids, clock, clock::nanos);
  }

  /** A new credential of the tenant's, to stand behind tokens. */
  Backing.Credential credential(TenantId owner) {
    return TestCredentials.make(pools, owner, clock.instant());
  }

  /** A token of ours for a credential of its own. */
  String issue(TokenClaims claims) {
    return process.tokens.issue(credential(claims.tenant()), claims);
  }

  TenantId newTenant(String name) {
    return Await.result(new PgTenantStore(pools).create(name)).orElseThrow().id();
  }

  /** Why a credential was not granted; fails when it was. */
  static CredentialRefused.Reason refusal(Future<?> future) {
    return Await.result(
        future.transform(
            done ->
                done.succeeded()
                    ? Future.failedFuture("it was granted")
                    : Future.succeededFuture(((CredentialRefused) done.cause()).reason())));
  }

  @Override
  public void close() {
    Await.result(vertx.close());
    testDatabase.close();
  }
}
