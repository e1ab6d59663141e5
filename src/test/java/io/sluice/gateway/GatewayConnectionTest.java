package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.testing.Await;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConnectionTest extends ToyGateway {
  @Test
  void takesABodyOfExactlyTheLimit() {
    String body = "\"" + "x".repeat(MAX_BODY_BYTES - 2) + "\"";

    assertThat(client.post("/toy/a/echo", body).status()).isEqualTo(200);
    assertThat(client.post("/toy/a/echo", body + " ").status()).isEqualTo(413);
  }

  @Test
  void refusesABigBodyAndKeepsTheConnection() {
    try (RawClient raw = raw()) {
      raw.send(post("Content-Length: 1048576")).send(new byte[1_048_576]);
      Reply refused = raw.read();
      raw.send("GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n");
      Reply next = raw.read();

      assertThat(refused.text()).contains("BodyTooLarge");
      assertThat(next.text()).contains("\"b\"");
    }
  }

  @Test
  void refusesABigBodyWithoutWaitingForIt() {
    try (RawClient raw = raw()) {
      raw.send(post("Content-Length: 1048576"));

      assertThat(raw.read().text()).contains("BodyTooLarge");
    }
  }

  @Test
  void refusesAChunkedBodyOnceItIsTooBig() {
    try (RawClient raw = raw()) {
      raw.send(post("Transfer-Encoding: chunked"));
      for (int i = 0; i < 5; i++) {
        raw.send("10000\r\n").send(new byte[0x10000]).send("\r\n");
      }

      assertThat(raw.read().text()).contains("BodyTooLarge");
    }
  }

  @Test
  void hangsUpOnABodyWithoutEnd() {
    try (RawClient raw = raw()) {
      raw.send(post("Transfer-Encoding: chunked"));
      for (int i = 0; i < 200; i++) {
        raw.send("10000\r\n").send(new byte[0x10000]).send("\r\n");
      }
      raw.read();

      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @Test
  void saysContinueOnlyToABodyThatItTakes() {
    try (RawClient raw = raw();
        RawClient big = raw()) {
      raw.send(post("Content-Length: 2\r\nExpect: 100-continue"));
      Reply goOn = raw.read();
      Reply done = raw.send("{}").read();
      big.send(post("Content-Length: 99999999\r\nExpect: 100-continue"));

      assertThat(goOn.status()).isEqualTo(100);
      assertThat(done.status()).isEqualTo(200);
      assertThat(big.read().status()).isEqualTo(413);
    }
  }

  @Test
  void answersTooManyHeadersInTheDialectsWords() {
    try (RawClient raw = raw()) {
      raw.send("GET /toy/a HTTP/1.1\r\nHost: x\r\n");
      raw.send("X-Flood: yes\r\n".repeat(50_000)).send("\r\n");
      Reply reply = raw.read();

      assertThat(reply.status()).isEqualTo(431);
      assertThat(reply.text()).contains("Unread");
      assertThat(reply.header("X-Request-Id")).isPresent();
      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @Test
  void answersAHugeHeaderInTheDialectsWords() {
    try (RawClient raw = raw()) {
      raw.send("GET /toy/a HTTP/1.1\r\nHost: x\r\nX-Flood: " + "y".repeat(1_000_000) + "\r\n\r\n");

      assertThat(raw.read().text()).contains("Unread");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nbad header\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /toy/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/% HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void answersMalformedHttpWithABadRequest(String text) {
    try (RawClient raw = raw()) {
      Reply reply = raw.send(text).read();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.header("X-Request-Id")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OPTIONS * HTTP/1.1", "GET http://elsewhere/x HTTP/1.1", "GET x HTTP/1.1"})
  void answersStrangeTargets(String line) {
    try (RawClient raw = raw()) {
      Reply reply = raw.send(line + "\r\nHost: x\r\n\r\n").read();

      assertThat(reply.status()).isBetween(400, 499);
    }
  }

  @Test
  void answersARequestLineWithoutEnd() {
    try (RawClient raw = raw()) {
      Reply reply = raw.send("GET /toy/" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n").read();

      assertThat(reply.status()).isEqualTo(414);
      assertThat(reply.text()).contains("Unread");
    }
  }

  @Test
  void takesABodyInManySmallPieces() {
    try (RawClient raw = raw()) {
      raw.send(post("Transfer-Encoding: chunked") + "1\r\n\"\r\n");
      raw.send("1\r\nx\r\n".repeat(100_000)).send("1\r\n\"\r\n0\r\n\r\n");

      assertThat(raw.read().json().get("body").textValue()).hasSize(100_000);
    }
  }

  @Test
  void ignoresABodyWhereNoneIsTaken() {
    try (RawClient raw = raw()) {
      raw.send("GET /toy/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n");
      Reply early = raw.read();
      raw.send(new byte[1_048_576]).send("GET /toy/2 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(early.text()).contains("\"1\"");
      assertThat(raw.read().text()).contains("\"2\"");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() {
    try (RawClient raw = raw()) {
      raw.send("GET /toy/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /toy/2 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(raw.read().text()).contains("\"1\"");
      assertThat(raw.read().text()).contains("\"2\"");
    }
  }

  @Test
  void forgetsAClientThatLeavesInTheMiddleOfABody() {
    try (RawClient raw = raw()) {
      raw.send(post("Content-Length: 100") + "{");
      awaitInFlight(1);
    }

    awaitInFlight(0);
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void forgetsAClientThatLeavesBeforeTheAnswer() {
    try (RawClient raw = raw()) {
      raw.send("GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n\r\n");
      awaitInFlight(1);
      raw.reset();
    }

    awaitInFlight(0);
    toy.gate.complete(Answer.json(200, JsonWriter.object().toBuffer()));
    assertThat(client.get("/toy/a").status()).isEqualTo(200);
  }

  @Test
  void answersWhatIsInFlightBeforeItStops() {
    CompletableFuture<Reply> slow = client.sendAsync("GET", "/toy/a/slow", "");
    awaitInFlight(1);

    Future<Void> stopped = gateway.stop(DRAIN_TIMEOUT_MS);
    assertThatThrownBy(() -> raw().read());
    assertThat(stopped.isComplete()).isFalse();
    toy.gate.complete(Answer.json(200, JsonWriter.object().toBuffer()));

    assertThat(slow.join().status()).isEqualTo(200);
    assertThat(slow.join().header("Connection")).contains("close");
    Await.result(stopped);
  }

  @Test
  void hangsUpOnMoreClientsThanItTakes() {
    // Given
    restart(Map.of("http.maxConnections", "1"));
    String request = "GET /toy/a HTTP/1.1\r\nHost: x\r\n\r\n";

    try (RawClient first = raw()) {
      first.send(request).read();
      // When
      try (RawClient second = raw()) {
        second.send(request);

        // Then
        assertThat(second.isHungUp()).isTrue();
      }
      assertThat(first.send(request).read().status()).isEqualTo(200);
    }
  }
}
