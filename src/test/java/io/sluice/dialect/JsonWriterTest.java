package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What is written by hand is what Jackson and the JDK write. */
class JsonWriterTest {
  private static final DateTimeFormatter JDK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Property
  void writesTextsAsJacksonDoes(@ForAll("cleanTexts") String text) throws JsonProcessingException {
    String written = JsonWriter.array().element(text).element("é").toText();

    assertThat(written).isEqualTo("[" + Json.MAPPER.writeValueAsString(text) + ",\"é\"]");
  }

  @Property
  void writesNumbersAsTheJdkDoes(@ForAll long number) {
    String written = JsonWriter.array().element(number).toText();

    assertThat(written).isEqualTo("[" + number + "]");
  }

  @Test
  void writesTheExtremesOfLongs() {
    String written =
        JsonWriter.object()
            .number("min", Long.MIN_VALUE)
            .number("max", Long.MAX_VALUE)
            .number("zero", 0)
            .toText();

    assertThat(written)
        .isEqualTo("{\"min\":-9223372036854775808,\"max\":9223372036854775807,\"zero\":0}");
  }

  @Property
  void writesLargeNumbersAsTheJdkDoes(
      @ForAll @BigRange(min = "-99999999999999999999", max = "99999999999999999999")
          BigInteger number) {
    String written = JsonWriter.object().number("n", number).toText();

    assertThat(written).isEqualTo("{\"n\":" + number + "}");
  }

  @Property
  void writesUuidsAsTheJdkDoes(@ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);

    String written = JsonWriter.object().uuid("id", id).toText();

    assertThat(written).isEqualTo("{\"id\":\"" + id + "\"}");
  }

  /** The years -2000 to 12000, so that both ends of what is written by hand are passed. */
  @Property
  void writesTimesAsTheJdkDoes(
      @ForAll @LongRange(min = -125_000_000_000L, max = 316_000_000_000L) long second,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    Instant time = Instant.ofEpochSecond(second, nanos);

    String written = JsonWriter.object().time("at", time).toText();

    assertThat(written).isEqualTo("{\"at\":\"" + JDK.format(time) + "\"}");
    assertThat(Timestamps.format(time)).isEqualTo(JDK.format(time));
  }

  @Test
  void growsWithWhatIsWritten() {
    String text = "x".repeat(5_000) + "\u0001".repeat(5_000);

    String written = JsonWriter.object().text("t", text).raw("r", "\"" + text + "\"").toText();

    assertThat(written)
        .isEqualTo(
            "{\"t\":\"%s%s\",\"r\":\"%s\"}"
                .formatted("x".repeat(5_000), "\\u0001".repeat(5_000), text));
  }

  @Test
  void takesTheMembersOfAnotherObject() {
    JsonWriter open = JsonWriter.object().text("a", "b").members("{\"c\":1,\"d\":{}}");

    String written = open.nothing("e").toText();

    assertThat(written).isEqualTo("{\"a\":\"b\",\"c\":1,\"d\":{},\"e\":null}");
  }

  @Test
  void closesWhatIsOpen() {
    JsonWriter open = JsonWriter.object().array("a").element().object("b");

    String written = open.toText();

    assertThat(written).isEqualTo("{\"a\":[{\"b\":{}}]}");
  }

  @Test
  void takesMembersInObjectsOnlyAndElementsInArraysOnly() {
    assertThatThrownBy(() -> JsonWriter.array().text("a", "b"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JsonWriter.object().element("b"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JsonWriter.object().end().text("a", "b"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> JsonWriter.object().end().end())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void doesNotWriteWhatIsNotUnicode() {
    assertThatThrownBy(() -> JsonWriter.array().element("half a pair: \uD83D"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonWriter.array().element("half a pair: \uDE00!"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  private Arbitrary<String> cleanTexts() {
    Arbitrary<Character> any = Arbitraries.chars().range('\0', '\u0200');
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            any.map(String::valueOf),
            Arbitraries.of("\"", "\\", "/", "\n", "😀", "é", "\uFFFD", "\u007F", "\u2028", "a"));
    return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
  }
}
