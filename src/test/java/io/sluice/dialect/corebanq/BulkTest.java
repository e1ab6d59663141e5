package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.line;
import static io.sluice.dialect.corebanq.User.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of many lines, over real HTTP. */
class BulkTest {
  private static final int MANY = 2_000;

  private final Room shared = Room.shared();
  private final User user = shared.user(shared.newTenant());
  private final UUID source = user.ledger(1_000_000);
  private final UUID destination = user.ledger(0);

  private String one(Object amount) {
    return line(source, destination, amount, UUID.randomUUID(), "");
  }

  private String many(int count) {
    return IntStream.range(0, count).mapToObj(i -> one(1) + "\n").collect(Collectors.joining());
  }

  private Reply send(String body) {
    return lines(body).send(user.client());
  }

  private static List<JsonNode> told(Reply reply) {
    assertThat(reply.status()).as(reply::toString).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/x-ndjson");
    return reply.text().lines().map(Json::parse).toList();
  }

  private static void assertComplete(JsonNode last, int lines) {
    assertThat(last.toString()).isEqualTo("{\"complete\":true,\"lines\":" + lines + "}");
  }

  private static void assertBroken(JsonNode last, int lines, int status, String code) {
    assertThat(last.get("complete").booleanValue()).as(last::toString).isFalse();
    assertThat(last.get("lines").intValue()).as(last::toString).isEqualTo(lines);
    assertThat(last.get("status").intValue()).as(last::toString).isEqualTo(status);
    assertThat(last.at("/body/code").textValue()).isEqualTo(code);
  }

  @Test
  void answersEachLineInItsPlaceAsATransferOfItsOwn() {
    // When
    List<JsonNode> told = told(send(many(MANY)));

    // Then
    assertThat(told).hasSize(MANY + 1);
    for (int i = 0; i < MANY; i++) {
      JsonNode each = told.get(i);
      assertThat(each.get("line").intValue()).isEqualTo(i + 1);
      assertThat(each.get("status").intValue()).as(each::toString).isEqualTo(201);
      assertThat(each.at("/body/destination_entry/balance").intValue()).isEqualTo(i + 1);
    }
    assertComplete(told.getLast(), MANY);
    assertThat(user.balance(destination)).isEqualTo(MANY);
  }

  @Test
  void answersALineWithTheBytesOfTheSingleTransfer() {
    // Given
    UUID transaction = UUID.randomUUID();
    String more = ",\"description\":\"Grüße\",\"metadata\":{\"a\":[1.50,null]}";

    // When
    Reply bulk = send(line(source, destination, 7, transaction, more));

    // Then
    Reply single = user.transfer(source, destination, 7, transaction, more);
    assertThat(bulk.text())
        .startsWith("{\"line\":1,\"status\":201,\"body\":" + single.text() + "}\n");
  }

  @Test
  void goesOnAfterALineThatIsRefused() {
    // Given
    UUID empty = user.ledger(0);
    UUID used = UUID.randomUUID();
    String body =
        String.join(
            "\n",
            one(1),
            "{",
            one(0),
            "[]",
            line(UUID.randomUUID(), destination, 1, UUID.randomUUID(), ""),
            line(source, source, 1, UUID.randomUUID(), ""),
            line(empty, destination, 1, UUID.randomUUID(), ""),
            line(source, destination, 3, used, ""),
            line(source, destination, 4, used, ""),
            "{\"destination_ledger_id\":1}",
            one(1));

    // When
    List<JsonNode> told = told(send(body));

    // Then
    assertThat(told.stream().limit(11).map(each -> each.get("status") + code(each)))
        .containsExactly(
            "201",
            "400 request.invalid_json",
            "400 ledger.validation_failed",
            "400 ledger.validation_failed",
            "404 ledger.not_found",
            "400 ledger.same_ledger",
            "422 ledger.insufficient_funds",
            "201",
            "409 ledger.duplicate_transaction",
            "400 ledger.validation_failed",
            "201");
    assertComplete(told.getLast(), 11);
    assertThat(user.balance(destination)).isEqualTo(5);
    assertThat(told.get(9).at("/body/details/errors").findValuesAsText("field"))
        .contains("source_ledger_id", "amount", "transaction_id");
  }

  private static String code(JsonNode line) {
    JsonNode code = line.at("/body/code");
    return code.isMissingNode() ? "" : " " + code.textValue();
  }

  /** Also where some of the ledgers have to be looked up first, and others not. */
  @Test
  void carriesLinesOutInTheirOrder() {
    // Given
    List<UUID> chain = IntStream.range(0, 40).mapToObj(i -> user.ledger(0)).toList();
    var body = new StringBuilder(line(source, chain.getFirst(), 5, UUID.randomUUID(), "") + "\n");
    for (int i = 1; i < chain.size(); i++) {
      body.append(line(chain.get(i - 1), chain.get(i), 5, UUID.randomUUID(), "")).append("\n");
    }

    // When
    List<JsonNode> told = told(send(body.toString()));

    // Then
    assertThat(told.stream().limit(chain.size()).map(each -> each.get("status").intValue()))
        .containsOnly(201);
    assertThat(user.balance(chain.getLast())).isEqualTo(5);
  }

  @Test
  void answersTheSameFileTheSameWayAndMovesNothingTwice() {
    // Given
    String body = many(300) + one(0) + "\n" + many(10);
    Reply first = send(body);

    // When
    Reply second = send(body);

    // Then
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(user.balance(destination)).isEqualTo(310);
  }

