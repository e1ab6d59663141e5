package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.testing.Await;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayTest {
  private static final int MAX_BODY_BYTES = GatewayOptions.DEFAULT.maxBodyBytes();

  private final Vertx vertx = Vertx.vertx();
  private final ToyDialect toy = new ToyDialect();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Gateway gateway;
  private TestClient client;

  @BeforeEach
  void start() {
    start(GatewayOptions.DEFAULT.withPort(0));
  }

  private void start(GatewayOptions options) {
    gateway = Await.result(Gateway.start(vertx, options, List.of(toy), registry));
    client = TestClient.of("http://127.0.0.1:" + gateway.port(), ReplyCheck.NONE);
  }

  private void restart(GatewayOptions options) {
    Await.result(gateway.stop());
    start(options);
  }

  @AfterEach
  void stop() {
    Await.result(vertx.close());
  }

  @Test
  void carriesARequestToItsEndpointAndBack() {
    Reply reply = client.post("/toy/a%20b/echo?q=x%26y", "{\"n\":1.50}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"id\":\"a b\",\"q\":\"x&y\",\"body\":{\"n\":1.50}}");
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.header("X-Toy")).contains("yes");
    assertThat(reply.header("Server")).isEmpty();
  }

  @Test
  void echoesASaneRequestId() {
    Reply reply = client.with("X-Request-Id", "Order-7.b_c").get("/toy/a");

    assertThat(reply.header("X-Request-Id")).contains("Order-7.b_c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"has blank", "<script>", "a:b", "é"})
  void makesARequestIdInPlaceOfAStrangeOne(String strange) {
    Reply reply = client.with("X-Request-Id", strange).get("/toy/a");

    assertThat(reply.header("X-Request-Id").orElseThrow())
        .matches("[A-Za-z0-9._-]{1,64}")
        .isNotEqualTo(strange);
  }

  @Test
  void makesARequestIdInPlaceOfALongOneAndADifferentOneEachTime() {
    TestClient strange = client.with("X-Request-Id", "x".repeat(65));

    String first = strange.get("/toy/a").header("X-Request-Id").orElseThrow();
    String second = strange.get("/toy/a").header("X-Request-Id").orElseThrow();

    assertThat(first).isNotEqualTo(second).hasSizeLessThan(65);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/toy/a/nothing,404,NotFound",
    "GET,/toy/,404,NotFound",
    "PUT,/toy/a,405,MethodNotAllowed",
    "GET,/toy/a/echo,405,MethodNotAllowed",
    "BREW,/toy/a,405,MethodNotAllowed",
    "DELETE,/toy/a,409,mine",
    "GET,/toy/a/throw,500,Defect",
    "GET,/toy/a/fail,500,Defect",
    "GET,/toy/%00,400,BadRequest",
    "GET,/toy/%ff,400,BadRequest",
    "GET,/toy/%ED%A0%80,400,BadRequest",
    "GET,/toy/a?q=%C0%80,400,BadRequest",
    "GET,/toy/a?q=%00,400,BadRequest"
  })
  void answersInTheDialectsWords(String method, String target, int status, String fault) {
    Reply reply = client.with("X-Request-Id", "r-1").send(method, target, new byte[0]);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).isEqualTo("{\"fault\":\"" + fault + "\"}");
    assertThat(reply.header("X-Request-Id")).contains("r-1");
  }

  @Test
  void namesTheMethodsThatAPathHas() {
    assertThat(client.send("PUT", "/toy/a", "{}").header("Allow"))
        .contains("DELETE, GET, HEAD, OPTIONS");
    assertThat(client.send("OPTIONS", "/toy/a/echo", new byte[0]).header("Allow"))
        .contains("OPTIONS, POST");
    assertThat(client.send("OPTIONS", "/toy/a/echo", new byte[0]).status()).isEqualTo(204);
  }

  @Test
  void answersHeadLikeGetWithoutABody() {
    Reply reply = client.send("HEAD", "/toy/a", new byte[0]);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void answersInItsOwnWordsWhereNoDialectOwnsThePath() {
    Reply reply = client.get("/elsewhere");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().get("code").textValue()).isEqualTo("not_found");
  }

  @Test
  void listsTheDocuments() {
    assertThat(client.get("/").text()).contains("Sluice");
    assertThat(client.get("/openapi/none.yaml").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/xml", "application/json; charset=utf-16"})
  void refusesOtherMediaTypes(String type) {
    TestClient typed = type.isEmpty() ? client : client.with("Content-Type", type);

    Reply reply = typed.send("POST", "/toy/a/echo", "{}".getBytes());

    assertThat(reply.text()).contains("UnsupportedMediaType");
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void refusesCompressedBodies() {
    assertThat(client.with("Content-Encoding", "gzip").post("/toy/a/echo", "{}").status())
        .isEqualTo(415);
  }

  @Test
  void refusesBrokenJsonForTheHandler() {
    Reply reply = client.post("/toy/a/echo", "{\"a\":1,\"a\":2}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("InvalidJson");
  }

  @Test
  void takesABodyOfExactlyTheLimit() {
    String body = "\"" + "x".repeat(MAX_BODY_BYTES - 2) + "\"";

    assertThat(client.post("/toy/a/echo", body).status()).isEqualTo(200);
    assertThat(client.post("/toy/a/echo", body + " ").status()).isEqualTo(413);
  }

  @Test
  void refusesABigBodyAndKeepsTheConnection() {
    try (RawClient raw = new RawClient(gateway.port())) {
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
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(post("Content-Length: 1048576"));

      assertThat(raw.read().text()).contains("BodyTooLarge");
    }
  }

  @Test
  void refusesAChunkedBodyOnceItIsTooBig() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(post("Transfer-Encoding: chunked"));
      for (int i = 0; i < 5; i++) {
        raw.send("10000\r\n").send(new byte[0x10000]).send("\r\n");
      }

      assertThat(raw.read().text()).contains("BodyTooLarge");
    }
  }

  @Test
  void hangsUpOnABodyWithoutEnd() {
    try (RawClient raw = new RawClient(gateway.port())) {
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
    try (RawClient raw = new RawClient(gateway.port());
        RawClient big = new RawClient(gateway.port())) {
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
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("GET /toy/a HTTP/1.1\r\nHost: x\r\n");
      raw.send("X-Flood: yes\r\n".repeat(50_000)).send("\r\n");
      Reply reply = raw.read();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("BadRequest");
      assertThat(reply.header("X-Request-Id")).isPresent();
      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @Test
  void answersAHugeHeaderInTheDialectsWords() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("GET /toy/a HTTP/1.1\r\nHost: x\r\nX-Flood: " + "y".repeat(1_000_000) + "\r\n\r\n");

      assertThat(raw.read().text()).contains("BadRequest");
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
    try (RawClient raw = new RawClient(gateway.port())) {
      Reply reply = raw.send(text).read();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.header("X-Request-Id")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OPTIONS * HTTP/1.1", "GET http://elsewhere/x HTTP/1.1", "GET x HTTP/1.1"})
  void answersStrangeTargets(String line) {
    try (RawClient raw = new RawClient(gateway.port())) {
      Reply reply = raw.send(line + "\r\nHost: x\r\n\r\n").read();

      assertThat(reply.status()).isBetween(400, 499);
    }
  }

  @Test
  void answersARequestLineWithoutEnd() {
    try (RawClient raw = new RawClient(gateway.port())) {
      Reply reply = raw.send("GET /toy/" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n").read();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("request line is longer than");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("GET /toy/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /toy/2 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(raw.read().text()).contains("\"1\"");
      assertThat(raw.read().text()).contains("\"2\"");
    }
  }

  @Test
  void forgetsAClientThatLeavesInTheMiddleOfABody() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(post("Content-Length: 100") + "{");
      awaitInFlight(1);
    }

    awaitInFlight(0);
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void forgetsAClientThatLeavesBeforeTheAnswer() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n\r\n");
      awaitInFlight(1);
    }

    awaitInFlight(0);
    toy.gate.complete(Answer.json(200, JsonWriter.object().toBuffer()));
    assertThat(client.get("/toy/a").status()).isEqualTo(200);
  }

  @Test
  void endsWhatTakesTooLong() {
    restart(GatewayOptions.DEFAULT.withPort(0).withDeadlineMs(200));

    Reply read = client.get("/toy/a/slow");
    Reply written = client.post("/toy/a/slow", "{}");

    assertThat(read.text()).contains("DeadlinePassed");
    assertThat(written.text()).contains("Unavailable");
    awaitInFlight(0);
  }

  @Test
  void endsABodyThatDoesNotArrive() {
    restart(GatewayOptions.DEFAULT.withPort(0).withDeadlineMs(200));
    try (RawClient raw = new RawClient(gateway.port())) {
      Reply reply = raw.send(post("Content-Length: 100") + "{").read();

      assertThat(reply.text()).contains("BadRequest");
      assertThat(raw.isHungUp()).isTrue();
    }
    awaitInFlight(0);
  }

  @Test
  void answersWhatIsInFlightBeforeItStops() throws Exception {
    CompletableFuture<Reply> slow = client.sendAsync("GET", "/toy/a/slow", "");
    awaitInFlight(1);

    Future<Void> stopped = gateway.stop();
    assertThatThrownBy(() -> new RawClient(gateway.port()).read());
    assertThat(stopped.isComplete()).isFalse();
    toy.gate.complete(Answer.json(200, JsonWriter.object().toBuffer()));

    assertThat(slow.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(slow.get().header("Connection")).contains("close");
    Await.result(stopped);
  }

  @Test
  void countsRequestsByOperationAndStatus() {
    client.get("/toy/7");
    client.get("/toy/8");
    client.send("BREW", "/toy/9", new byte[0]);

    assertThat(
            registry
                .get("sluice.http.requests")
                .tags("dialect", "toy", "operation", "show", "route", "/toy/:id")
                .tags("method", "GET", "status", "200")
                .timer()
                .count())
        .isEqualTo(2);
    assertThat(
            registry.get("sluice.http.requests").tags("method", "OTHER", "status", "405").timer())
        .isNotNull();
    assertThat(
            registry.get("sluice.http.response.bytes").tag("operation", "show").counter().count())
        .isEqualTo(20);
  }

  @Test
  void refusesDialectsThatDoNotOwnTheirPaths() {
    var twin = new ToyDialect();

    assertThatThrownBy(
            () ->
                Gateway.start(
                    vertx, GatewayOptions.DEFAULT.withPort(0), List.of(toy, twin), registry))
        .hasMessageContaining("/toy/:id/echo");
  }

  private static String post(String headers) {
    return "POST /toy/a/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  private void awaitInFlight(int expected) {
    Waiting.until(() -> gateway.inFlight() == expected);
  }
}
