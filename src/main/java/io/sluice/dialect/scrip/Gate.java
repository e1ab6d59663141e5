package io.sluice.dialect.scrip;

import io.sluice.access.Credentials;
import io.sluice.access.Presented;
import io.sluice.access.RateLimit;
import io.sluice.access.RateLimiter;
import io.sluice.access.RateLimiter.Decision;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.ledger.Principal;
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a call in: finds its organisation by the API key, takes a token from the organisation's
 * bucket, and seals the bucket's state on whatever the answer is.
 *
 * @param published the rate of every organisation that has none of its own
 */
record Gate(Credentials credentials, RateLimiter rateLimiter, RateLimit published)
    implements io.sluice.dialect.Gate<Caller> {
  /** More than any key has; what is longer need not be looked up. */
  private static final int MAX_KEY_CHARS = 256;

  private static final int ALMOST_A_SECOND_NANOS = 999_999_999;

  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    return Chain.map(
        credentials.find(Names.API_KEY, key(call), call.address()),
        found ->
            limited(call, found.orElseThrow(() -> invalid("the API key is wrong or revoked"))));
  }

  private Caller limited(Call call, Principal owner) {
    Decision decision = rateLimiter.acquire(owner.tenant(), published);
    if (decision.isLimited()) {
      call.seal(limits(decision));
    }
    if (!decision.allowed()) {
      throw new ApiException(
          Errors.tooManyRequests(
              "more than "
                  + decision.limit()
                  + " requests at once, or too many per second; wait for Retry-After",
              decision.retryAfter()));
    }
    return new Caller(owner);
  }

  private static Map<String, String> limits(Decision decision) {
    // Rounded up: at that second the bucket is surely full.
    long reset = decision.fullAt().plusNanos(ALMOST_A_SECOND_NANOS).getEpochSecond();
    return Map.of(
        Names.LIMIT_HEADER, Long.toString(decision.limit()),
        Names.REMAINING_HEADER, Long.toString(decision.remaining()),
        Names.RESET_HEADER, Long.toString(reset));
  }

  private static String key(Call call) {
    Optional<String> own = call.header(Names.KEY_HEADER);
    Optional<String> bearer = call.bearer().map(Presented::text);
    if (own.isPresent() && bearer.isPresent() && !own.equals(bearer)) {
      throw new ApiException(
          Errors.badRequest(
              Names.KEY_HEADER + " and Authorization: Bearer name different API keys; send one"));
    }
    String key =
        own.or(() -> bearer)
            .orElseThrow(
                () ->
                    new ApiException(
                        Errors.unauthorized(
                            "send an API key as "
                                + Names.KEY_HEADER
                                + " or as Authorization: Bearer")));
    if (!key.startsWith(Names.API_KEY.prefix()) || key.length() > MAX_KEY_CHARS) {
      throw invalid("an API key starts with " + Names.API_KEY.prefix());
    }
    return key;
  }

  private static ApiException invalid(String message) {
    return new ApiException(Errors.invalidKey(message));
  }
}
