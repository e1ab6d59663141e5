package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 422: what does not fit the schema, in the form that the registry's framework gives it. */
class TransferValidationTest {
  private static final IsometricWorld WORLD = IsometricWorld.create();
  private static final String BATCH = "ctb" + NOBODY;

  private static JsonNode problems(String body) {
    return problems(WORLD.as(WORLD.seller()).post(TRANSFERS, body));
  }

  private static JsonNode problems(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.contentType()).isEqualTo("application/json");
    JsonNode detail = reply.json().get("detail");
    assertThat(detail.isArray()).isTrue();
    assertThat(detail).isNotEmpty();
    return detail;
  }

  /** The one problem there is. */
  private static JsonNode problem(String body) {
    JsonNode problems = problems(body);
    assertThat(problems).as(problems.toString()).hasSize(1);
    return problems.get(0);
  }

  private static void assertProblem(JsonNode problem, String type, String loc) {
    assertThat(problem.get("type").textValue()).as(problem.toString()).isEqualTo(type);
    assertThat(problem.get("loc").toString()).as(problem.toString()).isEqualTo(loc);
    assertThat(problem.get("msg").textValue()).isNotBlank();
  }

  @Test
  void reportsAllMissingMembersTogetherInOrder() {
    // When
    JsonNode problems = problems("{}");

    // Then
    var seen = new ArrayList<String>();
    problems.forEach(
        problem -> {
          assertThat(problem.get("type").textValue()).isEqualTo("missing");
          assertThat(problem.get("msg").textValue()).isEqualTo("Field required");
          assertThat(problem.get("input").toString()).isEqualTo("{}");
          seen.add(problem.at("/loc/1").textValue());
        });
    assertThat(seen)
        .containsExactly(
            "credit_batch_quantities",
            "from_organisation_id",
            "to_organisation_id",
            "supplier_id",
            "notes");
  }

  @Test
  void reportsProblemsOfAllKindsTogetherInOrder() {
    // When
    JsonNode problems =
        problems(
            """
            {"credit_batch_quantities":[{"credit_batch_id":"short","credit_quantity_kg":0},
             7,{"credit_quantity_kg":1.5}],
             "from_organisation_id":null,"to_organisation_id":"%s","supplier_id":5,"notes":"%s"}\
            """
                .formatted("o".repeat(38), "n".repeat(257)));

    // Then
    var seen = new ArrayList<String>();
    problems.forEach(
        problem -> seen.add(problem.get("type").textValue() + " " + problem.get("loc")));
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "string_too_short [\"body\",\"credit_batch_quantities\",0,\"credit_batch_id\"]",
            "greater_than [\"body\",\"credit_batch_quantities\",0,\"credit_quantity_kg\"]",
            "model_attributes_type [\"body\",\"credit_batch_quantities\",1]",
            "missing [\"body\",\"credit_batch_quantities\",2,\"credit_batch_id\"]",
            "int_from_float [\"body\",\"credit_batch_quantities\",2,\"credit_quantity_kg\"]",
            "string_type [\"body\",\"from_organisation_id\"]",
            "string_too_long [\"body\",\"to_organisation_id\"]",
            "string_type [\"body\",\"supplier_id\"]",
            "string_too_long [\"body\",\"notes\"]");
    assertThat(seen.getLast()).contains("notes");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, greater_than, `Input should be greater than 0`",
        "-5, greater_than, `Input should be greater than 0`",
        "-0.0, greater_than, `Input should be greater than 0`",
        "-99999999999999999999999999999999999999999, greater_than, `Input should be greater than"
            + " 0`",
        "1.5, int_from_float, `Input should be a valid integer, got a number with a fractional"
            + " part`",
        "1e-400, int_from_float, `Input should be a valid integer, got a number with a fractional"
            + " part`",
        "1e400, int_parsing_size, `Unable to parse input string as an integer, exceeded maximum"
            + " size`",
        "1e999999, int_parsing_size, `Unable to parse input string as an integer, exceeded"
            + " maximum size`",
        "true, int_type, `Input should be a valid integer`",
        "null, int_type, `Input should be a valid integer`",
        "[], int_type, `Input should be a valid integer`",
        "{}, int_type, `Input should be a valid integer`",
        "`\"ten\"`, int_type, `Input should be a valid integer`",
        "`\"1000\"`, int_type, `Input should be a valid integer`"
      })
  void refusesQuantities(String quantity, String type, String message) {
    // When
    JsonNode problem = problem(WORLD.request().of(BATCH, quantity).json());

    // Then
    assertProblem(problem, type, "[\"body\",\"credit_batch_quantities\",0,\"credit_quantity_kg\"]");
    assertThat(problem.get("msg").textValue()).isEqualTo(message);
    if (type.equals("greater_than")) {
      assertThat(problem.get("ctx").toString()).isEqualTo("{\"gt\":0}");
    }
  }

  @Test
  void refusesIdsOfTheWrongLength() {
    JsonNode tooShort = problem(WORLD.request().of(BATCH, 1).to("o".repeat(19)).json());
    JsonNode tooLong = problem(WORLD.request().of(BATCH, 1).supplier("s".repeat(38)).json());

    assertProblem(tooShort, "string_too_short", "[\"body\",\"to_organisation_id\"]");
    assertThat(tooShort.get("ctx").toString()).isEqualTo("{\"min_length\":20}");
    assertThat(tooShort.get("input").textValue()).isEqualTo("o".repeat(19));
    assertProblem(tooLong, "string_too_long", "[\"body\",\"supplier_id\"]");
    assertThat(tooLong.get("ctx").toString()).isEqualTo("{\"max_length\":37}");
  }

  @Test
  void wantsNotesToBeThereAndAllowsNull() {
    String body = WORLD.request().of(BATCH, 1).json();

    JsonNode problem = problem(body.replace(",\"notes\":null", ""));

    assertProblem(problem, "missing", "[\"body\",\"notes\"]");
    assertProblem(
        problem(WORLD.request().of(BATCH, 1).notes("[]").json()),
        "string_type",
        "[\"body\",\"notes\"]");
  }

  @Test
  void countsCharactersNotBytes() {
    // Given: 256 characters of two UTF-16 units each
    String notes = "\"" + "\uD83C\uDF33".repeat(256) + "\"";
    var world = IsometricWorld.create();
    String batch = world.issue(10).getFirst();

    // When
    Reply reply = world.transfer(world.request().of(batch, 1).notes(notes));

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.json().get("notes")).isEqualTo(io.sluice.dialect.Json.parse(notes));
  }

  @Test
  void wantsAList() {
    String body = WORLD.request().json();

    for (String other : List.of("{}", "null", "\"x\"", "7")) {
      JsonNode problem = problem(body.replace("[]", other));
      assertProblem(problem, "list_type", "[\"body\",\"credit_batch_quantities\"]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"text\"", "null", "true"})
  void wantsAnObject(String body) {
    assertProblem(problem(body), "model_attributes_type", "[\"body\"]");
  }

  @Test
  void wantsABody() {
    assertProblem(problem(""), "missing", "[\"body\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":1,\"a\":1}",
        "{\"notes\":\"\\u0000\"}",
        "{\"notes\":\"\\uD800\"}",
        "{} {}",
        "{'a':1}",
        "{\"a\":NaN}",
        "\uFEFF{}",
        "   "
      })
  void refusesWhatIsNoAcceptableJson(String body) {
    JsonNode problem = problem(body);

    assertThat(problem.get("type").textValue()).isEqualTo("json_invalid");
    assertThat(problem.get("msg").textValue()).isEqualTo("JSON decode error");
    assertThat(problem.at("/loc/0").textValue()).isEqualTo("body");
    assertThat(problem.at("/loc/1").isIntegralNumber()).isTrue();
    assertThat(problem.at("/ctx/error").textValue()).isNotBlank();
  }

  @Test
  void refusesDeepNestingAndLongNumbers() {
    String deep = "[".repeat(100_000);
    String digits = "9".repeat(101);

    assertThat(problem(deep).get("type").textValue()).isEqualTo("json_invalid");
    assertThat(problem("{\"a\":" + digits + "}").get("type").textValue()).isEqualTo("json_invalid");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    TestClient client = WORLD.as(WORLD.seller()).with("Content-Type", "application/json");
    byte[] body = "{\"notes\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    Reply reply = client.send("POST", TRANSFERS, body);

    assertThat(problems(reply).get(0).get("type").textValue()).isEqualTo("json_invalid");
  }

  @Test
  void refusesOtherMediaTypes() {
    TestClient client = WORLD.as(WORLD.seller()).with("Content-Type", "text/plain");

    Reply reply = client.post(TRANSFERS, WORLD.request().json());

    assertProblem(problems(reply).get(0), "model_attributes_type", "[\"body\"]");
  }

  @Test
  void refusesAVeryLargeBody() {
    String body = "{\"notes\":\"" + "x".repeat(1 << 20) + "\"}";

    Reply reply = WORLD.as(WORLD.seller()).post(TRANSFERS, body);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().get("detail").textValue()).contains("262144");
  }

  @Test
  void limitsTheNumberOfProblemsAndWhatItRepeats() {
    // Given
    String many = "[" + "{},".repeat(500) + "{}]";

    // When
    JsonNode problems = problems(WORLD.request().json().replace("[]", many));

    // Then
    assertThat(problems).hasSize(Problems.MAX_ITEMS);
    JsonNode large =
        problem(WORLD.request().of(BATCH, 1).notes("\"" + "n".repeat(9_999) + "\"").json());
    assertThat(large.has("input")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void refusesIdempotencyKeysOfTheWrongLength(int length) {
    TestClient client = WORLD.as(WORLD.seller()).with("Idempotency-Key", "k".repeat(length));

    Reply reply = client.post(TRANSFERS, WORLD.request().of(BATCH, 1).json());

    assertProblem(
        problems(reply).get(0),
        length == 0 ? "string_too_short" : "string_too_long",
        "[\"header\",\"idempotency-key\"]");
  }

  @Test
  void answersUnknownRoutesAndMethodsLikeTheFramework() {
    TestClient client = WORLD.as(WORLD.seller());

    Reply route = client.get("/registry/v0/nothing");
    Reply method = client.send("DELETE", TRANSFERS, "");

    assertThat(route.status()).isEqualTo(404);
    assertThat(route.text()).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.text()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }
}
