package io.sluice.dialect.orum;

import io.sluice.access.RateLimiter;
import io.sluice.access.TokenClaims;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Lets a call in: token, then the tenant's rate, then version, then scope. Who calls comes first,
 * so that a stranger learns nothing else.
 */
final class OrumAccess {
  /** The version of the API that is served; one older exists and is deprecated. */
  static final String VERSION = "v2022-09-21";

  private static final String VERSION_HEADER = "Orum-Version";
  private static final String SCHEME = "Bearer ";

  private final Services services;

  OrumAccess(Services services) {
    this.services = services;
  }

  /** The tenant whose books the call may touch. */
  Future<TenantId> authorise(Call call, OrumScope scope) {
    return services
        .tokens()
        .verify(token(call), OrumDialect.NAME)
        .map(
            found -> {
              TokenClaims claims = found.orElseThrow(OrumAccess::badToken);
              requireRate(claims.tenant());
              requireVersion(call);
              requireScope(claims, scope);
              return claims.tenant();
            });
  }

  private static String token(Call call) {
    return call.header("Authorization")
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip())
        .filter(token -> !token.isEmpty())
        .orElseThrow(
            () ->
                new ApiException(
                    OrumErrors.unauthorized(
                        "The header Authorization: Bearer <access token> is required; get a token"
                            + " from POST /oauth/token.")));
  }

  private static ApiException badToken() {
    return new ApiException(
        OrumErrors.unauthorized(
            "The access token is not valid or has expired; get a new one from POST /oauth/token."));
  }

  private void requireRate(TenantId tenant) {
    RateLimiter.Decision decision = services.rateLimiter().acquireWhereLimited(tenant);
    if (!decision.allowed()) {
      throw new ApiException(OrumErrors.tooManyRequests(decision.retryAfter()));
    }
  }

  private static void requireVersion(Call call) {
    Optional<String> version = call.header(VERSION_HEADER);
    if (version.filter(text -> !text.isBlank()).isEmpty()) {
      throw new ApiException(OrumErrors.versionMissing());
    }
    if (!version.get().equals(VERSION)) {
      throw new ApiException(OrumErrors.versionInvalid());
    }
  }

  private static void requireScope(TokenClaims claims, OrumScope scope) {
    if (!claims.scopes().contains(scope.text())) {
      throw new ApiException(OrumErrors.forbidden(scope));
    }
  }
}
