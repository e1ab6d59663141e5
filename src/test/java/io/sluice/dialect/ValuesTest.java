package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1e2", "\"1\"", "true", "null", "[]", "{}"})
  void aStrictIntegerIsNothingElse(String json) {
    assertThat(Values.integer(Json.parse(json))).isEmpty();
  }

  @Test
  void aStrictIntegerHasAnySize() {
    String digits = "-" + "9".repeat(60);

    assertThat(Values.integer(Json.parse(digits))).contains(new BigInteger(digits));
    assertThat(Values.integer(Json.parse("0"))).contains(BigInteger.ZERO);
    assertThat(Values.integer(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000.0,1000", "1e3,1000", "0e999999,0", "0.0,0", "-5.00,-5", "7,7", "12e-1,"})
  void anIntegralNumberMayBeWrittenWithAPoint(String json, BigInteger expected) {
    assertThat(Values.integral(Json.parse(json))).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "1e1000000", "1000.5", "1e-1000000", "\"1\""})
  void anIntegralNumberIsNeverExpandedBeyondReason(String json) {
    assertThat(Values.integral(Json.parse(json))).isEmpty();
  }

  @Test
  void aUuidIsCanonical() {
    UUID id = UUID.fromString("0189f7e0-5d3c-7abc-8def-0123456789ab");

    assertThat(Values.uuid(id.toString())).contains(id);
    assertThat(Values.uuid(id.toString().toUpperCase(java.util.Locale.ROOT))).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0189f7e05d3c7abc8def0123456789ab",
        "0189f7e0-5d3c-7abc-8def-0123456789ag",
        "0189f7e0-5d3c-7abc-8def-0123456789ab ",
        "{189f7e0-5d3c-7abc-8def-0123456789ab}",
        "0189f7e0-5d3c-7abc-8def+0123456789ab"
      })
  void anythingElseIsNoUuid(String text) {
    assertThat(Values.uuid(text)).isEmpty();
  }

  @Test
  void aNodeThatIsNoTextIsNoUuid() {
    JsonNode nothing = null;

    assertThat(Values.uuid(Json.parse("1"))).isEmpty();
    assertThat(Values.uuid(nothing)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,-1", "2147483647,2147483647", "2147483648,", "x,", "'',", "1.0,", "+1,"})
  void aParameterIsAnInt(String text, Integer expected) {
    assertThat(Values.parameter(text)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void absenceHasTwoKinds() {
    JsonNode object = Json.parse("{\"a\":null,\"b\":1}");

    assertThat(Values.isAbsent(object.get("c"))).isTrue();
    assertThat(Values.isAbsent(object.get("a"))).isFalse();
    assertThat(Values.isAbsentOrNull(object.get("a"))).isTrue();
    assertThat(Values.isAbsentOrNull(object.get("b"))).isFalse();
  }
}
