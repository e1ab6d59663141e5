package io.sluice.access;

import io.sluice.config.SluiceConfig;
import io.sluice.config.TrustedIssuer;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.PgTenantStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.TenantRate;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything about who may call, put together.
 *
 * @param rules what holds for single tenants
 */
public record Access(
    PgCredentials credentials,
    PgCredentialIssuer issuer,
    JwtTokens tokens,
    TokenBuckets rateLimiter,
    TenantRules rules) {
  /** This gateway's name in the tokens that it signs. */
  public static final String ISSUER = "sluice";

  /** How often other processes' changes to tenants' rates are looked for. */
  private static final long RATES_REFRESH_MS = 30_000;

  /**
   * Reads or makes the signing key, finds the tenants of trusted issuers and the rates of tenants.
   *
   * @param dataDirectory where the signing key is kept unless the configuration names a file
   */
  public static Future<Access> start(
      Vertx vertx,
      Pool pool,
      SluiceConfig.Access config,
      SluiceConfig.ScripLimits rate,
      Path dataDirectory,
      Ids ids,
      Clock clock) {
    return vertx
        .executeBlocking(() -> keys(config.signingKeyFile(), dataDirectory))
        .compose(
            keys ->
                trusted(pool, config.issuers())
                    .map(others -> assemble(vertx, pool, config, rate, keys, others, ids, clock)))
        .compose(access -> access.refreshRates().map(access))
        .onSuccess(access -> vertx.setPeriodic(RATES_REFRESH_MS, timer -> access.refreshRates()));
  }

  /** Takes over what tenants' rates are in the database now. */
  public Future<Void> refreshRates() {
    return rules
        .rates()
        .onSuccess(
            rates -> {
              Map<TenantId, RateLimit> limits = new HashMap<>();
              rates.forEach((tenant, rate) -> limits.put(tenant, limit(rate)));
              rateLimiter.override(limits);
            })
        .mapEmpty();
  }

  private static Access assemble(
      Vertx vertx,
      Pool pool,
      SluiceConfig.Access config,
      SluiceConfig.ScripLimits rate,
      SigningKeys keys,
      List<ExternalIssuer> others,
      Ids ids,
      Clock clock) {
    AccessLimits limits = limits(config);
    TenantRules rules = new TenantRules(pool);
    CredentialStore store = new CredentialStore(pool);
    Passwords passwords = new Passwords(vertx, PasswordCost.DEFAULT);
    PgCredentials credentials = new PgCredentials(store, passwords, limits, clock);
    JwtTokens tokens = new JwtTokens(vertx, ISSUER, keys, others, rules, limits, ids, clock);
    return new Access(
        credentials,
        new PgCredentialIssuer(store, credentials, tokens, passwords, ids, clock),
        tokens,
        new TokenBuckets(limit(new TenantRate(rate.perSecond(), rate.burst())), clock),
        rules);
  }

  private static AccessLimits limits(SluiceConfig.Access config) {
    return new AccessLimits(
        config.credentialCacheSize(),
        config.tokenCacheSize(),
        Duration.ofSeconds(config.cacheLifetimeS()),
        AccessLimits.DEFAULT.maxLoginFailures(),
        AccessLimits.DEFAULT.loginLock());
  }

  private static SigningKeys keys(Optional<Path> file, Path dataDirectory) {
    return file.map(SigningKeys::load)
        .orElseGet(() -> SigningKeys.loadOrCreate(dataDirectory.toAbsolutePath()));
  }

  private static Future<List<ExternalIssuer>> trusted(Pool pool, List<TrustedIssuer> configured) {
    PgTenantStore tenants = new PgTenantStore(pool);
    List<Future<ExternalIssuer>> found =
        configured.stream()
            .map(
                issuer ->
                    tenants
                        .findByName(issuer.tenant())
                        .map(tenant -> external(issuer, tenant.map(t -> t.id()))))
            .toList();
    return Future.all(found).map(all -> all.<ExternalIssuer>list());
  }

  private static ExternalIssuer external(TrustedIssuer issuer, Optional<TenantId> tenant) {
    return new ExternalIssuer(
        issuer.issuer(),
        issuer.jwksUri(),
        issuer.audience(),
        Optional.empty(),
        Set.of(
            tenant.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the issuer "
                            + issuer.name()
                            + " is for the tenant "
                            + issuer.tenant()
                            + ", which does not exist"))),
        Set.of(issuer.dialect()));
  }

  private static RateLimit limit(TenantRate rate) {
    return new RateLimit(rate.perSecond(), Math.max(1, rate.burst()));
  }
}
