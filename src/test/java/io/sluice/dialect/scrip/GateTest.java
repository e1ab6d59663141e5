package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.ClientAddress;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.Credentials;
import io.sluice.access.RateLimit;
import io.sluice.access.RateLimiter;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Json;
import io.sluice.dialect.Operation;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.testing.StubCall;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is let in, and what every answer to them says of the limits. */
class GateTest {
  private static final Instant FULL_AT = Instant.parse("2026-03-01T12:00:00.001Z");

  private static final RateLimit PUBLISHED = new RateLimit(10, 30);
  private static final TenantId TENANT = new TenantId(5);
  private static final Principal OWNER = new Principal(TENANT, new CredentialNumber(7));
  private static final Operation<Caller> OPERATION =
      new Operation<>(
          "o", HttpMethod.GET, "/o", Consumes.NOTHING, Operation.NO_SCOPE, (caller, call) -> null);

  private final Buckets buckets = new Buckets();
  private final Gate gate = new Gate(new Keys(), buckets, PUBLISHED);

  @Test
  void tellsWhoCalls() {
    Caller caller = admit(good());

    assertThat(caller).isEqualTo(new Caller(OWNER));
  }

  @Test
  void takesTheKeyAsABearerTokenToo() {
    Caller caller = admit(StubCall.ofHeaders(Map.of("Authorization", "bearer sk_good")));

    assertThat(caller).isEqualTo(new Caller(OWNER));
  }

  @Test
  void sealsTheLimitsOnTheAnswer() {
    StubCall call = good();

    admit(call);

    assertThat(call.sealed())
        .isEqualTo(
            Map.of(
                "X-RateLimit-Limit", "30",
                "X-RateLimit-Remaining", "7",
                "X-RateLimit-Reset", Long.toString(FULL_AT.getEpochSecond() + 1)));
  }

  @Test
  void saysNothingOfALimitThatThereIsNot() {
    // Given
    buckets.limit = 0;
    StubCall call = good();

    // When
    admit(call);

    // Then
    assertThat(call.sealed()).isEmpty();
  }

  @Test
  void letsNobodyInWhenTheBucketIsEmpty() {
    // Given
    buckets.allowed = false;
    StubCall call = good();

    // When
    Answer answer = refusal(call);

    // Then
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Json.parse(answer.body()).get("code").textValue()).isEqualTo("too_many_requests");
    assertThat(answer.headers()).containsEntry("Retry-After", "3");
    assertThat(call.sealed()).containsEntry("X-RateLimit-Remaining", "0");
  }

  static Stream<Map<String, String>> badHeaders() {
    return Stream.of(
        Map.of(),
        Map.of("X-API-Key", "sk_wrong"),
        Map.of("X-API-Key", "good"),
        Map.of("X-API-Key", "sk_" + "x".repeat(1_000)),
        Map.of("Authorization", "Basic sk_good"));
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void takesNoTokenFromAnybodyForABadKey(Map<String, String> headers) {
    // Given
    buckets.allowed = false;
    StubCall call = StubCall.ofHeaders(headers);

    // When
    Answer answer = refusal(call);

    // Then
    assertThat(answer.status()).isEqualTo(401);
    boolean sent = headers.containsKey("X-API-Key");
    assertThat(answer.headers())
        .containsEntry("WWW-Authenticate", sent ? "Bearer error=\"invalid_token\"" : "Bearer");
    assertThat(call.sealed()).isEmpty();
    assertThat(buckets.asked).isZero();
  }

  private static StubCall good() {
    return StubCall.ofHeaders(Map.of("X-API-Key", "sk_good"));
  }

  private Caller admit(StubCall call) {
    return gate.admit(call, OPERATION).result();
  }

  private Answer refusal(StubCall call) {
    Future<Caller> admitted = Future.succeededFuture(call).compose(c -> gate.admit(c, OPERATION));
    return ((ApiException) admitted.cause()).answer();
  }

  /** Knows one key. */
  private static final class Keys implements Credentials {
    @Override
    public Future<Optional<Principal>> find(
        BearerSecret type, String secret, ClientAddress address) {
      return Future.succeededFuture(
          type.equals(Names.API_KEY) && secret.equals("sk_good")
              ? Optional.of(OWNER)
              : Optional.empty());
    }

    @Override
    public Future<Optional<Client>> find(
        ClientCredentials type, String id, String secret, ClientAddress address) {
      throw new AssertionError("not Scrip's");
    }

    @Override
    public Future<Login> login(
        UserPassword type, String username, String password, ClientAddress address) {
      throw new AssertionError("not Scrip's");
    }

    @Override
    public <T> Future<T> askForStranger(ClientAddress address, Supplier<Future<T>> question) {
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
