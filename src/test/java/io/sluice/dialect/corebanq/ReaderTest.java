package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Amount;
import io.sluice.store.corebanq.LedgerList.Sort;
import io.sluice.store.corebanq.Slice;
import io.sluice.testing.StubCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  private static final UUID ID = UUID.fromString("0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e80");
  private static final Wanted<String> TEXT = new Wanted.Characters(0, 1_000);
  private static final Wanted<String> TYPE = new Wanted.OneOf(List.of("credit", "debit"));

  /** What is said of a body, each error as its field, a blank and its message. */
  private static List<String> said(String json, Consumer<Reader> reading) {
    return said(StubCall.ofBody(json), Reader::withBody, reading);
  }

  /** The fields of a body that are refused. */
  private static List<String> refused(String json, Consumer<Reader> reading) {
    return said(json, reading).stream().map(error -> error.split(" ", 2)[0]).toList();
  }

  private interface Way {
    Object read(Call call, Function<Reader, Object> reading);
  }

  private static List<String> said(Call call, Way way, Consumer<Reader> reading) {
    ApiException failure =
        catchThrowableOfType(
            ApiException.class,
            () ->
                way.read(
                    call,
                    reader -> {
                      reading.accept(reader);
                      return reader;
                    }));
    return failure == null ? List.of() : errors(failure);
  }

  private static List<String> errors(ApiException failure) {
    JsonNode body = Json.parse(failure.answer().body());
    assertThat(failure.answer().status()).isEqualTo(400);
    assertThat(body.get("code").textValue()).isEqualTo("ledger.validation_failed");
    List<String> errors = new ArrayList<>();
    body.at("/details/errors")
        .forEach(
            error ->
                errors.add(
                    error.get("field").textValue() + " " + error.get("message").textValue()));
    return errors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "100", "9223372036854775807"})
  void takesWholeNumbers(String number) {
    // Given
    Call call = StubCall.ofBody("{\"amount\":" + number + "}");

    // When
    Amount amount = Reader.withBody(call, Reader::amount);

    // Then
    assertThat(amount).hasToString(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.0",
        "1.5",
        "1e2",
        "1E400",
        "\"100\"",
        "true",
        "[]",
        "{}",
        "9223372036854775808",
        "99999999999999999999999999999999999999"
      })
  void refusesWhatIsNoAmount(String value) {
    assertThat(said("{\"amount\":" + value + "}", Reader::amount))
        .containsExactly("amount must be a JSON integer from 1 to 9223372036854775807");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"amount\":null}"})
  void missesAnAmount(String body) {
    assertThat(said(body, Reader::amount))
        .containsExactly(
            "amount is required and must be a JSON integer from 1 to " + Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"1\"",
        "\"0192f0c12f607d3a9a513f2b8c6d7e80\"",
        "\"{0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e80}\"",
        "\"0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e8g\"",
        "\"1-1-1-1-1\"",
        "12",
        "{}"
      })
  void refusesWhatIsNoUuid(String value) {
    assertThat(said("{\"x\":" + value + "}", r -> r.required("x", Reader.ID)))
        .containsExactly("x must be a UUID");
  }

  @Test
  void takesAUuidInCapitals() {
    // Given
    Call call = StubCall.ofBody("{\"x\":\"" + ID.toString().toUpperCase(Locale.ROOT) + "\"}");

    // When
    UUID read = Reader.withBody(call, reader -> reader.required("x", Reader.ID));

    // Then
    assertThat(read).isEqualTo(ID);
  }

  @Test
  void countsCharactersNotCodeUnits() {
    String thousand = "😀".repeat(1_000);

    assertThat(said("{\"d\":\"" + thousand + "\"}", r -> r.optional("d", TEXT))).isEmpty();
    assertThat(said("{\"d\":\"" + thousand + "x\"}", r -> r.optional("d", TEXT)))
        .containsExactly("d must be a string of 0 to 1000 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t | 1             | must be a string of 0 to 1000 characters",
        "f | \"true\"      | must be true or false",
        "f | 1             | must be true or false",
        "o | \"Credit\"    | must be one of credit, debit",
        "c | -1            | must be a JSON integer from 0 to 9223372036854775807",
        "d | \"yesterday\" | must be an RFC 3339 date-time such as 2024-01-31T12:00:00Z",
        "d | \"2024-01-31\" | must be an RFC 3339 date-time such as 2024-01-31T12:00:00Z",
        "d | \"2024-01-31T10:00:00\" | must be an RFC 3339 date-time such as 2024-01-31T12:00:00Z",
        "d | 17            | must be an RFC 3339 date-time such as 2024-01-31T12:00:00Z"
      })
  void saysWhatItWants(String field, String value, String message) {
    // Given
    String body = "{\"" + field + "\":" + value + "}";

    // When
    List<String> said =
        said(
            body,
            reader -> {
              reader.optional("t", TEXT);
              reader.optional("f", Reader.FLAG);
              reader.optional("o", TYPE);
              reader.cents("c", 7);
              reader.optional("d", Reader.TIME);
            });

    // Then
    assertThat(said).containsExactly(field + " " + message);
  }

  @Test
  void takesNullForWhatMayBeLeftOut() {
    // Given
    Call call = StubCall.ofBody("{\"a\":null,\"b\":null,\"metadata\":null}");

    // When
    Optional<String> text = Reader.withBody(call, reader -> reader.optional("a", TEXT));
    long cents = Reader.withBody(call, reader -> reader.cents("b", 7));
    Metadata metadata = Reader.withBody(call, Reader::metadata);

    // Then
    assertThat(text).isEmpty();
    assertThat(cents).isEqualTo(7);
    assertThat(metadata).isEqualTo(Metadata.NONE);
  }

  @Test
  void refusesMetadataPastItsLimitAndTakesItAtTheLimit() {
    int room = Reader.MAX_METADATA_BYTES - 8;
    String atLimit = "{\"metadata\":{\"k\":\"" + "x".repeat(room) + "\"}}";
    String past = "{\"metadata\":{\"k\":\"" + "x".repeat(room + 1) + "\"}}";

    assertThat(said(atLimit, Reader::metadata)).isEmpty();
    assertThat(said(past, Reader::metadata))
        .containsExactly("metadata must have at most 16384 bytes of JSON");
  }

  @Test
  void countsMetadataWithoutItsBlanks() {
    String spread = "{\"metadata\":{" + " ".repeat(20_000) + "\"k\" : 1}}";

    assertThat(said(spread, Reader::metadata)).isEmpty();
  }

  @Test
  void refusesANumberInMetadataThatCouldNotBeReadBack() {
    String body = "{\"metadata\":{\"n\":" + "1".repeat(98) + "e9}}";

    assertThat(said(body, Reader::metadata))
        .containsExactly("metadata must not have numbers that long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "true"})
  void refusesMetadataThatIsNoObject(String value) {
    assertThat(said("{\"metadata\":" + value + "}", Reader::metadata))
        .containsExactly("metadata must be a JSON object");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    // Given
    String body = "{\"amount\":1.0}";

    // When
    List<String> refused =
        refused(
            body,
            reader -> {
              reader.required("destination_ledger_id", Reader.ID);
              reader.amount();
              reader.refuse("made", "up");
              reader.required("transaction_id", Reader.ID);
            });

    // Then
    assertThat(refused)
        .containsExactly("destination_ledger_id", "amount", "made", "transaction_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
  void refusesABodyThatIsNoObjectAndReadsNoFurther(String body) {
    // Given
    Call call = StubCall.ofPath(java.util.Map.of("id", "x"), body);

    // When
    List<String> said = said(call, Reader::withBody, Reader::ledger);

    // Then
    assertThat(said).containsExactly("body must be a JSON object");
  }

  @Test
  void refusesWhatIsNoJsonBeforeItLooksAtThePath() {
    Call call = StubCall.ofPath(java.util.Map.of("id", "x"), "{");

    assertThat(
            catchThrowableOfType(JsonException.class, () -> Reader.withBody(call, Reader::ledger)))
        .isNotNull();
  }

  private static Object page(Reader reader) {
    return Page.of(reader, Sort.CREATED_AT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "000", "-1", "+1", "1.0", "1e1", "x", ""})
  void refusesWhatIsNoPageSize(String limit) {
    Call call = StubCall.ofQuery("limit", limit);

    assertThat(said(call, Reader::withoutBody, ReaderTest::page))
        .containsExactly("limit must be one whole number of 1 or more");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "007, 7",
    "200, 200",
    "201, 200",
    "2147483648, 200",
    "99999999999999999999, 200"
  })
  void takesTheLargestPageForALargerOne(String limit, int taken) {
    // Given
    Call call = StubCall.ofQuery("limit", limit);

    // When
    Slice<Sort> page = Reader.withoutBody(call, reader -> Page.of(reader, Sort.CREATED_AT));

    // Then
    assertThat(page.limit()).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "sort, name, 'one of created_at, code, balance_current'",
    "sort, CODE, 'one of created_at, code, balance_current'",
    "order, down, 'one of asc, desc'",
    "order, ASC, 'one of asc, desc'"
  })
  void refusesAnOrderThatThereIsNot(String name, String value, String rule) {
    Call call = StubCall.ofQuery(name, value);

    assertThat(said(call, Reader::withoutBody, ReaderTest::page))
        .containsExactly(name + " must be " + rule);
  }

  @Test
  void refusesAParameterGivenTwice() {
    Call call = StubCall.ofQuery("offset", "1", "2");

    assertThat(said(call, Reader::withoutBody, ReaderTest::page))
        .containsExactly("offset is given more than once");
  }

  @Test
  void pagesAsUsualWithoutParameters() {
    // Given
    Call call = StubCall.ofQuery("other");

    // When
    Slice<Sort> page = Reader.withoutBody(call, reader -> Page.of(reader, Sort.CREATED_AT));

    // Then
    assertThat(page).isEqualTo(new Slice<>(Sort.CREATED_AT, false, 50, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1", "0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e8"})
  void refusesAPathThatNamesNoLedger(String id) {
    Call call = StubCall.ofPath("id", id);

    assertThat(said(call, Reader::withoutBody, Reader::ledger))
        .containsExactly("id in the path must be a UUID");
  }
}
