package io.sluice.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.config.AccessSettings;
import io.sluice.config.IssuerSettings;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.store.access.Backing;
import io.sluice.store.access.TenantRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * JSON Web Tokens, signed with ES256 or RS256 and nothing else.
 *
 * <p>A token is believed when its issuer's key of that id signed it with that key's algorithm, it
 * is for this dialect, it is within its time, its tenant exists and has not refused tokens of its
 * age, and what stands behind it is in force: one of ours needs the very credential that it was
 * issued for. What was found stands for the cache's expiry at most: a revocation by another process
 * bites after that, one by this process at once. When the database cannot say, the verification
 * fails.
 */
public final class JwtTokens implements Tokens {
  /** Signatures of unknown tokens that are checked or wait for that at one time. */
  static final int MAX_CHECKS = 1_024;

  /** What the threads that check them are called; nobody else's are, as a name is a pool. */
  static final String THREAD = "sluice-tokens";

  /** Of the processors, one in so many may be busy with tokens that nobody knows. */
  private static final int PROCESSORS_PER_THREAD = 2;

  private final Terms.Own own;
  private final TokenSigner signer;
  private final Map<String, TrustedIssuer> issuers = new HashMap<>();
  private final TenantRules rules;
  private final Ids ids;
  private final Clock clock;
  private final LookupCache<VerifiedToken> verified;
  private final CostlyChecks checks;

  /**
   * @throws IllegalArgumentException when two issuers have the same name
   */
  public JwtTokens(
      Vertx vertx,
      SigningKeys keys,
      TenantRules rules,
      AccessSettings settings,
      Ids ids,
      Clock clock) {
    this(vertx, keys, rules, settings, ids, clock, Ticker.systemTicker());
  }

  JwtTokens(
      Vertx vertx,
      SigningKeys keys,
      TenantRules rules,
      AccessSettings settings,
      Ids ids,
      Clock clock,
      Ticker ticker) {
    this.own = new Terms.Own(settings.deployment());
    this.signer = keys.signer(vertx);
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.verified = new LookupCache<>(settings.tokenCacheSize(), settings.cacheLifetime(), ticker);
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.ceilDiv(processors, PROCESSORS_PER_THREAD);
    this.checks = new CostlyChecks(vertx, THREAD, threads, MAX_CHECKS);
    Map<String, TokenVerifier> ours =
        keys.verifying().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    TokenKey::kid, key -> new TokenVerifier(vertx, key), (first, same) -> first));
    trust(
        settings.deployment(),
        kid -> Future.succeededFuture(Optional.ofNullable(ours.get(kid))),
        own);
    for (IssuerSettings other : settings.issuers()) {
      trust(
          other.issuer(),
          new JwksKeys(vertx, other.keys(), clock),
          new Terms.Other(other, settings.maxIssuerTokenLifetime()));
    }
  }

  private void trust(String issuer, KeySource source, Terms terms) {
    if (issuers.put(issuer, new TrustedIssuer(issuer, source, terms)) != null) {
      throw new IllegalArgumentException("two issuers are called " + issuer);
    }
  }

  @Override
  public String issue(Backing.Credential credential, TokenClaims claims) {
    Instant now = clock.instant();
    if (Duration.between(now, claims.expiresAt()).compareTo(own.maxLifetime()) > 0) {
      throw new IllegalArgumentException("a token lives " + own.maxLifetime() + " at the longest");
    }
    JsonObject body =
        new JsonObject()
            .put("iss", own.deployment())
            .put("aud", own.audience(claims.dialect()).orElseThrow())
            .put("sub", claims.subject().toString())
            .put(Terms.Own.TENANT, claims.tenant().value())
            .put("iat", NumericDate.of(now))
            .put("exp", claims.expiresAt().getEpochSecond())
            .put("jti", ids.next().toString())
            .put(Terms.Own.CREDENTIAL, credential.id().toString())
            .put(Terms.Own.GENERATION, credential.generation());
    switch (claims.rights()) {
      case Rights.Everything all -> {}
      case Rights.Scopes(Set<String> scopes) ->
          body.put("scope", scopes.stream().sorted().collect(Collectors.joining(" ")));
    }
    return signer.sign(body);
  }

  @Override
  public Future<Optional<VerifiedToken>> verify(
      Presented token, String dialect, ClientAddress address) {
    if (token.length() > TokenParts.MAX_CHARS) {
      return Future.succeededFuture(Optional.empty());
    }
    return Chain.map(
        verified.get(token.hash(dialect), () -> check(token.text(), dialect, address)),
        found -> found.filter(v -> clock.instant().isBefore(v.claims().expiresAt())));
  }

  @Override
  public Future<Optional<RenewableToken>> renewable(
      String token, String dialect, ClientAddress address) {
    return TokenParts.parse(token)
        .flatMap(
            parts ->
                issuerOf(parts).flatMap(trusted -> renewable(parts, dialect, trusted, address)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  private Optional<Future<Optional<RenewableToken>>> renewable(
      TokenParts parts, String dialect, TrustedIssuer trusted, ClientAddress address) {
    return trusted
        .readAsOfOld(parts.claims(), dialect, clock.instant())
        .filter(JwtTokens::isOfSubject)
        .map(
            said ->
                trusted
                    .signed(parts, checks, address)
                    .compose(
                        signed ->
                            signed ? standing(said) : Future.succeededFuture(Optional.empty()))
                    .map(found -> found.map(token -> renewable(said, token))));
  }

  /** Whether it was issued to the user whom it acts for. */
  private static boolean isOfSubject(SoundToken said) {
    return said.backing() instanceof Backing.Credential(UUID id, int generation)
        && id.equals(said.claims().subject());
  }

  private static RenewableToken renewable(SoundToken said, VerifiedToken token) {
    return new RenewableToken(
        said.claims(), (Backing.Credential) said.backing(), token.credential());
  }

  @Override
  public Future<Boolean> hasEnded(String token, String dialect, ClientAddress address) {
    return TokenParts.parse(token)
        .flatMap(
            parts ->
                issuerOf(parts)
                    .filter(
                        trusted ->
                            trusted
                                .readAsOfOld(parts.claims(), dialect, clock.instant())
                                .isPresent())
                    .map(trusted -> trusted.signed(parts, checks, address)))
        .orElse(Future.succeededFuture(false))
        .otherwise(false);
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

  private Future<Optional<VerifiedToken>> check(
      String token, String dialect, ClientAddress address) {
    return TokenParts.parse(token)
        .flatMap(parts -> issuerOf(parts).map(found -> check(parts, dialect, found, address)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** What costs nothing is asked first: a token that says nothing sound needs no signature. */
  private Future<Optional<VerifiedToken>> check(
      TokenParts token, String dialect, TrustedIssuer trusted, ClientAddress address) {
    Optional<SoundToken> said = trusted.read(token.claims(), dialect, clock.instant());
    if (said.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return trusted
        .signed(token, checks, address)
        .compose(
            signed -> signed ? standing(said.get()) : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<VerifiedToken>> standing(SoundToken token) {
    TokenClaims claims = token.claims();
    return rules
        .tokenStands(
            claims.tenant(),
            token.backing(),
            token.issuedAt().minus(TrustedIssuer.MAX_CLOCK_SKEW),
            clock.instant())
        .map(
            found ->
                found.map(
                    credential ->
                        new VerifiedToken(claims, new Principal(claims.tenant(), credential))));
  }

  /** The token says who issued it; that only chooses whose keys must have signed it. */
  private Optional<TrustedIssuer> issuerOf(TokenParts token) {
    return Optional.ofNullable(token.claims().path("iss").textValue()).map(issuers::get);
  }
}