  @Test
  void takesAFileAgainThatWasCutInTheMiddle() {
    // Given
    String body = many(MANY);
    try (RawClient raw = shared.gateway().raw()) {
      raw.send(user.linesHead("Content-Length: " + body.length()))
          .send(body.substring(0, body.length() / 2));
      raw.reset();
    }

    // When
    List<JsonNode> told = told(send(body));

    // Then
    assertThat(told.stream().limit(MANY).map(each -> each.get("status").intValue()))
        .containsOnly(201);
    assertComplete(told.getLast(), MANY);
    assertThat(user.balance(destination)).isEqualTo(MANY);
  }

  @Test
  void skipsLinesOfNothingAndTakesALastOneWithoutAnEnd() {
    // When
    List<JsonNode> told = told(send("\n  \r\n" + one(1) + "\r\n\t\n" + one(1)));

    // Then
    assertThat(told.get(0).get("line").intValue()).isEqualTo(3);
    assertThat(told.get(1).get("line").intValue()).isEqualTo(5);
    assertComplete(told.get(2), 5);
  }

  @Test
  void answersNoLinesByTheLastOneAlone() {
    // When
    List<JsonNode> told = told(send("\n"));

    // Then
    assertComplete(told.getFirst(), 0);
  }

  @Test
  void endsWithTheTruthWhereALineIsTooLong() {
    // Given
    String tooLong = one(1) + " ".repeat(70_000);

    // When
    List<JsonNode> told = told(send(many(3) + tooLong + "\n" + one(1)));

    // Then
    assertThat(told).hasSize(4);
    assertBroken(told.getLast(), 3, 413, "request.body_too_large");
    assertThat(user.balance(destination)).isEqualTo(3);
  }

  @Test
  void endsWithTheTruthWhereTheBodyEndsEarly() {
    // Given
    String two = many(2);
    try (RawClient raw = shared.gateway().raw()) {
      raw.send(user.linesHead("Content-Length: " + (two.length() + 500)))
          .send(two + one(1))
          .endOutput();

      // When
      List<JsonNode> told = told(raw.read());

      // Then
      assertBroken(told.getLast(), 2, 400, "request.malformed");
      assertThat(raw.isHungUp()).isTrue();
    }
    assertThat(user.balance(destination)).isEqualTo(2);
  }

  @Test
  void endsWithTheTruthWhereChunksAreMalformed() {
    // Given
    String two = many(2);
    try (RawClient raw = shared.gateway().raw()) {
      raw.send(user.linesHead("Transfer-Encoding: chunked"));
      raw.send(Integer.toHexString(two.length()) + "\r\n" + two + "\r\nnothing\r\n");

      // When
      List<JsonNode> told = told(raw.read());

      // Then
      assertBroken(told.getLast(), 2, 400, "request.malformed");
      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{}]", "nonsense", "\uFEFF{}", "\"{}\"", "\u0000", "1\n2\n3"})
  void refusesWhatIsNoLinesOfObjects(String body) {
    // When
    Reply reply = send(body);

    // Then
    assertError(reply, 400, "request.invalid_json");
  }

  @Test
  void refusesWhatIsCompressedWhetherItSaysSoOrNot() {
    // Given
    byte[] compressed = gzip(many(3));
    var client = user.client().with("Content-Type", "application/x-ndjson");

    // When
    Reply silent = client.send("POST", "/v1/ledgers/transfers/bulk", compressed);
    Reply honest =
        client
            .with("Content-Encoding", "gzip")
            .send("POST", "/v1/ledgers/transfers/bulk", compressed);

    // Then
    assertError(silent, 400, "request.invalid_json");
    assertError(honest, 415, "request.unsupported_media_type");
    assertThat(user.balance(destination)).isZero();
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void takesLinesWhereTheyAreLinesOnly() {
    // When
    Reply json = user.client().post("/v1/ledgers/transfers/bulk", one(1));
    Reply lines =
        user.client()
            .with("Content-Type", "application/x-ndjson")
            .post(User.transferPath(source), User.transferBody(destination, 1, source, ""));

    // Then
    assertError(json, 415, "request.unsupported_media_type");
    assertError(lines, 415, "request.unsupported_media_type");
  }

  @Test
  void knowsNoForeignLedgers() {
    // Given
    User stranger = shared.user(shared.newTenant());
    UUID own = stranger.ledger(10);

    // When
    List<JsonNode> told =
        told(
            lines(
                    String.join(
                        "\n",
                        line(source, own, 1, UUID.randomUUID(), ""),
                        line(own, destination, 1, UUID.randomUUID(), "")))
                .send(stranger.client()));

    // Then
    assertThat(told.stream().limit(2).map(each -> each.get("status").intValue()))
        .containsExactly(404, 404);
    assertThat(stranger.balance(own)).isEqualTo(10);
  }

  @Test
  void refusesWhoMayOnlyRead() {
    // Given
    User reader = shared.user(shared.newTenant(), "ledgers:read");

    // When
    Reply reply = lines(one(1)).send(reader.client());

    // Then
    assertError(reply, 403, "auth.unauthorized_role");
  }

  @Test
  void servesTheNextRequestOfTheConnection() {
    // Given
    String body = many(2);
    String whole = user.linesHead("Content-Length: " + body.length()) + body;
    try (RawClient raw = shared.gateway().raw()) {
      // When
      raw.send(whole).send(whole);

      // Then
      Reply first = raw.read();
      Reply second = raw.read();
      assertThat(second.text()).isEqualTo(first.text());
    }
  }
}
