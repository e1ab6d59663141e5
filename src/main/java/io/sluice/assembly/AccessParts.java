package io.sluice.assembly;

import io.sluice.access.ExternalIssuer;
import io.sluice.access.JwtTokens;
import io.sluice.access.Passwords;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.PgCredentials;
import io.sluice.access.RateLimit;
import io.sluice.access.TokenBuckets;
import io.sluice.config.AccessSettings;
import io.sluice.config.IssuerSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRate;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that decides who may call, put together. */
public record AccessParts(
    JwtTokens tokens,
    PgCredentials credentials,
    PgCredentialIssuer issuer,
    TokenBuckets buckets,
    TenantRules rules) {
  private static final String OUR_NAME = "sluice";

  /**
   * Puts it together.
   *
   * @throws IllegalArgumentException when an issuer's settings cannot be trusted, such as keys that
   *     come without encryption
   */
  static AccessParts create(Foundation base, Pool pool, Ids ids, AccessSettings settings) {
    List<ExternalIssuer> issuers = settings.issuers().stream().map(AccessParts::external).toList();
    var rules = new TenantRules(pool);
    var store = new CredentialStore(pool);
    var passwords = new Passwords(base.vertx(), base.passwordCost());
    var credentials = new PgCredentials(store, passwords, settings, base.clock());
    var tokens =
        new JwtTokens(
            base.vertx(), OUR_NAME, base.keys(), issuers, rules, settings, ids, base.clock());
    var issuer = new PgCredentialIssuer(store, credentials, tokens, passwords, ids, base.clock());
    var buckets = new TokenBuckets(base.clock());
    return new AccessParts(tokens, credentials, issuer, buckets, rules);
  }

  private static ExternalIssuer external(IssuerSettings settings) {
    return new ExternalIssuer(
        settings.issuer(),
        settings.keys(),
        settings.audience(),
        settings.tenantClaim(),
        settings.tenants().stream().map(TenantId::new).collect(Collectors.toSet()),
        settings.dialects());
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
