package io.sluice.dialect.pebble;

import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.Presented;
import io.sluice.access.RateLimiter;
import io.sluice.access.Tokens;
import io.sluice.access.VerifiedToken;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.ledger.HolderId;
import io.sluice.store.access.CredentialTypeName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets a call in: token, rate, scope. */
record Gate(Tokens tokens, RateLimiter rateLimiter) implements io.sluice.dialect.Gate<Caller> {
  /** Whoever may act for a jar may do everything with the tenant's. */
  static SubjectToken token(Directory directory) {
    return new SubjectToken(
        new CredentialTypeName("jar-token"),
        "JarToken",
        Names.DIALECT,
        "jar",
        Duration.ofHours(1),
        (tenant, name) ->
            directory
                .find(tenant, List.of(name))
                .map(found -> Optional.ofNullable(found.get(name)).map(HolderId::value)));
  }

  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    String token =
        call.bearer().map(Presented::text).orElseThrow(() -> new ApiException(Errors.stranger()));
    return tokens
        .verify(token, Names.DIALECT, call.address())
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.stranger())))
        .map(bearer -> admit(bearer, operation));
  }

  private Caller admit(VerifiedToken bearer, Operation<Caller> operation) {
    RateLimiter.Decision decision = rateLimiter.acquireWhereLimited(bearer.tenant());
    if (!decision.allowed()) {
      throw new ApiException(Errors.busy(decision.retryAfter()));
    }
    if (!bearer.rights().include(operation.scope())) {
      throw new ApiException(Errors.forbidden(operation.scope()));
    }
    return new Caller(bearer.principal());
  }
}
