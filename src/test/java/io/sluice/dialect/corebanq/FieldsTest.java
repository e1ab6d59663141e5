package io.sluice.dialect.corebanq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.testing.StubCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static final UUID ID = UUID.fromString("0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e80");

  /** The names of the fields that are refused when a body is read in some way. */
  private static List<String> refused(String json, Consumer<Fields> reading) {
    return refused(Fields.ofBody(StubCall.ofBody(json)), reading);
  }

  private static List<String> refused(Fields fields, Consumer<Fields> reading) {
    reading.accept(fields);
    ApiException failure = catchThrowableOfType(ApiException.class, fields::requireValid);
    if (failure == null) {
      return List.of();
    }
    JsonNode body = Json.parse(failure.answer().body());
    assertThat(failure.answer().status()).isEqualTo(400);
    assertThat(body.get("code").textValue()).isEqualTo("ledger.validation_failed");
    List<String> names = new ArrayList<>();
    body.get("errors").forEach(error -> names.add(error.get("field").textValue()));
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "100", "9223372036854775807"})
  void takesWholeNumbers(String number) {
    Fields fields = Fields.ofBody(StubCall.ofBody("{\"amount\":" + number + "}"));

    long amount = fields.integer("amount", 1);

    assertThat(Long.toString(amount)).isEqualTo(number);
    assertThatCode(fields::requireValid).doesNotThrowAnyException();
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
        "null",
        "[]",
        "{}",
        "9223372036854775808",
        "99999999999999999999999999999999999999"
      })
  void refusesWhatIsNoAmount(String value) {
    assertThat(refused("{\"amount\":" + value + "}", f -> f.integer("amount", 1)))
        .containsExactly("amount");
  }

  @Test
  void refusesAnAbsentAmount() {
    assertThat(refused("{}", f -> f.integer("amount", 1))).containsExactly("amount");
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
        "null",
        "{}"
      })
  void refusesWhatIsNoUuid(String value) {
    assertThat(refused("{\"id\":" + value + "}", f -> f.uuid("id"))).containsExactly("id");
  }

  @Test
  void takesAUuidInCapitals() {
    String body = "{\"id\":\"" + ID.toString().toUpperCase(java.util.Locale.ROOT) + "\"}";

    UUID read = Fields.ofBody(StubCall.ofBody(body)).uuid("id");

    assertThat(read).isEqualTo(ID);
  }

  @Test
  void countsCharactersNotCodeUnits() {
    String thousand = "😀".repeat(1_000);

    assertThat(refused("{\"d\":\"" + thousand + "\"}", f -> f.optionalText("d", 1_000))).isEmpty();
    assertThat(refused("{\"d\":\"" + thousand + "x\"}", f -> f.optionalText("d", 1_000)))
        .containsExactly("d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[]", "{}"})
  void refusesWhatIsNoText(String value) {
    assertThat(refused("{\"d\":" + value + "}", f -> f.optionalText("d", 10))).containsExactly("d");
  }

  @Test
  void takesNullForAnOptionalField() {
    String body = "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":null}";

    List<String> refused =
        refused(
            body,
            f -> {
              assertThat(f.optionalText("a", 10)).isEmpty();
              assertThat(f.optionalUuid("b")).isEmpty();
              assertThat(f.optionalInteger("c", 7, 0)).isEqualTo(7);
              assertThat(f.optionalBoolean("d", true)).isTrue();
              assertThat(f.optionalTime("e")).isEmpty();
              assertThat(f.metadata("f")).isEqualTo(Metadata.NONE);
            });

    assertThat(refused).isEmpty();
  }

  @Test
  void refusesMetadataPastItsLimitAndTakesItAtTheLimit() {
    String atLimit = "{\"m\":{\"k\":\"" + "x".repeat(Fields.MAX_METADATA_BYTES - 8) + "\"}}";
    String past = "{\"m\":{\"k\":\"" + "x".repeat(Fields.MAX_METADATA_BYTES - 7) + "\"}}";

    assertThat(refused(atLimit, f -> f.metadata("m"))).isEmpty();
    assertThat(refused(past, f -> f.metadata("m"))).containsExactly("m");
  }

  @Test
  void countsMetadataWithoutItsBlanks() {
    String spread = "{\"m\":{" + " ".repeat(20_000) + "\"k\" : 1}}";

    assertThat(refused(spread, f -> f.metadata("m"))).isEmpty();
  }

  @Test
  void refusesANumberInMetadataThatCouldNotBeReadBack() {
    String body = "{\"m\":{\"n\":" + "1".repeat(98) + "e9}}";

    assertThat(refused(body, f -> f.metadata("m"))).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "true"})
  void refusesMetadataThatIsNoObject(String value) {
    assertThat(refused("{\"m\":" + value + "}", f -> f.metadata("m"))).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2024-01-31\"", "\"yesterday\"", "\"2024-01-31T10:00:00\"", "17", "{}"})
  void refusesWhatIsNoTime(String value) {
    assertThat(refused("{\"t\":" + value + "}", f -> f.optionalTime("t"))).containsExactly("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "[]"})
  void refusesWhatIsNoBoolean(String value) {
    assertThat(refused("{\"b\":" + value + "}", f -> f.optionalBoolean("b", false)))
        .containsExactly("b");
    assertThat(refused("{\"b\":" + value + "}", f -> f.bool("b"))).containsExactly("b");
  }

  @Test
  void refusesAValueOutsideASet() {
    assertThat(refused("{\"t\":\"Credit\"}", f -> f.oneOf("t", Set.of("credit"))))
        .containsExactly("t");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    List<String> refused =
        refused(
            "{\"amount\":1.0}",
            f -> {
              f.uuid("destination_ledger_id");
              f.integer("amount", 1);
              f.uuid("transaction_id");
            });

    assertThat(refused).containsExactly("destination_ledger_id", "amount", "transaction_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
  void refusesABodyThatIsNoObject(String body) {
    ApiException failure =
        catchThrowableOfType(ApiException.class, () -> Fields.ofBody(StubCall.ofBody(body)));

    assertThat(failure.answer().status()).isEqualTo(400);
    assertThat(failure.answer().body().toString()).contains("must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "1.0", "x", "", "99999999999"})
  void refusesAPageSizeOutsideItsRange(String limit) {
    Fields fields = Fields.withoutBody(StubCall.ofQuery("limit", limit));

    assertThat(refused(fields, Page::of)).containsExactly("limit");
  }

  @Test
  void refusesAParameterGivenTwice() {
    Fields fields = Fields.withoutBody(StubCall.ofQuery("offset", "1", "2"));

    assertThat(refused(fields, Page::of)).containsExactly("offset");
  }

  @Test
  void pagesAsUsualWithoutParameters() {
    Fields fields = Fields.withoutBody(StubCall.ofQuery("other"));

    Page page = Page.of(fields);

    assertThat(page).isEqualTo(new Page(50, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1", "0192f0c1-2f60-7d3a-9a51-3f2b8c6d7e8"})
  void refusesAPathThatNamesNoLedger(String id) {
    Fields fields = Fields.withoutBody(StubCall.ofPath("id", id));

    assertThat(refused(fields, f -> f.pathUuid("id"))).containsExactly("id");
  }
}
