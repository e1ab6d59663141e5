package io.sluice.dialect.scrip;

import io.sluice.access.Credentials;
import io.sluice.access.RateLimit;
import io.sluice.access.RateLimiter;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets a request in: finds its organisation by the API key, takes a token from the organisation's
 * bucket, and puts the bucket's state on whatever the answer is.
 */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final String KEY_PREFIX = "sk_";

  /** More than any key has; what is longer need not be looked up. */
  private static final int MAX_KEY_CHARS = 256;

  private final Credentials credentials;
  private final RateLimiter rateLimiter;
  private final RateLimit published;

  /** A request whose sender is known. */
  record Visit(Call call, TenantId tenant) {}

  /** Answers a request whose sender is known. */
  interface Handler extends Function<Visit, Future<Answer>> {}

  /**
   * @param published the rate of every organisation that has none of its own
   */
  Gate(Credentials credentials, RateLimiter rateLimiter, RateLimit published) {
    this.credentials = credentials;
    this.rateLimiter = rateLimiter;
    this.published = published;
  }

  Function<Call, Future<Answer>> guard(Handler handler) {
    return call ->
        credentials
            .apiKey(key(call))
            .map(found -> found.orElseThrow(() -> refuse("the API key is wrong or revoked")))
            .compose(key -> admit(new Visit(call, key.tenant()), handler));
  }

  private Future<Answer> admit(Visit visit, Handler handler) {
    RateLimiter.Decision decision = rateLimiter.acquire(visit.tenant(), published);
    Future<Answer> answer =
        decision.allowed()
            ? attempt(visit, handler)
            : Future.succeededFuture(tooMany(decision).answer());
    return answer.map(a -> withLimits(a, decision));
  }

  private Future<Answer> attempt(Visit visit, Handler handler) {
    Future<Answer> answer;
    try {
      answer = handler.apply(visit);
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    return answer.recover(failure -> Future.succeededFuture(Faults.answer(visit.call(), failure)));
  }

  private static ErrorAnswer tooMany(RateLimiter.Decision decision) {
    return ScripErrors.tooManyRequests(
        "more than "
            + decision.limit()
            + " requests at once, or too many per second; wait for Retry-After",
        decision.retryAfter());
  }

  private static Answer withLimits(Answer answer, RateLimiter.Decision decision) {
    if (!decision.isLimited()) {
      return answer;
    }
    var headers = new HashMap<>(answer.headers());
    headers.put("X-RateLimit-Limit", Long.toString(decision.limit()));
    headers.put("X-RateLimit-Remaining", Long.toString(decision.remaining()));
    // Rounded up: at that second the bucket is surely full.
    long reset = decision.fullAt().plusNanos(999_999_999).getEpochSecond();
    headers.put("X-RateLimit-Reset", Long.toString(reset));
    return new Answer(answer.status(), answer.contentType(), answer.body(), headers);
  }

  private static String key(Call call) {
    String key =
        call.header("X-API-Key")
            .or(() -> call.header("Authorization").flatMap(Gate::bearer))
            .orElseThrow(() -> refuse("send an API key as X-API-Key or as Authorization: Bearer"));
    if (!key.startsWith(KEY_PREFIX) || key.length() > MAX_KEY_CHARS) {
      throw refuse("an API key starts with " + KEY_PREFIX);
    }
    return key;
  }

  private static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static ApiException refuse(String message) {
    return ScripErrors.thrown(ScripErrors.unauthorized(message));
  }
}
