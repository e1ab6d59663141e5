package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " {\"a\" : [ 1 ,\t{\"b\":\"é😀\u007F\"}\r\n] , \"\" : \"\"} ",
        "{\"t\":true,\"f\":false,\"n\":null}",
        "[0,-0,7,-7,2147483647,2147483648,-2147483648,-2147483649]",
        "[999999999999999999,-999999999999999999]",
        "\"text\"",
        "12"
      })
  void readsWhatIsPlainAsTheLibraryDoes(String text) {
    // When
    Optional<JsonNode> read = PlainJson.read(text);

    // Then
    assertThat(read).contains(Json.byLibrary(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1\"a\"]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{\"a\":1,\"a\":1}",
        "{} {}",
        "{}x",
        "{}\u0000",
        "\uFEFF{}",
        "\"a",
        "\"a\\n\"",
        "\"a\nb\"",
        "\"\u0000\"",
        "01",
        "-",
        "-01",
        "1.0",
        "1e3",
        "1E3",
        "+1",
        "1000000000000000000",
        "tru",
        "nulls",
        "NaN"
      })
  void saysNothingOfAnythingElse(String text) {
    // When / Then
    assertThat(PlainJson.read(text)).isEmpty();
  }

  @Property(tries = 20)
  void goesNoDeeperThanTheLibrary(@ForAll("kinds") String open) {
    // Given
    String close = open.equals("[") ? "]" : "}";
    String deepest = open.repeat(Json.MAX_DEPTH - 1) + "[]" + close.repeat(Json.MAX_DEPTH - 1);

    // When
    Optional<JsonNode> read = PlainJson.read(deepest);

    // Then
    assertThat(read).contains(Json.byLibrary(deepest));
    assertThat(PlainJson.read(open + deepest + close)).isEmpty();
  }

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of("[", "{\"a\":");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void takesNamesAndTextsOfAnyLengthThatTheLibraryTakes(int more) {
    // Given
    String name = "n".repeat(Json.MAX_NAME_CHARS + more);
    String text = "s".repeat(Json.MAX_STRING_CHARS + more);

    // When / Then
    assertThat(PlainJson.read("{\"" + name + "\":1}").isPresent()).isEqualTo(more == 0);
    assertThat(PlainJson.read("\"" + text + "\"").isPresent()).isEqualTo(more == 0);
  }

  @Property(tries = 5_000)
  void neverSaysAnythingThatTheLibraryDoesNot(@ForAll("nearlyJson") String text) {
    // When
    Optional<JsonNode> read = PlainJson.read(text);

    // Then
    read.ifPresent(value -> assertThat(value).isEqualTo(Json.byLibrary(text)));
  }

  /** Sound documents, most of them with one part missing, doubled or in the wrong place. */
  @Provide
  Arbitrary<String> nearlyJson() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "{", "}", "[", "]", ":", ",", "\"", " ", "\n", "\\", "\\u0041", "-", "0", "1", "12",
            ".5", "e3", "true", "false", "null", "\"a\"", "\"b\":", "\"a\":1", "{}", "[]",
            "\u0000");
    Arbitrary<String> soup = parts.list().ofMaxSize(12).map(all -> String.join("", all));
    Arbitrary<String> spoilt =
        Combinators.combine(values(3), Arbitraries.integers().between(0, 200), parts)
            .as(PlainJsonTest::spoilt);
    return Arbitraries.oneOf(soup, values(3), spoilt);
  }

  private static String spoilt(String sound, int at, String part) {
    int place = at % (sound.length() + 1);
    return at % 2 == 0
        ? sound.substring(0, place) + part + sound.substring(place)
        : sound.substring(0, place) + sound.substring(Math.min(sound.length(), place + 1));
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> simple =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Object::toString),
            Arbitraries.integers().map(Object::toString),
            Arbitraries.of("true", "false", "null", "\"\"", "\"x y\"", "\"é\"", "1.5", "\"\\n\""));
    if (depth == 0) {
      return simple;
    }
    Arbitrary<String> inner = values(depth - 1);
    Arbitrary<String> array =
        inner.list().ofMaxSize(3).map(all -> "[" + String.join(" , ", all) + "]");
    Arbitrary<String> member =
        Combinators.combine(Arbitraries.of("a", "b", "c", "d"), inner)
            .as((name, value) -> "\"" + name + "\": " + value);
    Arbitrary<String> object =
        member.list().ofMaxSize(3).map(all -> "{" + String.join(",", all) + "}");
    return Arbitraries.oneOf(simple, array, object);
  }
}
