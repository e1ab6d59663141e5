package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that must never be answered by a 5xx, nor in anybody else's words, nor move value. */
abstract class HostileInputs extends SuiteBase {
  private static final int ONE_MIB = 1_048_576;
  private static final byte[] BROKEN_UTF8 = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF};

  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);

  /** JSON values that some member of a good request is replaced by, one at a time. */
  private static final List<String> STRANGE_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "-1e400",
          "1e1000000",
          "1e-1000000",
          "1e1000000000",
          "10e2147483648",
          "100e2147483647",
          "-1e-2147483647",
          "9".repeat(38),
          "9".repeat(39),
          "9".repeat(99),
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"" + "x".repeat(20_000) + "\"",
          "\"1e400\"",
          "\"NaN\"",
          "\"-0\"",
          "\"'; DROP TABLE posting; --\"",
          "\"\uFFFF\u202E😀\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"a\":{}}");

  static Stream<String> wrongAmounts() {
    return Stream.of(
        "0",
        "-1",
        "-0",
        "-99999999999999999999999999999999999999",
        "9".repeat(38),
        "9".repeat(39),
        "9".repeat(99),
        "1e400",
        "1e1000000",
        "10e2147483648",
        "1e-400",
        "0.0000000000000000000000000000000000001");
  }

  @ParameterizedTest
  @MethodSource("wrongAmounts")
  void refusesAWrongAmount(String amount) {
    String json = fixture.amountsAreTexts() ? "\"" + amount + "\"" : amount;

    Reply reply = world.transferOf(newKey(), json).send(world.client());

    assertNothingMoved(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true", "null", "[]", "{}", "\"\"", "\"x\"", "\" 1\"", "\"1 \"", "\"0x1\"", "1.5"})
  void refusesAnAmountOfTheWrongType(String json) {
    Reply reply = world.transferOf(newKey(), json).send(world.client());

    assertNothingMoved(reply);
  }

  @Test
  void refusesAmountsOfTheOtherJsonType() {
    String json = fixture.amountsAreTexts() ? "1" : "\"1\"";

    Reply reply = world.transferOf(newKey(), json).send(world.client());

    assertRefused(reply);
  }

  static Stream<String> malformedJson() {
    return Stream.of(
        "",
        "   ",
        "{",
        "}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{} {}",
        "// x\n{}",
        "\uFEFF{}",
        "nul",
        "\"unfinished",
        "{\"a\":" + "1".repeat(101) + "}",
        "{\"a\":" + DEEP + "}",
        DEEP);
  }

  @ParameterizedTest
  @MethodSource("malformedJson")
  void refusesMalformedJson(String body) {
    Reply reply = world.transfer(newKey()).withBody(body).send(world.client());

    assertFault(reply, new Fault.InvalidJson("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "null", "1", "true", "[{}]", "{}"})
  void refusesABodyThatIsNotTheObject(String body) {
    Reply reply = world.transfer(newKey()).withBody(body).send(world.client());

    assertRefused(reply);
  }

  @Test
  void refusesABodyCutShort() {
    Ask good = world.transfer(newKey());
    String body = good.body();

    for (int end : List.of(1, body.length() / 3, body.length() / 2, body.length() - 1)) {
      Reply reply = good.withBody(body.substring(0, end)).send(world.client());
      assertFault(reply, new Fault.InvalidJson("x"));
    }
  }

  @Test
  void refusesARepeatedMemberInAGoodBody() {
    Ask good = world.transfer(newKey());
    String member = Json.parse(good.body()).fieldNames().next();
    String repeated = "{\"" + member + "\":null," + good.body().strip().substring(1);

    Reply reply = good.withBody(repeated).send(world.client());

    assertFault(reply, new Fault.InvalidJson("x"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] good = world.transfer(newKey()).body().getBytes(StandardCharsets.UTF_8);
    byte[] broken = new byte[good.length + BROKEN_UTF8.length];
    System.arraycopy(good, 0, broken, 0, good.length);
    System.arraycopy(BROKEN_UTF8, 0, broken, good.length, BROKEN_UTF8.length);

    Reply reply = world.transfer(newKey()).sendBytes(world.client(), broken);

    assertFault(reply, new Fault.InvalidJson("x"));
  }

  @Test
  void refusesUtf16() {
    Ask good = world.transfer(newKey());

    Reply reply = good.sendBytes(world.client(), good.body().getBytes(StandardCharsets.UTF_16LE));

    assertFault(reply, new Fault.InvalidJson("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
  void refusesAnotherContentType(String type) {
    Ask good = world.transfer(newKey());

    Reply reply = good.send(world.client().with("Content-Type", type));

    assertFault(reply, new Fault.UnsupportedMediaType(type));
  }

  @Test
  void refusesABodyOfOneMebibyte() {
    Ask good = world.transfer(newKey());
    String big = good.body() + " ".repeat(ONE_MIB - good.body().length());

    Reply reply = good.withBody(big).send(world.client());

    assertFault(reply, new Fault.BodyTooLarge(1));
  }

  /** Every member of a good body, at any depth, replaced by every strange value. */
  @Test
  void survivesStrangeValuesInEveryMember() {
    // In a world of its own, as some of these are good transfers to or from somebody else.
    World fuzzed = fixture.newWorld(gateway);
    for (Ask ask : fuzzed.everyOperation()) {
      if (ask.body().startsWith("{")) {
        paths(Json.parse(ask.body())).forEach(path -> sendStrangeValues(fuzzed, ask, path));
      }
    }
  }

  private void sendStrangeValues(World fuzzed, Ask ask, List<String> path) {
    for (String value : STRANGE_VALUES) {
      String body = replaced(ask.body(), path, value);
      Reply reply = ask.withBody(body).send(fuzzed.client());
      String shown = value.substring(0, Math.min(50, value.length()));
      assertNoServerError(reply, ask.target() + " " + path + " = " + shown);
    }
  }

  /** Every parameter of every path replaced by strange texts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0",
        "-1",
        "%20",
        "%00",
        "%ff",
        "%F0%9F%98%80",
        "..%2F..%2Fx",
        "%2e%2e",
        "a'b",
        "*",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void survivesStrangePathParameters(String strange) {
    for (Endpoint endpoint : dialect.endpoints()) {
      if (endpoint.path().contains(":")) {
        String path = endpoint.path().replaceAll(":[A-Za-z0-9_]+", strange);
        Ask ask = new Ask(endpoint.method().name(), path, Map.of(), bodyFor(endpoint));
        assertNoServerError(ask.send(world.client()), endpoint.operation() + " " + path);
      }
    }
  }

  /** Every reading operation with each parameter that it knows, and one that none does. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "0", "1e9", "99999999999999999999", "abc", "%00", "%ff", "%27", "a&b=c"})
  void survivesStrangeQueries(String strange) {
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    for (Ask ask : world.everyOperation()) {
      if (ask.method().equals("GET")) {
        String path = ask.target().split("\\?")[0];
        List<String> names = new ArrayList<>(List.of("nobody_knows_it"));
        document.find("GET", path).map(document::queryParameters).ifPresent(names::addAll);
        for (String name : names) {
          Ask asked = Ask.get(path + "?" + name + "=" + strange);
          assertNoServerError(asked.send(world.client()), asked.target());
        }
      }
    }
  }

  @Test
  void answersAFloodOfHeaders() {
    Ask good = world.transfer(newKey());
    try (RawClient raw = gateway.raw()) {
      raw.send(good.method() + " " + good.target() + " HTTP/1.1\r\nHost: x\r\n");
      raw.send("X-Flood: yes\r\n".repeat(20_000)).send("\r\n");

      assertRefused(raw.read());
    }
  }

  @Test
  void answersAHugeHeader() {
    Ask good = world.transfer(newKey());
    try (RawClient raw = gateway.raw()) {
      raw.send(good.method() + " " + good.target() + " HTTP/1.1\r\nHost: x\r\nAuthorization: ");
      raw.send("x".repeat(500_000) + "\r\n\r\n");

      assertRefused(raw.read());
    }
  }

  /** Also when both lines say the same: who counts on that has lost track of who wrote them. */
  @Test
  void refusesEveryHeaderThatSaysWhoCallsOrWhatIsMeantWhenItIsThereTwice() {
    Ask good = world.transfer(newKey());
    Map<String, String> headers = new HashMap<>(world.client().headers());
    headers.putAll(good.headers());
    headers.put("Content-Type", "application/json");
    headers.putIfAbsent(Headers.IDEMPOTENCY_KEY, newKey());
    assertThat(headers).hasSizeGreaterThan(2);

    headers.forEach(
        (name, value) -> {
          for (List<String> lines :
              List.of(List.of(value, value), List.of(value, "x"), List.of("x", value))) {
            Reply reply = sendLines(good, headers, name, lines);
            assertFault(reply, new Fault.BadRequest("x"));
            assertThat(reply.text()).containsIgnoringCase(name).doesNotContain(value);
          }
        });
  }

  /** Sends one header of a request in several lines. */
  private Reply sendLines(
      Ask ask, Map<String, String> headers, String repeated, List<String> lines) {
    try (RawClient raw = gateway.raw()) {
      raw.send(ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: x\r\n");
      headers.forEach(
          (name, value) ->
              (name.equals(repeated) ? lines : List.of(value))
                  .forEach(line -> raw.send(name + ": " + line + "\r\n")));
      byte[] body = ask.body().getBytes(StandardCharsets.UTF_8);
      raw.send("Content-Length: " + body.length + "\r\n\r\n").send(body);
      return raw.read();
    }
  }

  @Test
  void movesNothingForAClientThatHangsUpInTheMiddle() {
    Ask good = world.transfer(newKey());
    try (RawClient raw = gateway.raw()) {
      raw.send(good.method() + " " + good.target() + " HTTP/1.1\r\nHost: x\r\n");
      world.client().headers().forEach((name, value) -> raw.send(name + ": " + value + "\r\n"));
      raw.send("Content-Type: application/json\r\nContent-Length: " + good.body().length());
      raw.send("\r\n\r\n" + good.body().substring(0, good.body().length() / 2));
    }

    assertSuccess(world.transfer(newKey()).send(world.client()));
    assertMoved(1);
  }

  private String bodyFor(Endpoint endpoint) {
    return endpoint.consumes() == Endpoint.Consumes.NOTHING ? "" : "{}";
  }

  /** Whatever was answered, it was no 5xx, and an error is in the dialect's words. */
  private void assertNoServerError(Reply reply, String what) {
    assertThat(reply.status()).as(() -> what + "\n" + reply).isLessThan(500);
    if (reply.status() >= 400) {
      fixture.assertErrorShape(reply);
    }
  }

  /** Refused, or recorded as a failure where the dialect does that; nothing moved either way. */
  private void assertNothingMoved(Reply reply) {
    assertNoServerError(reply, "amount");
    assertMoved(0);
  }

  private static List<List<String>> paths(JsonNode node) {
    List<List<String>> found = new ArrayList<>();
    collect(node, List.of(), found);
    return found;
  }

  private static void collect(JsonNode node, List<String> path, List<List<String>> found) {
    if (!path.isEmpty()) {
      found.add(path);
    }
    if (node.isObject()) {
      node.fieldNames().forEachRemaining(n -> collect(node.get(n), join(path, n), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), join(path, Integer.toString(i)), found);
      }
    }
  }

  private static List<String> join(List<String> path, String last) {
    List<String> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }

  private static String replaced(String body, List<String> path, String value) {
    // The marker is swapped in the text afterwards: numbers such as 1e1000000 stay as written.
    String marker = "marker-of-the-suite";
    JsonNode root = Json.parse(body);
    JsonNode parent = root;
    for (String step : path.subList(0, path.size() - 1)) {
      parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
    }
    if (parent instanceof ObjectNode object) {
      object.put(path.getLast(), marker);
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(path.getLast()), marker);
    }
    return root.toString().replace("\"" + marker + "\"", value);
  }
}
