package io.sluice.assembly;

import io.sluice.access.Administrators;
import io.sluice.access.AuditTrail;
import io.sluice.access.JwtTokens;
import io.sluice.access.Passwords;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.PgCredentials;
import io.sluice.access.RateLimit;
import io.sluice.access.TokenBuckets;
import io.sluice.config.AccessSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.access.AdministratorStore;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRate;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Everything that decides who may call, put together. */
public record AccessParts(
    JwtTokens tokens,
    PgCredentials credentials,
    PgCredentialIssuer issuer,
    TokenBuckets buckets,
    TenantRules rules,
    AuditTrail audit,
    Administrators administrators) {
  /**
   * Puts it together.
   *
   * @throws IllegalArgumentException when two issuers have the same name
   */
  static AccessParts create(Foundation base, Pools pools, Ids ids, AccessSettings settings) {
    var rules = new TenantRules(pools);
    var store = new CredentialStore(pools);
    var passwords = new Passwords(base.vertx(), base.passwordCost());
    var audit =
        new AuditTrail(
            new AuditStore(pools), ids, base.clock(), settings.maxAuditedFailuresPerMinute());
    var credentials = new PgCredentials(store, passwords, settings, base.clock(), audit);
    var tokens = new JwtTokens(base.vertx(), base.keys(), rules, settings, ids, base.clock());
    var issuer = new PgCredentialIssuer(store, credentials, tokens, passwords, ids, base.clock());
    var buckets = new TokenBuckets(base.clock());
    var administrators = new Administrators(new AdministratorStore(pools), ids, base.clock());
    return new AccessParts(tokens, credentials, issuer, buckets, rules, audit, administrators);
  }

  /** Reads anew which tenants have a rate of their own. */
  public Future<Void> refreshRates() {
    return rules.rates().map(this::override);
  }

  private Void override(Map<TenantId, TenantRate> rates) {
    Map<TenantId, RateLimit> limits = new HashMap<>();
    rates.forEach(
        (tenant, rate) -> limits.put(tenant, new RateLimit(rate.perSecond(), rate.burst())));
    buckets.override(limits);
    return null;
  }
}
