package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.Credentials;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Json;
import io.sluice.dialect.Services;
import io.sluice.store.StoreException;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.sluice.testing.StubCall;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is the same for all operations: faults, routes, rates, outages. */
class OrumDialectTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Fault.NotFound("/deliver/x"), "404 not_found"),
        Arguments.of(new Fault.MethodNotAllowed("PUT", "/deliver/balance"), "404 not_found"),
        Arguments.of(new Fault.UnsupportedMediaType("text/plain"), "400 bad_request"),
        Arguments.of(new Fault.BodyTooLarge(262_144), "400 bad_request"),
        Arguments.of(new Fault.InvalidJson("the body is empty"), "400 bad_request"),
        Arguments.of(new Fault.BadRequest("malformed"), "400 bad_request"),
        Arguments.of(new Fault.Overloaded(Duration.ofSeconds(1)), "429 too_many_requests"),
        Arguments.of(new Fault.DeadlinePassed(), "429 too_many_requests"),
        Arguments.of(new Fault.Unavailable(), "500 internal_server_error"),
        Arguments.of(new Fault.Defect(), "500 internal_server_error"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultHasADeclaredStatus(Fault fault, String expected) {
    // When
    Answer answer = FIXTURE.gateway().dialect("orum").fault(fault);

    // Then
    assertThat(summary(answer)).isEqualTo(expected);
    assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(answer.status() == 429);
  }

  @Test
  void theDescriptionAndTheRoutesAreTheSame() throws IOException {
    // Given
    List<String> routes =
        FIXTURE.gateway().dialect("orum").endpoints().stream()
            .map(Endpoint::operation)
            .sorted()
            .toList();

    // When
    String text;
    try (var stream = OrumDialect.class.getResourceAsStream("/openapi/orum.yaml")) {
      text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    // Then
    assertThat(
            Pattern.compile("operationId: (\\w+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .sorted())
        .containsExactlyElementsOf(routes);
  }

  @Test
  void aTenantsOwnRateCountsAndTheUsualOneDoesNot() {
    // Given
    try (TestingGateway slow =
        TestingGateway.start(
            Map.of("scrip.rateLimit.perSecond", "1", "scrip.rateLimit.burst", "1"),
            SettableClock.atPresent())) {
      OrumTenant usual = new OrumFixture(slow).tenant();
      OrumTenant limited = new OrumFixture(slow).tenant();
      slow.limit(limited.id(), new TenantRate(1, 2));

      // When
      List<OrumReply> replies =
          Stream.of(limited, limited, limited, usual, usual, usual)
              .map(tenant -> tenant.get(OrumTenant.BALANCE))
              .toList();

      // Then
      assertThat(replies.stream().map(OrumReply::summary))
          .containsExactly("200", "200", "429 too_many_requests", "200", "200", "200");
      assertThat(replies.get(2).header("Retry-After")).isEqualTo("1");
      assertThat(replies.get(2).header("X-Retry-In")).isEqualTo("1s");
    }
  }

  @Test
  void aTokenCallSaysWhenCredentialsCannotBeChecked() {
    // Given
    var tokens = new AccessTokens(withoutDatabase());

    // When
    Answer answer =
        Await.result(
            tokens.issue(StubCall.ofBody("{\"client_id\":\"c\",\"client_secret\":\"s\"}")));

    // Then
    assertThat(summary(answer)).isEqualTo("503 service_unavailable");
  }

  /** The services of a gateway that cannot reach its database. */
  private static Services withoutDatabase() {
    Services real = FIXTURE.gateway().services();
    var credentials =
        (Credentials)
            Proxy.newProxyInstance(
                Credentials.class.getClassLoader(),
                new Class<?>[] {Credentials.class},
                (proxy, method, arguments) ->
                    Future.failedFuture(StoreException.of(new IOException("cut"))));
    return new Services(
        real.pipeline(),
        real.holders(),
        real.assets(),
        real.transfers(),
        real.seals(),
        real.tokens(),
        credentials,
        real.rateLimiter(),
        real.clock(),
        real.ids(),
        real.names(),
        real.bulk(),
        real.listeners());
  }

  private static String summary(Answer answer) {
    return answer.status() + " " + Json.parse(answer.body()).get("error_code").textValue();
  }
}
