package io.sluice.dialect.pebble;

import io.sluice.access.RateLimiter;
import io.sluice.access.TokenClaims;
import io.sluice.access.Tokens;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.vertx.core.Future;

/** Lets a call in: token, rate, scope. */
record Gate(Tokens tokens, RateLimiter rateLimiter) implements io.sluice.dialect.Gate<Caller> {
  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    String token = Bearer.of(call).orElseThrow(() -> new ApiException(Errors.stranger()));
    return tokens
        .verify(token, Names.DIALECT)
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.stranger())))
        .map(claims -> admit(claims, operation));
  }

  private Caller admit(TokenClaims claims, Operation<Caller> operation) {
    RateLimiter.Decision decision = rateLimiter.acquireWhereLimited(claims.tenant());
    if (!decision.allowed()) {
      throw new ApiException(Errors.busy(decision.retryAfter()));
    }
    if (!claims.scopes().contains(operation.scope())) {
      throw new ApiException(Errors.forbidden(operation.scope()));
    }
    return new Caller(claims.tenant());
  }
}
