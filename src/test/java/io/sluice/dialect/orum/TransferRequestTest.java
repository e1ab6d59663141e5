package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.ledger.Amount;
import io.sluice.testing.StubCall;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferRequestTest {
  private static final String SOURCE = "\"source\":{\"subledger_reference_id\":\"a\"}";
  private static final String DESTINATION = "\"destination\":{\"subledger_reference_id\":\"b\"}";
  private static final String WHOLE =
      "{\"book_transfer_reference_id\":\"r\",\"amount\":5,\"currency\":\"USD\","
          + SOURCE
          + ","
          + DESTINATION
          + "}";

  static final Iterable<String> WRONG_AMOUNTS =
      Stream.of(
              "0",
              "-1",
              "1.0",
              "1.5",
              "1e2",
              "1e400",
              "\"5\"",
              "true",
              "[]",
              "{}",
              "9223372036854775808",
              "9".repeat(38),
              "9".repeat(39),
              "9".repeat(100))
          .toList();

  @Test
  void everyMemberIsRead() {
    // Given
    String body =
        WHOLE.replace("\"amount\":5", "\"amount\":9223372036854775807,\"metadata\":{\"k\":\"v\"}");

    // When
    TransferRequest request = parse(body);

    // Then
    assertThat(request.referenceId()).isEqualTo("r");
    assertThat(request.amount()).isEqualTo(Amount.MAX_LONG);
    assertThat(request.source()).contains("a");
    assertThat(request.destination()).contains("b");
    assertThat(request.metadata()).contains(Json.parse("{\"k\":\"v\"}"));
    assertThat(request.subledgers()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "book_transfer_reference_id,missing_book_transfer_reference_id",
    "amount,missing_amount",
    "currency,missing_currency"
  })
  void aRequiredMemberMayBeNeitherAbsentNorNull(String member, String code) {
    // Given
    String absent = WHOLE.replace("\"" + member + "\"", "\"other\"");
    String isNull = WHOLE.replaceFirst("\"" + member + "\":[^,]+", "\"" + member + "\":null");

    // When
    String codes = code(absent) + " " + code(isNull);

    // Then
    assertThat(codes).isEqualTo(code + " " + code);
  }

  @ParameterizedTest
  @FieldSource("WRONG_AMOUNTS")
  void anAmountIsAPlainIntegerOf63Bits(String amount) {
    assertThat(code(WHOLE.replace(":5,", ":" + amount + ","))).isEqualTo("invalid_amount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "7", "[]", "{}", "true"})
  void aReferenceIdIsAText(String value) {
    // When
    String code = code(WHOLE.replace("\"r\"", value));

    // Then
    assertThat(code).isEqualTo("invalid_transfer_group_reference_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"usd\"", "\"EUR\"", "\"\"", "840", "[]", "{}"})
  void theCurrencyIsTheDollar(String value) {
    assertThat(code(WHOLE.replace("\"USD\"", value))).isEqualTo("invalid_currency");
  }

  static Stream<Arguments> wrongSides() {
    return Stream.of("source", "destination")
        .flatMap(
            side ->
                Stream.of(
                    Arguments.of(side, "{}", "missing"),
                    Arguments.of(side, "{\"subledger_reference_id\":null}", "missing"),
                    Arguments.of(side, "{\"subledger_reference_id\":\"\"}", "invalid"),
                    Arguments.of(side, "{\"subledger_reference_id\":1}", "invalid"),
                    Arguments.of(side, "\"a\"", "invalid"),
                    Arguments.of(side, "[]", "invalid"),
                    Arguments.of(side, "7", "invalid")));
  }

  @ParameterizedTest
  @MethodSource("wrongSides")
  void aSideThatIsSentNamesASubledger(String side, String value, String problem) {
    // Given
    String body =
        WHOLE
            .replace(SOURCE, side.equals("source") ? "\"source\":" + value : SOURCE)
            .replace(
                DESTINATION, side.equals("destination") ? "\"destination\":" + value : DESTINATION);

    // When
    String code = code(body);

    // Then
    assertThat(code).isEqualTo(problem + "_book_transfer_" + side + "_subledger_reference_id");
  }

  @Test
  void oneSideIsEnoughAndNullMeansAbsent() {
    // When
    TransferRequest request = parse(WHOLE.replace(DESTINATION, "\"destination\":null"));

    // Then
    assertThat(request.source()).contains("a");
    assertThat(request.destination()).isEmpty();
    assertThat(TransferDetail.of(request)).contains("source").doesNotContain("destination");
  }

  @Test
  void noSideAndTheSameSideAreRefused() {
    assertThat(code(WHOLE.replace(SOURCE, "\"x\":1").replace(DESTINATION, "\"y\":1")))
        .isEqualTo("missing_source_and_destination");
    assertThat(code(WHOLE.replace("\"b\"", "\"a\""))).isEqualTo("same_source_and_destination");
  }

  static Stream<String> wrongMetadata() {
    return Stream.of(
        "[]",
        "\"x\"",
        "7",
        "{\"a\":{}}",
        "{\"a\":[]}",
        "{\"a\":" + "1".repeat(51) + "}",
        "{\"a\":0." + "1".repeat(49) + "}",
        "{\"" + "k".repeat(21) + "\":\"v\"}",
        "{\"k\":\"" + "v".repeat(51) + "\"}",
        "{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\"}");
  }

  @ParameterizedTest
  @MethodSource("wrongMetadata")
  void metadataKeepsToItsLimits(String metadata) {
    assertThat(code(withMetadata(metadata))).isEqualTo("invalid_metadata");
  }

  @Test
  void metadataReachesItsLimits() {
    // Given: characters outside the basic plane count once
    String face = "\uD83D\uDE00";
    String metadata =
        "{\""
            + face.repeat(20)
            + "\":\""
            + face.repeat(50)
            + "\",\"2\":\"\",\"3\":\"\",\"4\":\"\","
            + "\"5\":\"\"}";

    // When
    TransferRequest request = parse(withMetadata(metadata));

    // Then
    assertThat(request.metadata()).contains(Json.parse(metadata));
    assertThat(TransferDetail.of(request)).contains(metadata);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "{\"a\":-0.50}",
        "{\"a\":true}",
        "{\"a\":null}",
        "{\"a\":11111111111111111111111111111111111111111111111111}",
        "{}"
      })
  void metadataTakesScalarsAndKeepsThemAsTheyWereSent(String metadata) {
    // When
    TransferRequest request = parse(withMetadata(metadata));

    // Then
    assertThat(TransferDetail.of(request)).contains("\"metadata\":" + metadata);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"x\"", "null", "true"})
  void theBodyIsAnObject(String body) {
    assertThat(code(body)).isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"amount\":1,\"amount\":1}", "{\"a\":\"\\u0000\"}", "{} {}"})
  void whatIsNotStrictJsonIsLeftToTheGateway(String body) {
    assertThat(catchThrowableOfType(JsonException.class, () -> parse(body))).isNotNull();
  }

  @Test
  void fieldsAreLookedAtInTheirOrder() {
    // Given: everything is wrong, then one thing after the other is put right
    String body =
        "{\"book_transfer_reference_id\":1,\"amount\":0,\"currency\":1,\"metadata\":1,"
            + "\"source\":1,\"destination\":1}";

    // When
    String codes =
        String.join(
            " ",
            code(body),
            code(body = body.replace("id\":1", "id\":\"r\"")),
            code(body = body.replace(":0,", ":1,")),
            code(body = body.replace("currency\":1", "currency\":\"USD\"")),
            code(body = body.replace("metadata\":1", "metadata\":{}")),
            code(body = body.replace("\"source\":1", SOURCE)));

    // Then
    assertThat(codes)
        .isEqualTo(
            "invalid_transfer_group_reference_id invalid_amount invalid_currency invalid_metadata"
                + " invalid_book_transfer_source_subledger_reference_id"
                + " invalid_book_transfer_destination_subledger_reference_id");
  }

  @Test
  void theFingerprintKnowsEveryMemberAndNoOrder() {
    // Given
    UUID whole = fingerprint(withMetadata("{\"a\":\"1\",\"b\":\"2\"}"));

    // When
    UUID reordered = fingerprint(withMetadata("{\"b\":\"2\",\"a\":\"1\"}"));

    // Then
    assertThat(reordered).isEqualTo(whole);
    assertThat(
            Stream.of(
                    WHOLE,
                    WHOLE.replace(":5", ":6"),
                    WHOLE.replace("\"a\"", "\"c\""),
                    WHOLE.replace("\"b\"", "\"c\""),
                    WHOLE.replace(SOURCE + ",", ""),
                    WHOLE.replace("," + DESTINATION, ""),
                    withMetadata("{\"a\":\"12\"}"),
                    withMetadata("{\"a\":1,\"b\":\"2\"}"),
                    withMetadata("{\"a\":\"true\"}"),
                    withMetadata("{\"a\":true}"))
                .map(body -> fingerprint(body)))
        .doesNotHaveDuplicates()
        .doesNotContain(whole);
  }

  private static String withMetadata(String metadata) {
    return WHOLE.replace("\"currency\"", "\"metadata\":" + metadata + ",\"currency\"");
  }

  private static UUID fingerprint(String body) {
    return parse(body).key().fingerprint();
  }

  private static TransferRequest parse(String body) {
    return TransferRequest.read(StubCall.ofBody(body));
  }

  private static String code(String body) {
    ApiException refused = catchThrowableOfType(ApiException.class, () -> parse(body));
    Answer answer = refused.answer();
    assertThat(answer.status()).isEqualTo(400);
    return Json.parse(answer.body()).get("error_code").textValue();
  }
}
