package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testing.OpenApiDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A good request with slips.
 *
 * @param method as it is sent
 * @param target as it is sent
 * @param head all before the body, with the empty line at its end, as Latin-1 text
 */
record WildRequest(String method, String target, String head, byte[] body) {
  private static final int MAX_SLIPS = 3;

  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._-]*(\\?.*)?", Pattern.DOTALL);

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get");

  private static final List<String> PARTS =
      List.of(
          "",
          ".",
          "..",
          "%2e%2e",
          "%2F",
          "%",
          "%4",
          "%zz",
          "%00",
          "%ff",
          "%C0%AE",
          "%ED%A0%80",
          "%EF%BF%BD",
          "%F0%9F%98%80",
          "\u00C3\u00A9",
          "\u0000",
          "\u007F",
          "a;b",
          "a+b",
          "x",
          "0",
          "-1",
          "*",
          ":",
          "~",
          "'",
          "\"",
          "{}",
          "|",
          "\\",
          "#",
          "%23",
          "%3F",
          "a.b",
          "00000000-0000-0000-0000-000000000000",
          "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF");

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "-1",
          "+1",
          "007",
          "1e3",
          "1.0",
          "200",
          "201",
          "99999999999999999999",
          "NaN",
          "true",
          "false",
          "TRUE",
          "null",
          "asc",
          "desc",
          "created_at",
          "ACTIVE",
          "active",
          "%00",
          "%ff",
          "%EF%BF%BD",
          "a;b",
          "a+b",
          "%2B",
          "%20",
          "\u00C3\u00A9",
          "%",
          "%F0%9F%98%80",
          "2024-01-01",
          "2024-01-01T00:00:00Z",
          "2024-01-01T00:00Z",
          "2024-01-01T00:00:00+0000",
          "2024-01-01T00:00:00%2B01:00",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.9999999-05:00",
          "2024-02-30T00:00:00Z",
          "%7B%22code%22:1%7D",
          "00000000-0000-0000-0000-000000000000",
          "org_0000000000000000",
          "YQo",
          "cXFx",
          "x".repeat(300));

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "0",
          "1",
          "-1",
          "1.0",
          "1.5",
          "1e3",
          "1e400",
          "10e2147483648",
          "1e-99999",
          "9".repeat(19),
          "9".repeat(39),
          "9".repeat(99),
          "9".repeat(101),
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"1\"",
          "\"1.00\"",
          "\"0.000000000000000000000001\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\uFFFD\uFFFF\u202E😀\"",
          "\"" + "x".repeat(600) + "\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"a\":{\"b\":[1]}}",
          "[".repeat(70) + "]".repeat(70),
          "{\"a\":1,\"a\":2}",
          "\"2024-01-01T00:00:00Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59.9999999-05:00\"",
          "\"2024-01-01\"",
          "\"EUR\"",
          "\"ACTIVE\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"org_0000000000000000\"",
          "NaN",
          "'x'",
          "");

  private static final List<String> LINES =
      List.of(
          "Host: y",
          "Host: ",
          "hOST: x",
          "Expect: 100-continue",
          "Expect: else",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: gzip",
          "Content-Length: 0",
          "Content-Length: 5",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Content-Type: text/plain",
          "Content-Type: ",
          "Content-Type: application/json; charset=utf8",
          "Content-Type: application/json; charset=utf-16",
          "Content-Encoding: gzip",
          "Content-Type: application/x-www-form-urlencoded",
          "Connection: close",
          "Connection: keep-alive, Upgrade",
          "Upgrade: h2c",
          "Upgrade: websocket",
          "Accept: nothing/at-all",
          "Authorization: Bearer x",
          "Authorization: Basic eDp5",
          "Authorization: Bearer ",
          "X-API-Key: sk_x",
          "X-Client-Secret: x",
          "Orum-Version: v1",
          "Idempotency-Key: ",
          "Idempotency-Key: k",
          "X-Request-Id: a b",
          "Cookie: a=b",
          "bad header",
          ": no name",
          " folded",
          "X: \u0001",
          "X\u0000: y",
          "X: " + "y".repeat(20_000),
          "Range: bytes=0-1",
          "If-None-Match: *",
          "Trailer: X",
          "TE: trailers");

  /** What becomes of a good request. */
  static WildRequest of(
      OpenApiDocument document, Map<String, String> headers, Ask ask, Random random) {
    return new Maker(document, random).make(headers, ask);
  }

  private static <T> T pick(List<T> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /** The operation that is meant, where that is beyond doubt. */
  Optional<OpenApiDocument.Operation> operation(OpenApiDocument document) {
    return PLAIN.matcher(target).matches()
        ? document.find(isHead() ? "GET" : method, target)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /** Makes one request. */
  private static final class Maker {
    private final OpenApiDocument document;
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private String method;
    private String path;
    private String query;
    private String version = "HTTP/1.1";
    private byte[] body;
    private boolean sized = true;

    Maker(OpenApiDocument document, Random random) {
      this.document = document;
      this.random = random;
    }

    WildRequest make(Map<String, String> headers, Ask ask) {
      method = ask.method();
      String[] target = ask.target().split("\\?", 2);
      path = target[0];
      query = target.length > 1 ? target[1] : "";
      body = ask.body().getBytes(StandardCharsets.UTF_8);
      lines.add("Host: x");
      headers.forEach((name, value) -> lines.add(name + ": " + value));
      ask.headers().forEach((name, value) -> lines.add(name + ": " + value));
      if (ask.headers().keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
        lines.add("Content-Type: application/json");
      }
      for (int slips = random.nextInt(MAX_SLIPS + 1); slips > 0; slips--) {
        slip();
      }
      if (sized && (body.length > 0 || !method.equals("GET"))) {
        lines.add("Content-Length: " + body.length);
      }
      String line = method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + version;
      String head = line + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
      return new WildRequest(method, path + (query.isEmpty() ? "" : "?" + query), head, body);
    }

    private void slip() {
      switch (random.nextInt(12)) {
        case 0 -> method = pick(METHODS, random);
        case 1 -> slipPath();
        case 2, 3, 4 -> slipQuery();
        case 5 -> slipLine();
        case 6 -> slipFraming();
        default -> slipBody();
      }
    }

    private void slipPath() {
      String[] segments = path.substring(Math.min(1, path.length())).split("/", -1);
      int at = random.nextInt(segments.length);
      segments[at] =
          random.nextBoolean() ? pick(PARTS, random) : segments[at] + pick(PARTS, random);
      path = "/" + String.join("/", segments);
      if (random.nextInt(8) == 0) {
        path =
            pick(List.of(path + "/", "/" + path, "http://x" + path, "*", path + "/more"), random);
      }
    }

    private void slipQuery() {
      String name =
          random.nextInt(4) == 0 ? pick(PARTS, random) : pick(document.queryParameters(), random);
      String pair = name + (random.nextInt(10) == 0 ? "" : "=" + pick(VALUES, random));
      query = query.isEmpty() ? pair : query + pick(List.of("&", "&", "&&", ";"), random) + pair;
      if (random.nextInt(50) == 0) {
        query += "&x=" + "y".repeat(10_000);
      }
    }

    private void slipLine() {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(4)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(lines.get(at));
        case 2 ->
            lines.set(at, lines.get(at) + pick(List.of("x", " ", "\u00E9", ",", "\t"), random));
        default -> lines.add(at, pick(LINES, random));
      }
    }

    private void slipFraming() {
      switch (random.nextInt(6)) {
        case 0 ->
            version = pick(List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP", "http/1.1"), random);
        case 1 -> sized = false;
        case 2 -> {
          sized = false;
          lines.add("Content-Length: " + Math.max(0, body.length + random.nextInt(-9, 9)));
        }
        case 3 -> lines.add("Expect: 100-continue");
        default -> chunk();
      }
    }

    /** In two chunks, which may be malformed. */
    private void chunk() {
      sized = false;
      lines.add("Transfer-Encoding: chunked");
      int half = body.length / 2;
      var chunks = new ByteArrayOutputStream();
      if (half > 0) {
        chunks.writeBytes((Integer.toHexString(half) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunks.write(body, 0, half);
        chunks.writeBytes(pick(List.of("\r\n", "\r\n", "\r\n", "\n", "x", ""), random).getBytes());
      }
      String rest = Integer.toHexString(body.length - half);
      chunks.writeBytes(
          (rest + pick(List.of("", "", ";a=b", "g", " "), random) + "\r\n").getBytes());
      chunks.write(body, half, body.length - half);
      String end = body.length == half ? "\r\n" : "\r\n0\r\n\r\n";
      chunks.writeBytes(pick(List.of(end, end, "\r\n0\r\nX: y\r\n\r\n", ""), random).getBytes());
      body = chunks.toByteArray();
    }

    private void slipBody() {
      String text = new String(body, StandardCharsets.UTF_8);
      switch (random.nextInt(12)) {
        case 0 -> body = text.substring(0, random.nextInt(text.length() + 1)).getBytes();
        case 1 -> body = pick(JSON, random).getBytes(StandardCharsets.UTF_8);
        case 2 -> {
          if (body.length > 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
          }
        }
        default -> slipMember(text);
      }
    }

    private void slipMember(String text) {
      try {
        body = replaced(Json.parse(text)).getBytes(StandardCharsets.UTF_8);
      } catch (JsonException e) {
        body = (text + pick(JSON, random)).getBytes(StandardCharsets.UTF_8);
      }
    }

    private String replaced(JsonNode root) {
      JsonNode at = root;
      while (at.size() > 0 && random.nextInt(3) > 0) {
        JsonNode child = at.isArray() ? at.get(random.nextInt(at.size())) : at.get(name(at));
        if (!child.isContainerNode()) {
          break;
        }
        at = child;
      }
      String marker = "marker-of-a-slip";
      if (at instanceof ObjectNode object) {
        slipObject(object, marker);
      } else if (at instanceof ArrayNode array) {
        array.add(marker);
      }
      return root.toString().replace("\"" + marker + "\"", pick(JSON, random));
    }

    private void slipObject(ObjectNode object, String marker) {
      if (object.isEmpty() || random.nextInt(8) == 0) {
        object.put(pick(document.members(), random), marker);
      } else if (random.nextInt(4) == 0) {
        object.remove(name(object));
      } else {
        object.put(name(object), marker);
      }
    }

    private String name(JsonNode object) {
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      return pick(names, random);
    }
  }
}
