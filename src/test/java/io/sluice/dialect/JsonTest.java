package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void readsAnObject() {
    JsonNode node = parse("{\"a\":1,\"b\":\"x\",\"c\":[true,null,1.50]}");

    assertThat(node.get("a").intValue()).isEqualTo(1);
    assertThat(node.get("b").textValue()).isEqualTo("x");
    assertThat(node.get("c").get(2).decimalValue()).isEqualTo(new BigDecimal("1.50"));
  }

  @Test
  void keepsBigNumbersExactWithoutExpandingThem() {
    JsonNode node = parse("{\"i\":" + "9".repeat(39) + ",\"e\":1e400,\"f\":1e1000000}");

    assertThat(node.get("i").bigIntegerValue()).isEqualTo(new BigInteger("9".repeat(39)));
    assertThat(node.get("e").decimalValue()).isEqualTo(new BigDecimal("1e400"));
    assertThat(node.get("f").decimalValue().precision()).isEqualTo(1);
  }

  @Test
  void takesASurrogatePairAndTheReplacementCharacter() {
    JsonNode node = parse("{\"a\":\"\\ud83d\\ude00\",\"b\":\"😀\",\"c\":\"\uFFFD\"}");

    assertThat(node.get("a").textValue()).isEqualTo(node.get("b").textValue());
    assertThat(node.get("c").textValue()).isEqualTo("\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "{",
        "{\"a\":1",
        "{\"a\":\"x",
        "{\"a\":1}}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":[[\"\\ud800x\"]]}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\n\"}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":1e99999999999}",
        "{\"a\":-1e-99999999999}",
        "{\"a\":1e1000001}",
        "{\"a\":[1e-1000001]}",
        "{\"a\":1e1000000000}",
        "{\"a\":10e2147483648}",
        "{\"a\":100e2147483647}",
        "{\"a\":-1e-2147483647}",
        "{\"a\":1,}",
        "/* c */ {}",
        "nul",
        "\uFEFF{}"
      })
  void refuses(String text) {
    JsonException refusal = catchThrowableOfType(JsonException.class, () -> parse(text));

    assertThat(refusal.reason()).isNotBlank();
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @Test
  void refusesWhatIsTooDeepTooLongOrTooWide() {
    assertThat(reasonOf("[".repeat(65) + "]".repeat(65))).contains("nested deeper than 64");
    assertThat(reasonOf("[".repeat(100_000))).contains("nested deeper than 64");
    assertThat(reasonOf("{\"a\":" + "1".repeat(101) + "}")).contains("100 characters");
    assertThat(reasonOf("{\"a\":1." + "1".repeat(101) + "}")).contains("100 characters");
    assertThat(reasonOf("{\"" + "n".repeat(1_001) + "\":1}")).contains("name");
    assertThat(reasonOf("\"" + "s".repeat(1_000_001) + "\"")).contains("a string has more");
  }

  @Test
  void refusesANulAsANul() {
    assertThat(reasonOf("{\"a\":\"\u0000\"}")).contains("U+0000");
    assertThat(reasonOf("{\"a\":\"\\u0000\"}")).contains("U+0000").doesNotContain("surrogate");
    assertThat(reasonOf("{\"\\ud800\":1}")).contains("surrogate").doesNotContain("U+0000");
  }

  @Test
  void saysWhereTheProblemIs() {
    assertThat(reasonOf("{\"a\":1,\n\"a\":2}")).contains("repeated").contains("line 2");
    assertThat(reasonOf("{\"a\":1")).contains("ends too early");
    assertThat(reasonOf("")).contains("empty");
  }

  @Test
  void doesNotRepeatWhatTheClientSent() {
    assertThat(reasonOf("{\"key\": sk_secret}")).doesNotContain("sk_secret");
    assertThat(reasonOf("{\"sk_secret\":1,\"sk_secret\":2}")).doesNotContain("sk_secret");
  }

  @ParameterizedTest
  @CsvSource({"FF", "C080", "EDA080", "E282", "F8808080", "80"})
  void refusesBrokenUtf8(String hex) {
    byte[] broken = new BigInteger(hex, 16).toByteArray();
    Buffer body = Buffer.buffer("{\"a\":\"");
    for (int i = broken.length - hex.length() / 2; i < broken.length; i++) {
      body.appendByte(broken[i]);
    }
    body.appendString("\"}");

    JsonException refusal = catchThrowableOfType(JsonException.class, () -> Json.parse(body));

    assertThat(refusal.reason()).contains("UTF-8");
  }

  private static String reasonOf(String text) {
    return catchThrowableOfType(JsonException.class, () -> parse(text)).reason();
  }

  private static JsonNode parse(String text) {
    return Json.parse(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
  }
}
