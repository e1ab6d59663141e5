package io.sluice.dialect.isometric;

import io.sluice.access.Credentials;
import io.sluice.access.RateLimiter;
import io.sluice.access.TokenClaims;
import io.sluice.access.Tokens;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Two proofs at once: the client secret names the integrating application, the bearer token the
 * organisation. Both must belong to one tenant. The registry publishes no request rate, so only one
 * that an operator set for the tenant counts.
 */
final class Gate {
  private static final String BEARER = "bearer ";

  private final Credentials credentials;
  private final Tokens tokens;
  private final RateLimiter rateLimiter;
  private final Directory directory;

  Gate(Services services, Directory directory) {
    this.credentials = services.credentials();
    this.tokens = services.tokens();
    this.rateLimiter = services.rateLimiter();
    this.directory = directory;
  }

  /** The caller; fails with 401, or with 429 when the tenant asks too often. */
  Future<Caller> caller(Call call) {
    Optional<String> secret = call.header("X-Client-Secret").filter(s -> !s.isBlank());
    Optional<String> token = call.header("Authorization").flatMap(Gate::bearer);
    if (secret.isEmpty() || token.isEmpty()) {
      return Future.failedFuture(new ApiException(Errors.unauthenticated()));
    }
    return credentials
        .find(Names.CLIENT_SECRET, secret.get())
        .compose(
            owner ->
                owner.isEmpty()
                    ? refused()
                    : tokens
                        .verify(token.get(), Names.DIALECT)
                        .compose(claims -> caller(owner.get().tenant(), claims)));
  }

  private Future<Caller> caller(TenantId tenant, Optional<TokenClaims> claims) {
    if (claims.filter(c -> c.tenant().equals(tenant)).isEmpty()) {
      return refused();
    }
    RateLimiter.Decision decision = rateLimiter.acquireWhereLimited(tenant);
    if (!decision.allowed()) {
      return Future.failedFuture(new ApiException(Errors.tooManyRequests(decision.retryAfter())));
    }
    return directory
        .organisation(tenant, new HolderId(claims.get().subject()))
        .compose(
            organisation ->
                organisation
                    .map(found -> Future.succeededFuture(new Caller(tenant, found)))
                    .orElseGet(Gate::refused));
  }

  private static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip()).filter(t -> !t.isEmpty())
        : Optional.empty();
  }

  private static Future<Caller> refused() {
    return Future.failedFuture(new ApiException(Errors.invalidCredentials()));
  }
}
