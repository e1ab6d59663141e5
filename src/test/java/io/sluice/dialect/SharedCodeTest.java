package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedCodeTest {
  @Test
  void writesMembersInOrder() {
    UUID id = new UUID(1, 2);

    String text =
        JsonWriter.object()
            .uuid("id", id)
            .text("none", null)
            .time("at", Instant.parse("2024-01-22T11:56:48.520641999Z"))
            .number("kg", new BigInteger("9".repeat(38)))
            .number("credits", new BigDecimal("125.600"))
            .number("small", new BigDecimal("1E-7"))
            .bool("yes", true)
            .array("nodes")
            .element()
            .number("n", 1)
            .end()
            .element("x")
            .element(2)
            .end()
            .object("inner")
            .node("any", Json.parse("{\"e\":1e400,\"d\":1.50}"))
            .raw("raw", "{\"r\":1}")
            .nothing("null")
            .toText();

    assertThat(text)
        .isEqualTo(
            "{\"id\":\"00000000-0000-0001-0000-000000000002\",\"none\":null,"
                + "\"at\":\"2024-01-22T11:56:48.520641Z\",\"kg\":"
                + "9".repeat(38)
                + ",\"credits\":125.600,\"small\":0.0000001,\"yes\":true,"
                + "\"nodes\":[{\"n\":1},\"x\",2],"
                + "\"inner\":{\"any\":{\"e\":1E+400,\"d\":1.50},\"raw\":{\"r\":1},\"null\":null}}");
  }

  @Test
  void writesAnArrayDocumentAsUtf8() {
    Buffer document = JsonWriter.array().element("é😀\"\u0001").toBuffer();

    assertThat(document.toString()).isEqualTo("[\"é😀\\\"\\u0001\"]");
  }

  @Test
  void timestampsComeBackAsTheyWent() {
    Instant time = Instant.parse("2026-11-21T10:00:00.000001Z");

    assertThat(Timestamps.format(time)).isEqualTo("2026-11-21T10:00:00.000001Z");
    assertThat(Timestamps.parse(Timestamps.format(time))).contains(time);
    assertThat(Timestamps.parse("2026-11-21T11:00:00.000001999+01:00")).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2026-11-21",
        "2026-11-21T10:00:00",
        "+99999-01-01T00:00:00Z",
        "2026-13-01T00:00:00Z"
      })
  void anythingElseIsNoTimestamp(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }

  @Test
  void cursorsComeBackAsTheyWent() {
    String token = Cursor.encode("transfers", "é", "");

    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.decode(token, 3)).contains(List.of("transfers", "é", ""));
    assertThat(Cursor.decode(token, 2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "a", "AAAA\n", "AAA", "====", "😀"})
  void anythingElseIsNoCursor(String token) {
    assertThat(Cursor.decode(token, 2)).isEmpty();
    assertThat(Cursor.decode("A".repeat(1_000_000), 1)).isEmpty();
  }

  @Test
  void readsAForm() {
    Buffer body = Buffer.buffer("client_id=a%20b&client_secret=%C3%A9+%26&empty=&bare");

    assertThat(Form.parse(body))
        .contains(Map.of("client_id", "a b", "client_secret", "é &", "empty", "", "bare", ""));
    assertThat(Form.parse(Buffer.buffer())).contains(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%zz",
        "a=1&a=2",
        "a=%00",
        "a=%FF",
        "a=%ED%A0%80",
        "a=\uFFFD",
        "a=\u00E9"
      })
  void refusesABrokenForm(String text) {
    assertThat(Form.parse(Buffer.buffer(text))).isEmpty();
  }

  @Test
  void refusesAFormOfManyFields() {
    String fields =
        IntStream.rangeClosed(0, Form.MAX_FIELDS)
            .mapToObj(i -> "f" + i + "=")
            .collect(Collectors.joining("&"));

    assertThat(Form.parse(Buffer.buffer(fields))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "application/json,true",
        "Application/JSON,true",
        "application/json; charset=utf-8,true",
        "`application/json;charset=\"UTF-8\"`,true",
        "application/json; charset=latin1,false",
        "application/json; charset,false",
        "application/problem+json,false",
        "text/json,false",
        "application/jsonx,false",
        "application/x-www-form-urlencoded,false",
        "``,false"
      })
  void jsonOperationsTakeJsonOnly(String header, boolean accepted) {
    assertThat(MediaTypes.accepts(Endpoint.Consumes.JSON, header)).isEqualTo(accepted);
  }

  @Test
  void someOperationsTakeFormsToo() {
    assertThat(MediaTypes.accepts(Endpoint.Consumes.JSON_OR_FORM, Form.MEDIA_TYPE)).isTrue();
    assertThat(MediaTypes.accepts(Endpoint.Consumes.JSON_OR_FORM, "text/plain")).isFalse();
    assertThat(MediaTypes.accepts(Endpoint.Consumes.JSON, null)).isFalse();
    assertThat(MediaTypes.accepts(Endpoint.Consumes.NOTHING, null)).isTrue();
  }

  @Test
  void lengthsAreCodePoints() {
    assertThat(Text.length("a😀")).isEqualTo(2);
    assertThat(Text.isClean("a😀")).isTrue();
    assertThat(Text.isClean("\uD83D")).isFalse();
    assertThat(Text.isClean("\uDE00\uD83D")).isFalse();
  }
}
