package io.sluice.dialect.corebanq;

import io.sluice.access.Presented;
import io.sluice.access.RateLimiter;
import io.sluice.access.Rights;
import io.sluice.access.Tokens;
import io.sluice.access.VerifiedToken;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.loop.Chain;
import io.vertx.core.Future;

/**
 * Lets requests in: bearer token, then rate limit, then role. A token without scopes, as {@code
 * /v1/authenticate} issues it, is one of a user who reads and writes; a token that carries scopes
 * is held to them.
 */
record Gate(Tokens tokens, RateLimiter rateLimiter) implements io.sluice.dialect.Gate<Caller> {
  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    Presented token = call.bearer().orElseThrow(() -> new ApiException(Errors.tokenMissing()));
    return Chain.compose(
        tokens.verify(token, Names.DIALECT, call.address()),
        found ->
            found.isPresent()
                ? Future.succeededFuture(admit(found.get(), operation.scope()))
                : refuse(call, token.text()));
  }

  private Future<Caller> refuse(Call call, String token) {
    if (Challenge.is(token)) {
      throw new ApiException(Errors.tokenEnded());
    }
    return tokens
        .hasEnded(token, Names.DIALECT, call.address())
        .map(ended -> ended ? Errors.tokenEnded() : Errors.tokenInvalid())
        .compose(answer -> Future.failedFuture(new ApiException(answer)));
  }

  private Caller admit(VerifiedToken token, String scope) {
    RateLimiter.Decision decision = rateLimiter.acquireWhereLimited(token.tenant());
    if (!decision.allowed()) {
      throw new ApiException(Errors.rateLimited(decision.retryAfter()));
    }
    if (!permits(token.rights(), scope)) {
      throw new ApiException(Errors.unauthorizedRole());
    }
    return new Caller(token.principal(), token.subject());
  }

  /** Who may write may also read. */
  private static boolean permits(Rights rights, String scope) {
    return rights.include(scope) || rights.include(Names.WRITE);
  }
}
