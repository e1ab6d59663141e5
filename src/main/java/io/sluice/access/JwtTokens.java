package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.config.IssuerSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * JSON Web Tokens, signed with ES256 or RS256 and nothing else.
 *
 * <p>A token is believed when its issuer's key of that id signed it with that key's algorithm, it
 * is for this dialect, it is within its time to the second, its tenant exists and has not refused
 * tokens of its age, and neither it nor the credential behind it is revoked. What was found stands
 * for the cache's expiry at most: a revocation by another process bites after that, one by this
 * process at once. When the database cannot say, the verification fails.
 */
public final class JwtTokens implements Tokens {
  private static final String TENANT = "tenant";

  private final String issuer;
  private final TokenKey signingKey;
  private final Map<String, TrustedIssuer> issuers = new HashMap<>();
  private final TenantRules rules;
  private final Ids ids;
  private final Clock clock;
  private final LookupCache<TokenClaims> verified;

  /**
   * @param issuer this gateway's name in {@code iss}
   */
  public JwtTokens(
      Vertx vertx,
      String issuer,
      SigningKeys keys,
      TenantRules rules,
      AccessSettings settings,
      Ids ids,
      Clock clock) {
    this(vertx, issuer, keys, rules, settings, ids, clock, Ticker.systemTicker());
  }

  JwtTokens(
      Vertx vertx,
      String issuer,
      SigningKeys keys,
      TenantRules rules,
      AccessSettings settings,
      Ids ids,
      Clock clock,
      Ticker ticker) {
    this.issuer = issuer;
    this.signingKey = new TokenKey(vertx, keys.signing());
    issuers.put(issuer, ourselves(vertx, issuer, keys));
    for (IssuerSettings other : settings.issuers()) {
      TrustedIssuer trusted = TrustedIssuer.of(other, new JwksKeys(vertx, other.keys(), clock));
      if (issuers.put(other.issuer(), trusted) != null) {
        throw new IllegalArgumentException("two issuers are called " + other.issuer());
      }
    }
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.verified = new LookupCache<>(settings.tokenCacheSize(), settings.cacheLifetime(), ticker);
  }

  @Override
  public String issue(TokenClaims claims) {
    return issue(claims, ids.next());
  }

  /** The same with an id under which the token can be revoked. */
  String issue(TokenClaims claims, UUID tokenId) {
    JsonObject body =
        new JsonObject()
            .put("iss", issuer)
            .put("aud", audience(claims.dialect()))
            .put("sub", claims.subject().toString())
            .put(TENANT, claims.tenant().value())
            .put("iat", clock.instant().getEpochSecond())
            .put("exp", claims.expiresAt().getEpochSecond())
            .put("jti", tokenId.toString());
    if (!claims.scopes().isEmpty()) {
      body.put("scope", claims.scopes().stream().sorted().collect(Collectors.joining(" ")));
    }
    return signingKey.sign(body);
  }

  @Override
  public Future<Optional<TokenClaims>> verify(String token, String dialect) {
    if (token.length() > TokenParts.MAX_CHARS) {
      return Future.succeededFuture(Optional.empty());
    }
    return verified
        .get(SecretHash.of(token, dialect), () -> check(token, dialect))
        .map(claims -> claims.filter(c -> clock.instant().isBefore(c.expiresAt())));
  }

  /**
   * Refuses every token of a tenant that was issued before a moment, for ever; in this process at
   * once.
   *
   * @return false when there is no such tenant
   */
  public Future<Boolean> refuseIssuedBefore(TenantId tenant, Instant moment) {
    return rules.refuseTokensBefore(tenant, moment).onSuccess(refused -> forgetAll());
  }

  /** Verifies every token anew. */
  void forgetAll() {
    verified.forgetAll();
  }

  private Future<Optional<TokenClaims>> check(String token, String dialect) {
    return TokenParts.parse(token)
        .flatMap(parts -> issuerOf(parts).map(found -> check(parts, dialect, found)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** What costs nothing is asked first: a token that says nothing sound needs no signature. */
  private Future<Optional<TokenClaims>> check(
      TokenParts token, String dialect, TrustedIssuer trusted) {
    Optional<SoundToken> said = trusted.read(token.claims(), dialect, clock.instant());
    if (said.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return trusted
        .signed(token)
        .compose(
            signed -> signed ? standing(said.get()) : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<TokenClaims>> standing(SoundToken token) {
    TokenClaims claims = token.claims();
    return rules
        .tokenStands(claims.tenant(), token.id(), claims.subject(), token.issuedAt())
        .map(stands -> stands ? Optional.of(claims) : Optional.empty());
  }

  /** The token says who issued it; that only chooses whose keys must have signed it. */
  private Optional<TrustedIssuer> issuerOf(TokenParts token) {
    return Optional.ofNullable(token.claims().path("iss").textValue()).map(issuers::get);
  }

  /** Our own tokens may name any tenant: the key that signed them is ours. */
  private static TrustedIssuer ourselves(Vertx vertx, String issuer, SigningKeys keys) {
    Map<String, TokenKey> byId = new HashMap<>();
    keys.verifying().stream()
        .map(jwk -> new TokenKey(vertx, jwk))
        .forEach(key -> byId.put(key.kid(), key));
    return new TrustedIssuer(
        issuer,
        kid -> Future.succeededFuture(Optional.ofNullable(byId.get(kid))),
        dialect -> Optional.of(audience(dialect)),
        claims ->
            claims.path(TENANT).isInt() && claims.path(TENANT).intValue() > 0
                ? Optional.of(new TenantId(claims.path(TENANT).intValue()))
                : Optional.empty());
  }

  private static String audience(String dialect) {
    return "sluice:" + dialect;
  }
}
