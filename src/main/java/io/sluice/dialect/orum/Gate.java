package io.sluice.dialect.orum;

import io.sluice.access.Presented;
import io.sluice.access.RateLimiter;
import io.sluice.access.Tokens;
import io.sluice.access.VerifiedToken;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Text;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Lets a call in: token, then the tenant's rate, then version (of reports none), then scope. Who
 * calls comes first, so that a stranger learns nothing else.
 */
record Gate(Tokens tokens, RateLimiter rateLimiter) implements io.sluice.dialect.Gate<Caller> {
  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    Presented token = call.bearer().orElseThrow(() -> new ApiException(Errors.tokenMissing()));
    return Chain.map(
        tokens.verify(token, Names.DIALECT, call.address()),
        found ->
            admit(
                found.orElseThrow(() -> new ApiException(Errors.tokenInvalid())), call, operation));
  }

  private Caller admit(VerifiedToken bearer, Call call, Operation<Caller> operation) {
    requireRate(bearer.tenant());
    if (!Text.isPathUnder(Names.REPORTS, operation.path())) {
      requireVersion(call);
    }
    require(bearer.rights().include(operation.scope()), () -> Errors.forbidden(operation.scope()));
    return new Caller(bearer.principal(), bearer.subject());
  }

  private void requireRate(TenantId tenant) {
    RateLimiter.Decision decision = rateLimiter.acquireWhereLimited(tenant);
    require(decision.allowed(), () -> Errors.tooManyRequests(decision.retryAfter()));
  }

  private static void requireVersion(Call call) {
    String version = call.header(Names.VERSION_HEADER).orElse("");
    require(!version.isBlank(), Errors::versionMissing);
    require(version.equals(Names.VERSION), Errors::versionInvalid);
  }

  private static void require(boolean holds, Supplier<Answer> otherwise) {
    if (!holds) {
      throw new ApiException(otherwise.get());
    }
  }
}
