package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Wanted;
import io.sluice.testing.StubCall;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of value that the registry asks for, and its words for what is not of that kind. */
class ReaderTest {
  private static final Map<String, Wanted<?>> KINDS =
      Map.of(
          "id", Reader.ID,
          "positive", Reader.POSITIVE,
          "whole", Reader.WHOLE,
          "time", Reader.TIME,
          "code", new Reader.Code(3, 3),
          "date", new Reader.Date(),
          "degrees", new Reader.Degrees(90),
          "flag", new Wanted.Flag(),
          "words", new Wanted.OneOf(List.of("a", "b", "c")),
          "count", new Reader.Count(50));

  /** The items of the 422, or nothing when all fits. */
  private static String problems(Call call, Function<Reader, ?> reading) {
    try {
      Reader.read(call, reading);
      return "";
    } catch (ApiException e) {
      String text = e.answer().body().toString();
      assertThat(e.answer().status()).as(text).isEqualTo(422);
      assertThat(text).startsWith("{\"detail\":[").endsWith("]}");
      return text.substring("{\"detail\":[".length(), text.length() - "]}".length());
    }
  }

  private static String problemsOfMember(String json, String kind) {
    Call call = StubCall.ofBody("{\"m\":" + json + "}");
    return problems(call, reader -> reader.body().required("m", KINDS.get(kind)));
  }

  private static String item(String type, String loc, String message, String input, String ctx) {
    return "{\"type\":\"%s\",\"loc\":[%s],\"msg\":\"%s\"%s%s}"
        .formatted(
            type,
            loc,
            message,
            input == null ? "" : ",\"input\":" + input,
            ctx == null ? "" : ",\"ctx\":{" + ctx + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id | 5 | string_type | Input should be a valid string |",
        "id | null | string_type | Input should be a valid string |",
        "positive | `\"1\"` | int_type | Input should be a valid integer |",
        "positive | 0 | greater_than | Input should be greater than 0 | \"gt\":0",
        "whole | 1.5 | int_from_float | Input should be a valid integer, got a number with a"
            + " fractional part |",
        "whole | 1E+400 | int_parsing_size | Unable to parse input string as an integer, exceeded"
            + " maximum size |",
        "time | \"2024-01-22\" | datetime_parsing | Input should be a valid datetime with an"
            + " offset, such as 2024-01-22T11:56:48Z |",
        "code | 7 | string_type | Input should be a valid string |",
        "code | \"\" | string_too_short | String should have at least 3 characters |"
            + " \"min_length\":3",
        "code | \"GB1R\" | string_too_long | String should have at most 3 characters |"
            + " \"max_length\":3",
        "code | \"gbr\" | string_pattern_mismatch | String should match pattern '[A-Z0-9]+' |"
            + " \"pattern\":\"[A-Z0-9]+\"",
        "date | \"2024-02-30\" | date_parsing | Input should be a valid date in the format"
            + " YYYY-MM-DD |",
        "date | \"+2024-02-03\" | date_parsing | Input should be a valid date in the format"
            + " YYYY-MM-DD |",
        "date | \"0000-01-01\" | date_parsing | Input should be a valid date in the format"
            + " YYYY-MM-DD |",
        "degrees | \"1\" | float_type | Input should be a valid number |",
        "degrees | 90.5 | less_than_equal | Input should be less than or equal to 90 | \"le\":90",
        "degrees | -91 | greater_than_equal | Input should be greater than or equal to -90 |"
            + " \"ge\":-90",
        "date | 20240203 | date_parsing | Input should be a valid date in the format YYYY-MM-DD |",
        "flag | 1 | bool_type | Input should be a valid boolean |",
        "words | \"d\" | enum | Input should be 'a', 'b' or 'c' | \"expected\":\"'a', 'b' or 'c'\"",
      })
  void saysWhatAMemberShouldBe(
      String kind, String json, String type, String message, String context) {
    // When
    String problems = problemsOfMember(json, kind);

    // Then
    assertThat(problems).isEqualTo(item(type, "\"body\",\"m\"", message, json, context));
  }

