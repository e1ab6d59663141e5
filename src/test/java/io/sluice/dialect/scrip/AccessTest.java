package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API keys, and the rate limit that Scrip publishes: bursts of 30, then 10 a second. */
class AccessTest {
  private static final int BURST = 30;
  private static final SettableClock CLOCK = SettableClock.atPresent();
  private static TestingGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        TestingGateway.start(
            Map.of(
                "scrip.rateLimit.perSecond",
                "10",
                "scrip.rateLimit.burst",
                Integer.toString(BURST)),
            CLOCK);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void takesTheKeyInEitherHeader() {
    ScripFixture scrip = new ScripFixture(gateway);
    TestClient bare = gateway.client();

    ok(bare.with("X-API-Key", scrip.key).get("/v1/programs"));
    ok(bare.with("Authorization", "Bearer " + scrip.key).get("/v1/programs"));
    ok(bare.with("Authorization", "bearer " + scrip.key).get("/v1/programs"));
  }

  @Test
  void choosesBetweenNoTwoKeys() {
    ScripFixture scrip = new ScripFixture(gateway);
    TestClient both = gateway.client().with("X-API-Key", scrip.key);

    ok(both.with("Authorization", "Bearer " + scrip.key).get("/v1/programs"));
    refused(
        both.with("Authorization", "Bearer sk_another").get("/v1/programs"), 400, "bad_request");
  }

  @Test
  void refusesWhoHasNoGoodKeyAndTellsNoLimits() {
    ScripFixture scrip = new ScripFixture(gateway);
    TestClient bare = gateway.client();
    String wrong = scrip.key.substring(0, scrip.key.length() - 1) + "~";

    for (TestClient client :
        List.of(
            bare,
            bare.with("X-API-Key", ""),
            bare.with("X-API-Key", wrong),
            bare.with("X-API-Key", "pk_1"),
            bare.with("Authorization", "Basic " + scrip.key),
            bare.with("Authorization", "Bearer"),
            bare.with("Authorization", "Bearer " + wrong))) {
      Reply reply = client.get("/v1/programs");
      refused(reply, 401, "unauthorized");
      assertThat(reply.header("X-RateLimit-Limit")).isEmpty();
      assertThat(reply.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
      assertThat(reply.text()).doesNotContain(scrip.key);
    }
  }

  @Test
  void refusesAKeyThatWasReplaced() {
    ScripFixture scrip = new ScripFixture(gateway);
    ok(scrip.client.get("/v1/programs"));

    String next = gateway.secret("api-key", scrip.tenant, "test");

    refused(scrip.client.get("/v1/programs"), 401, "unauthorized");
    ok(gateway.client().with("X-API-Key", next).get("/v1/programs"));
  }

  @Test
  void tellsTheLimitsOnEveryAnswerToAKnownKey() {
    // Given
    ScripFixture scrip = new ScripFixture(gateway);
    TestClient client = scrip.client;

    // When
    List<Reply> replies =
        List.of(
            client.get("/v1/programs"),
            client.get("/v1/programs/x"),
            client.get("/v1/programs/00000000-0000-4000-8000-000000000000"),
            client.post("/v1/transfers", "{"),
            client.post("/v1/programs", json("{'name':'x'}")));

    // Then
    assertThat(replies).extracting(Reply::status).containsExactly(200, 400, 404, 400, 201);
    assertThat(replies)
        .allSatisfy(
            reply -> {
              assertThat(reply.header("X-RateLimit-Limit")).contains("30");
              assertThat(number(reply, "X-RateLimit-Reset"))
                  .isBetween(
                      CLOCK.instant().getEpochSecond(), CLOCK.instant().getEpochSecond() + 4);
              assertThat(reply.header("Retry-After")).isEmpty();
            });
    long first = number(replies.getFirst(), "X-RateLimit-Remaining");
    assertThat(replies)
        .extracting(reply -> number(reply, "X-RateLimit-Remaining"))
        .containsExactly(first, first - 1, first - 2, first - 3, first - 4);
  }

  @Test
  void refusesWhatComesTooFastAndSaysWhenToRetry() {
    // Given
    ScripFixture scrip = new ScripFixture(gateway);
    String second = gateway.secret("api-key", scrip.tenant, "second");
    TestClient sibling = gateway.client().with("X-API-Key", second);

    // When
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < 2 * BURST; i++) {
      TestClient either = i % 2 == 0 ? scrip.client : sibling;
      replies.add(either.get("/v1/programs"));
    }

    // Then
    int allowed = 1 + (int) number(replies.getFirst(), "X-RateLimit-Remaining");
    replies.subList(0, allowed).forEach(ScripFixture::ok);
    assertThat(replies.subList(allowed, replies.size()))
        .allSatisfy(
            reply -> {
              refused(reply, 429, "too_many_requests");
              assertThat(number(reply, "Retry-After")).isEqualTo(1);
              assertThat(number(reply, "X-RateLimit-Remaining")).isZero();
              assertThat(reply.header("X-RateLimit-Limit")).contains("30");
              assertThat(reply.header("X-RateLimit-Reset")).isPresent();
            });
    ScripFixture other = new ScripFixture(gateway);
    ok(other.client.get("/v1/programs"));
  }

  @Test
  void takesTenMoreAfterASecond() {
    // Given
    ScripFixture scrip = new ScripFixture(gateway);
    for (int i = 0; i < BURST; i++) {
      scrip.client.get("/v1/programs");
    }

    // When
    CLOCK.advance(Duration.ofSeconds(1));

    // Then
    for (int i = 0; i < 10; i++) {
      ok(scrip.client.get("/v1/programs"));
    }
    refused(scrip.client.get("/v1/programs"), 429, "too_many_requests");
  }

  private static long number(Reply reply, String header) {
    return Long.parseLong(reply.header(header).orElseThrow());
  }
}
