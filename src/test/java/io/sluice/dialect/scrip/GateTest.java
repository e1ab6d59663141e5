package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.access.Credentials;
import io.sluice.access.RateLimit;
import io.sluice.access.RateLimiter;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.ledger.Decision;
import io.sluice.ledger.TenantId;
import io.sluice.store.StoreException;
import io.sluice.testing.StubCall;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What the gate does when a handler fails, and to the answer's headers. */
class GateTest {
  private static final Instant FULL_AT = Instant.parse("2026-03-01T12:00:00.001Z");

  private static final RateLimit PUBLISHED = new RateLimit(10, 30);

  private final Buckets buckets = new Buckets();
  private final Gate gate = new Gate(new Keys(), buckets, PUBLISHED);

  @Test
  void putsTheLimitsOnAnAnswerAndKeepsItsOwnHeaders() {
    Answer answer = pass(visit -> Future.succeededFuture(ok().with("X-Own", "1")));

    assertThat(answer.headers())
        .isEqualTo(
            Map.of(
                "X-Own", "1",
                "X-RateLimit-Limit", "30",
                "X-RateLimit-Remaining", "7",
                "X-RateLimit-Reset", Long.toString(FULL_AT.getEpochSecond() + 1)));
  }

  @Test
  void saysNothingOfALimitThatThereIsNot() {
    // Given
    buckets.limit = 0;

    // When
    Answer answer = pass(visit -> Future.succeededFuture(ok().with("X-Own", "1")));

    // Then
    assertThat(answer.headers()).isEqualTo(Map.of("X-Own", "1"));
  }

  @Test
  void handsTheTenantOn() {
    Answer answer =
        pass(visit -> Future.succeededFuture(ok().with("X-Tenant", "" + visit.tenant().value())));

    assertThat(answer.headers()).containsEntry("X-Tenant", "5");
  }

  @Test
  void answersWhatAHandlerThrowsOrFailsWith() {
    ApiException refusal = ScripErrors.thrown(ScripErrors.conflict("m"));

    assertError(pass(visit -> Future.failedFuture(refusal)), 409, "conflict");
    assertError(
        pass(
            visit -> {
              throw refusal;
            }),
        409,
        "conflict");
  }

  @Test
  void answersMalformedJsonOutagesAndDefectsWithTheLimits() {
    var outage = StoreException.of(new TimeoutException("secret"));

    assertError(
        pass(
            visit -> {
              Json.parse("{");
              return Future.succeededFuture(ok());
            }),
        400,
        "invalid_request");
    assertError(pass(visit -> Future.failedFuture(outage)), 503, "internal_error");
    Answer defect = pass(visit -> Future.failedFuture(new IllegalStateException("secret")));
    assertError(defect, 500, "internal_error");
    assertThat(defect.body().toString()).doesNotContain("secret");
  }

  @Test
  void asksNoHandlerWhenTheBucketIsEmpty() {
    buckets.allowed = false;

    Answer answer =
        pass(
            visit -> {
              throw new AssertionError("asked");
            });

    assertError(answer, 429, "too_many_requests");
    assertThat(answer.headers()).containsEntry("Retry-After", "3");
  }

  @Test
  void takesNoTokenFromAnybodyForABadKey() {
    buckets.allowed = false;

    for (Map<String, String> headers :
        Map.of(
                "none", Map.<String, String>of(),
                "wrong", Map.of("X-API-Key", "sk_wrong"),
                "no prefix", Map.of("X-API-Key", "good"))
            .values()) {
      assertThatThrownBy(() -> run(headers, visit -> Future.succeededFuture(ok())))
          .isInstanceOfSatisfying(
              ApiException.class,
              refusal -> {
                assertThat(refusal.answer().status()).isEqualTo(401);
                assertThat(refusal.answer().headers()).doesNotContainKey("X-RateLimit-Limit");
              });
    }
    assertThat(buckets.asked).isZero();
  }

  private static Answer ok() {
    return Answer.json(200, Buffer.buffer("{}"));
  }

  private Answer pass(Gate.Handler handler) {
    return run(Map.of("X-API-Key", "sk_good"), handler);
  }

  private Answer run(Map<String, String> headers, Gate.Handler handler) {
    Future<Answer> answer = gate.guard(handler).apply(StubCall.ofHeaders(headers));
    if (answer.failed()) {
      throw (RuntimeException) answer.cause();
    }
    return answer.result();
  }

  private static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).get("code").textValue()).isEqualTo(code);
    assertThat(answer.headers())
        .containsKeys("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
  }

  /** Knows one key. */
  private static final class Keys implements Credentials {
    @Override
    public Future<Optional<ApiKey>> apiKey(String key) {
      return Future.succeededFuture(
          key.equals("sk_good")
              ? Optional.of(new ApiKey(new TenantId(5), UUID.randomUUID()))
              : Optional.empty());
    }

    @Override
    public Future<Optional<TenantId>> clientSecret(String secret) {
      throw new AssertionError("not Scrip's");
    }

    @Override
    public Future<Optional<OAuthClient>> oauthClient(String clientId, String clientSecret) {
      throw new AssertionError("not Scrip's");
    }

    @Override
    public Future<Login> login(String username, String password) {
      throw new AssertionError("not Scrip's");
    }
  }

  /** Says what it is told to say. */
  private static final class Buckets implements RateLimiter {
    boolean allowed = true;
    long limit = 30;
    int asked;

    @Override
    public Decision acquire(TenantId tenant, RateLimit published) {
      assertThat(published).isEqualTo(PUBLISHED);
      asked++;
      Duration wait = allowed ? Duration.ZERO : Duration.ofMillis(2_001);
      return new Decision(allowed, limit, allowed ? 7 : 0, FULL_AT, wait);
    }
  }
}