  @Test
  void saysBothOfACodeThatIsTooLongAndMisspelt() {
    assertThat(problemsOfMember("\"gb\"", "code"))
        .contains("string_too_short")
        .contains("string_pattern_mismatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ten | int_parsing | Input should be a valid integer, unable to parse string as an integer"
            + " |",
        "-0 | greater_than | Input should be greater than 0 | \"gt\":0",
        "51 | less_than_equal | Input should be less than or equal to 50 | \"le\":50",
        "99999999999 | less_than_equal | Input should be less than or equal to 50 | \"le\":50",
      })
  void saysWhatACountShouldBe(String text, String type, String message, String context) {
    // When
    String problems =
        problems(
            StubCall.ofQuery("first", text), reader -> reader.query("first", KINDS.get("count")));

    // Then
    assertThat(problems)
        .isEqualTo(item(type, "\"query\",\"first\"", message, "\"" + text + "\"", context));
  }

  @Test
  void countsWithASignAndBlanks() {
    Call call = StubCall.ofQuery("first", "7", " +50 ");

    Optional<Integer> count = Reader.read(call, r -> r.query("first", new Reader.Count(50)));

    assertThat(count).contains(50);
  }

  @Test
  void readsWholeNumbersHoweverTheyAreWritten() {
    Call call = StubCall.ofBody("{\"a\":1000.0,\"b\":-1e3}");

    List<BigInteger> numbers =
        Reader.read(
            call,
            reader -> {
              var body = reader.body();
              return List.of(body.required("a", Reader.POSITIVE), body.required("b", Reader.WHOLE));
            });

    assertThat(numbers).containsExactly(BigInteger.valueOf(1_000), BigInteger.valueOf(-1_000));
  }

  @Test
  void readsDates() {
    Call call = StubCall.ofBody("{\"d\":\"2024-02-29\"}");

    LocalDate date = Reader.read(call, r -> r.body().required("d", new Reader.Date()));

    assertThat(date).isEqualTo("2024-02-29");
  }

  @Test
  void reportsWhatIsAmissInPathAndBodyTogether() {
    // Given
    Call call = StubCall.ofPath(Map.of("id", "short"), "{\"list\":[1]}");

    // When
    String problems = problems(call, r -> r.pathId() + r.body().all("list", 0, 1, Reader.ID));

    // Then
    assertThat(problems)
        .isEqualTo(
            item(
                    "string_too_short",
                    "\"path\",\"id\"",
                    "String should have at least 20 characters",
                    "\"short\"",
                    "\"min_length\":20")
                + ","
                + item(
                    "string_type",
                    "\"body\",\"list\",0",
                    "Input should be a valid string",
                    "1",
                    null));
  }

  @Test
  void endsWithABodyThatIsNoObject() {
    // Given
    Call call = StubCall.ofBody("[]");

    // When
    String problems =
        problems(
            call,
            reader -> {
              reader.body();
              throw new AssertionError("read on");
            });

    // Then
    assertThat(problems)
        .isEqualTo(
            item(
                "model_attributes_type",
                "\"body\"",
                "Input should be a valid dictionary or object to extract fields from",
                "[]",
                null));
  }

  @Test
  void saysOfWordsWhichAreUnknownAndTakesThemForASet() {
    // Given
    Call wrong = StubCall.ofQuery("status", "a", "x", "a");
    Call good = StubCall.ofQuery("status", "b", "a", "b");
    Function<Reader, Set<String>> reading = reader -> reader.someOf("status", List.of("a", "b"));

    // When
    String problems = problems(wrong, reading);
    Set<String> words = Reader.read(good, reading);

    // Then
    assertThat(problems)
        .isEqualTo(
            item(
                "enum",
                "\"query\",\"status\",1",
                "Input should be 'a' or 'b'",
                "\"x\"",
                "\"expected\":\"'a' or 'b'\""));
    assertThat(words).containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "52.25, 52.25",
    "-0.0, 0",
    "1e1, 10",
    "90.000, 90",
    "0.1234567894, 0.123456789",
    "1e-1000000, 0"
  })
  void keepsDegreesToATenthOfAMillimetre(String json, String kept) {
    // When
    var read =
        Reader.read(
            StubCall.ofBody("{\"m\":" + json + "}"),
            reader -> reader.body().required("m", new Reader.Degrees(90)));

    // Then
    assertThat(read).isEqualTo(new BigDecimal(kept));
  }

  @Test
  void takesAKindThatTheRegistryDoesNotKnowForADefect() {
    Call call = StubCall.ofBody("{\"m\":1}");

    assertThatThrownBy(
            () -> Reader.read(call, reader -> reader.body().required("m", new Wanted.Id())))
        .isInstanceOf(IllegalStateException.class);
  }
}
