package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and RFC 9112 ask of a server, over raw sockets. */
class HttpTest extends ToyGateway {
  private static final String NEXT = "GET /toy/b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String BODY = "{}";

  private static String get(String headers) {
    return "GET /toy/a HTTP/1.1\r\n" + headers + "\r\n";
  }

  private String exchange(String request) {
    try (RawClient raw = new RawClient(gateway.port())) {
      return raw.send(request).endOutput().readToEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /toy/a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a/throw HTTP/1.1\r\nHost: x\r\n\r\n",
        "GARBAGE\r\n\r\n"
      })
  void datesEveryAnswerAndKeepsItOutOfCaches(String request) {
    try (RawClient raw = new RawClient(gateway.port())) {
      // When
      Reply reply = raw.send(request).read();

      // Then
      var date =
          ZonedDateTime.parse(
              reply.header("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
      assertThat(Duration.between(date.toInstant(), Instant.now()).abs().toMinutes()).isLessThan(5);
      assertThat(reply.header("Date").orElseThrow()).hasSize(29).endsWith(" GMT");
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: x\r\nHost: x\r\n",
        "Host: x\r\nhOST: y\r\n",
        "Host: a b\r\n",
        "Host: x\r\nX: y\r\nHost: z\r\n"
      })
  void refusesWhatHasNotOneSoundHost(String headers) {
    assertThat(exchange(get(headers))).startsWith("HTTP/1.1 400 ").contains("BadRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /toy/a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a  HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET\t/toy/a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a\tHTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a \u000bHTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a HTTP/1.1 \r\nHost: x\r\n\r\n",
        "GET /toy/a /toy/b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /toy/a HTTP/1.1\nHost: x\n\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\n X: y\r\nHost: x\r\n\r\n",
        "GET /toy/a HTTP/1.1\r\nHost: x\r\nX\r\n\r\n"
      })
  void refusesHeadsThatTwoCouldReadDifferently(String head) {
    // When
    String answer = exchange(head + NEXT);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BadRequest").doesNotContain("\"b\"");
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void asksNoHostOfHttp10() {
    assertThat(exchange("GET /toy/a HTTP/1.0\r\n\r\n")).contains(" 200 OK").contains("\"a\"");
  }

  @Test
  void takesTheAbsoluteForm() {
    assertThat(exchange("GET http://x/toy/a?q HTTP/1.1\r\nHost: x\r\n\r\n")).contains(" 200 OK");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/2.0,505",
    "HTTP/3.0,505",
    "HTTP/0.9,505",
    "HTTP/9.9,505",
    "HTTP/1.2,200",
    "HTTP/1.9,200",
    "HTTP/1.10,400",
    "HTP/1.1,400",
    "http/1.1,400",
    "'',400"
  })
  void takesEveryVersionOfHttp1AndNoOther(String version, int status) {
    // When
    String answer = exchange("GET /toy/a " + version + "\r\nHost: x\r\n\r\n");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "'Transfer-Encoding: gzip, chunked',501",
    "'Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked',501",
    "'Transfer-Encoding: gzip',400",
    "'Transfer-Encoding: identity',400",
    "'Transfer-Encoding: chunked, gzip',400",
    "'Transfer-Encoding: chunked, chunked',400",
    "'Transfer-Encoding: xchunked',400",
    "'Transfer-Encoding : chunked',400",
    "'Transfer-Encoding: chunked\r\nContent-Length: 2',400",
    "'Content-Length: 2\r\nTransfer-Encoding: chunked',400",
    "'Content-Length: 2\r\nContent-Length: 2',400",
    "'Content-Length: 2, 2',400",
    "'Content-Length: +2',400",
    "'Content-Length: 0x2',400"
  })
  void takesNoBodyWhoseEndTwoCouldSeeDifferently(String headers, int status) {
    // When
    String answer = exchange(post(headers) + "2\r\n{}\r\n0\r\n\r\n" + NEXT);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("\"b\"");
    assertThat(toy.handled).hasValue(0);
  }

