package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.testing.Await;
import io.sluice.testing.CapturedLog;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest extends ToyGateway {
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
  void makesARequestIdWhereAClientSendsTwo() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("GET /toy/a HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\nX-Request-Id: b\r\n\r\n");
      Reply reply = raw.read();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("X-Request-Id").orElseThrow()).isNotIn("a", "b", "a, b");
    }
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
    "GET,/toy/login,405,MethodNotAllowed",
    "DELETE,/toy/login,405,MethodNotAllowed",
    "DELETE,/toy/a,409,mine",
    "GET,/toy/a/throw,500,Defect",
    "GET,/toy/a/fail,500,Defect",
    "GET,/toy/a/null,500,Defect",
    "GET,/toy/a/cut,503,NothingDone",
    "GET,/toy/a/split,500,Defect",
    "GET,/toy/%00,400,BadRequest",
    "GET,/toy/%ff,400,BadRequest",
    "GET,/toy/%ED%A0%80,400,BadRequest",
    "GET,/toy/a?q=%C0%80,400,BadRequest",
    "GET,/toy/a?q=%00,400,BadRequest",
    "GET,/toy/a/%2e%2e/b,400,BadRequest",
    "GET,/toy/a/b/%2E%2e/%2E.,400,BadRequest"
  })
  void answersInTheDialectsWords(String method, String target, int status, String fault) {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      Reply reply = client.with("X-Request-Id", "r-1").send(method, target, new byte[0]);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).isEqualTo("{\"fault\":\"" + fault + "\"}");
      assertThat(reply.header("X-Request-Id")).contains("r-1");
      assertThat(log.lines()).hasSize(status == 500 || status == 503 ? 1 : 0);
    }
  }

  @Test
  void saysThatAWriterWhoCouldNotBeginDidNothing() {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      Reply reply = client.post("/toy/a/prepare", "{}");

      assertThat(reply.text()).contains("NothingDone");
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void doesNotSayThatAWriterWhoWasAtWorkDidNothing() {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      Reply reply = client.post("/toy/a/cut", "{}");

      assertThat(reply.text()).contains("Unavailable");
      assertThat(log.lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/toy/a,200",
    "DELETE,/toy/a,409",
    "GET,/toy/a/throw,500",
    "GET,/toy/a/fail,500",
    "GET,/toy/a/cut,503",
    "GET,/toy/a/split,500"
  })
  void sealsWhateverTheAnswerIs(String method, String target, int status) {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      Reply reply = client.send(method, target, new byte[0]);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header(ToyDialect.SEAL)).contains("unbroken");
      assertThat(log.lines()).hasSize(status >= 500 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"throw,ERROR,a request failed", "cut,WARN,the database is not available"})
  void logsWhichOperationFailed(String operation, String level, String text) {
    try (CapturedLog log = CapturedLog.of(Failures.class)) {
      // When
      client.with("X-Request-Id", "r-1").get("/toy/a/" + operation);

      // Then
      ILoggingEvent line = log.await(text);
      assertThat(line.getLevel()).hasToString(level);
      assertThat(CapturedLog.values(line))
          .containsEntry("http.request.id", "r-1")
          .containsEntry("sluice.dialect", "toy")
          .containsEntry("sluice.operation", operation);
    }
  }

  @Test
  void namesTheMethodsThatAPathHas() {
    assertThat(client.send("PUT", "/toy/a", "{}").header("Allow"))
        .contains("DELETE, GET, HEAD, OPTIONS");
    assertThat(client.send("OPTIONS", "/toy/a/echo", new byte[0]).header("Allow"))
        .contains("OPTIONS, POST");
    assertThat(client.send("DELETE", "/toy/login", new byte[0]).header("Allow"))
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json; charset=utf8",
        "Application/JSON;charset=\"UTF8\""
      })
  void takesUtf8ByEitherOfItsNames(String type) {
    assertThat(client.with("Content-Type", type).post("/toy/a/echo", "{}").status()).isEqualTo(200);
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
  void sharesNoFreePortWithAnotherGateway() {
    var port = new Port("http", SETTINGS, tls(), hosts());
    Gateway other = Await.result(Gateway.start(vertx, port, List.of(), new SimpleMeterRegistry()));

    assertThat(other.port()).isNotEqualTo(gateway.port());
  }

  @Test
  void refusesDialectsThatDoNotOwnTheirPaths() {
    var twin = new ToyDialect();
    var port = new Port("http", SETTINGS, tls(), hosts());

    assertThatThrownBy(() -> Gateway.start(vertx, port, List.of(toy, twin), registry))
        .hasMessageContaining("/toy/:id/echo");
  }
}
