package io.sluice.dialect.corebanq;

import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.RateLimiter;
import io.sluice.access.TokenClaims;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Services;
import io.sluice.store.access.CredentialTypeName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Lets requests in: bearer token, then rate limit, then role. A token without scopes, as {@code
 * /v1/authenticate} issues it, is one of a user who reads and writes; a token that carries scopes
 * is held to them.
 */
final class CorebanqAccess {
  static final String DIALECT = "corebanq";

  /** Who logs in for a token. */
  static final UserPassword USER = new UserPassword(new CredentialTypeName("user"), "User");

  static final String READ = "ledgers:read";
  static final String WRITE = "ledgers:write";

  private static final String SCHEME = "Bearer ";

  /** Tokens are far shorter; a longer one is not worth a look. */
  private static final int MAX_TOKEN_CHARS = 8_192;

  private final Services services;

  CorebanqAccess(Services services) {
    this.services = services;
  }

  /** An operation for users who may read. */
  Endpoint reading(
      String operation, String path, BiFunction<Caller, Call, Future<Answer>> handler) {
    return endpoint(operation, HttpMethod.GET, path, Consumes.NOTHING, READ, handler);
  }

  /** An operation for users who may write. */
  Endpoint writing(
      String operation, String path, BiFunction<Caller, Call, Future<Answer>> handler) {
    return endpoint(operation, HttpMethod.POST, path, Consumes.JSON, WRITE, handler);
  }

  private Endpoint endpoint(
      String operation,
      HttpMethod method,
      String path,
      Consumes consumes,
      String scope,
      BiFunction<Caller, Call, Future<Answer>> handler) {
    return Endpoint.open(
        operation,
        method,
        path,
        consumes,
        call -> admit(call, scope).compose(caller -> handler.apply(caller, call)));
  }

  private Future<Caller> admit(Call call, String scope) {
    Optional<String> token = call.header("Authorization").flatMap(CorebanqAccess::bearer);
    if (token.isEmpty()) {
      return refused(
          CorebanqErrors.unauthorized("Send Authorization: Bearer and an access token."));
    }
    return services
        .tokens()
        .verify(token.get(), DIALECT)
        .compose(claims -> claims.map(c -> admit(c, scope)).orElseGet(CorebanqAccess::unknown));
  }

  private Future<Caller> admit(TokenClaims claims, String scope) {
    RateLimiter.Decision decision = services.rateLimiter().acquireWhereLimited(claims.tenant());
    if (!decision.allowed()) {
      return refused(CorebanqErrors.rateLimited(decision.retryAfter()));
    }
    return permits(claims.scopes(), scope)
        ? Future.succeededFuture(new Caller(claims.tenant(), claims.subject()))
        : refused(CorebanqErrors.unauthorizedRole());
  }

  /** Who may write may also read. */
  private static boolean permits(Set<String> scopes, String scope) {
    return scopes.isEmpty() || scopes.contains(scope) || scopes.contains(WRITE);
  }

  private static Optional<String> bearer(String header) {
    boolean wellFormed =
        header.length() > SCHEME.length()
            && header.length() <= SCHEME.length() + MAX_TOKEN_CHARS
            && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return wellFormed ? Optional.of(header.substring(SCHEME.length()).trim()) : Optional.empty();
  }

  private static Future<Caller> unknown() {
    return refused(
        CorebanqErrors.unauthorized("The access token is unknown, expired or not for this API."));
  }

  private static Future<Caller> refused(Answer answer) {
    return Future.failedFuture(CorebanqErrors.failure(answer));
  }
}
