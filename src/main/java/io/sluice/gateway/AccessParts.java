package io.sluice.gateway;

import io.sluice.access.ExternalIssuer;
import io.sluice.access.JwtTokens;
import io.sluice.access.Passwords;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.access.PgCredentials;
import io.sluice.access.RateLimit;
import io.sluice.access.TokenBuckets;
import io.sluice.config.TrustedIssuer;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.TenantStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRate;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that decides who may call, put together. */
public record AccessParts(
    JwtTokens tokens,
    PgCredentials credentials,
    PgCredentialIssuer issuer,
    TokenBuckets buckets,
    TenantRules rules) {
  private static final String OUR_NAME = "sluice";

  /** Fails when the tenant of a trusted issuer does not exist. */
  static Future<AccessParts> create(
      Vertx vertx, Pool pool, TenantStore tenants, Ids ids, AssemblyOptions options) {
    return Future.all(options.issuers().stream().map(i -> external(i, tenants)).toList())
        .map(issuers -> create(vertx, pool, ids, options, issuers.list()));
  }

  private static AccessParts create(
      Vertx vertx, Pool pool, Ids ids, AssemblyOptions options, List<ExternalIssuer> issuers) {
    var rules = new TenantRules(pool);
    var store = new CredentialStore(pool);
    var passwords = new Passwords(vertx, options.passwordCost());
    var credentials = new PgCredentials(store, passwords, options.access(), options.clock());
    var tokens =
        new JwtTokens(
            vertx,
            OUR_NAME,
            options.keys(),
            issuers,
            rules,
            options.access(),
            ids,
            options.clock());
    var issuer =
        new PgCredentialIssuer(store, credentials, tokens, passwords, ids, options.clock());
    var buckets = new TokenBuckets(options.rateLimit(), options.clock());
    return new AccessParts(tokens, credentials, issuer, buckets, rules);
  }

  private static Future<ExternalIssuer> external(TrustedIssuer trusted, TenantStore tenants) {
    return tenants
        .findByName(trusted.tenant())
        .map(
            tenant ->
                tenant.orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "issuer "
                                + trusted.name()
                                + " acts for a tenant that does not exist: "
                                + trusted.tenant())))
        .map(
            tenant ->
                new ExternalIssuer(
                    trusted.issuer(),
                    trusted.jwksUri(),
                    trusted.audience(),
                    Optional.empty(),
                    Set.of(tenant.id()),
                    Set.of(trusted.dialect())));
  }

  /** Reads anew which tenants have a rate of their own. */
  Future<Void> refreshRates() {
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