  @Test
  void refusesTransferCodingsInHttp10() {
    assertThat(
            exchange(
                post("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0")
                    + "2\r\n{}\r\n0\r\n\r\n"))
        .contains(" 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "2\r\n{}0\r\n\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "-1\r\n",
        "fffffffffffffffff\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "\r\n",
        "2\r\n{}\r\n0\r\nbad trailer\r\n\r\n"
      })
  void answersMalformedChunks(String body) {
    // When
    String answer = exchange(post("Transfer-Encoding: chunked") + body + NEXT);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BadRequest").doesNotContain("\"b\"");
    assertThat(toy.handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void answersALongLineInTheDialectsWords(String method) {
    // When
    String answer =
        exchange(
            method + " /toy/a?q=" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n" + NEXT);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 414 ").doesNotContain("\"b\"");
    assertThat(answer).matches(text -> text.contains("Unread") != method.equals("HEAD"));
  }

  @Test
  void answersALongLineThatComesInPieces() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send("\r\nGE").send("T /to").send("y/a?").send("x".repeat(5_000));
      raw.send("y".repeat(5_000));

      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 414 ").contains("Unread");
    }
  }

  @Test
  void answersLongHeadersInTheDialectsWords() {
    assertThat(exchange(get("Host: x\r\nX: " + "y".repeat(100_000) + "\r\n")))
        .startsWith("HTTP/1.1 431 ")
        .contains("Unread");
  }

  @Test
  void ignoresExpectationsInHttp10() {
    // When
    String answer =
        exchange(
            post("Content-Length: 2\r\nExpect: 100-continue").replace("HTTP/1.1", "HTTP/1.0")
                + BODY);

    // Then
    assertThat(answer).startsWith("HTTP/1.0 200 ").doesNotContain("100 Continue");
  }

  @Test
  void takesNothingForABodyThatItHasNotAskedFor() {
    // Given
    String stranger = post("Content-Length: 200\r\nExpect: 100-continue\r\nX-Caller: stranger");

    // When
    String answer = exchange(stranger + NEXT);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close");
    assertThat(answer).doesNotContain("\"b\"");
  }

  @Test
  void answersAClientThatHasNothingMoreToSay() {
    // When
    String answer = exchange(post("Content-Length: 2") + BODY + NEXT);

    // Then
    assertThat(answer).contains("\"body\":{}").contains("\"b\"");
  }

  @Test
  void answersLaterAClientThatHasNothingMoreToSay() {
    try (RawClient raw = new RawClient(gateway.port())) {
      // Given
      raw.send("GET /toy/a/slow HTTP/1.1\r\nHost: x\r\n\r\n" + NEXT + NEXT).endOutput();
      awaitHandled(1);

      // When
      toy.gate.complete(ToyDialect.nothing());

      // Then
      assertThat(raw.readToEnd().split("HTTP/1.1 200 ")).hasSize(4);
    }
    awaitInFlight(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'POST /toy/a/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length:"
        + " 9\r\n\r\n{',400",
    "'GET /toy/a HTTP/1.1\r\nHo',400"
  })
  void answersAClientThatStopsHalfWay(String request, int status) {
    assertThat(exchange(request)).startsWith("HTTP/1.1 " + status + " ");
    awaitInFlight(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "GET /to"})
  void hangsUpOnAClientThatAskedNothing(String request) {
    assertThat(exchange(request)).isEmpty();
  }

  @Test
  void tellsNothingAboutTrafficByItsRequestIds() {
    // Given
    restart(Map.of());
    Set<String> ids = new HashSet<>();

    // When
    for (int i = 0; i < 300; i++) {
      ids.add(client.get("/toy/a").header("X-Request-Id").orElseThrow());
    }

    // Then
    assertThat(ids).hasSize(300).allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    assertThat(ids.stream().map(id -> id.substring(0, 4)).distinct().count()).isGreaterThan(290);
    assertThat(ids.stream().map(id -> id.substring(18)).distinct().count()).isGreaterThan(290);
  }
}
