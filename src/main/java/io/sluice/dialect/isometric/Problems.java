package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Help;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does not fit the schema in one request, reported together in the order in which it was
 * found: 422 with items of {@code loc}, {@code msg}, {@code type}, and where known {@code input}
 * and {@code ctx}. Types and messages are those of Pydantic 2.
 */
final class Problems {
  /** The most items in one answer; a client with more of them has seen enough. */
  static final int MAX_ITEMS = 100;

  /** The most characters of the client's own input that an item repeats. */
  static final int MAX_INPUT_CHARS = 512;

  private static final int UNPROCESSABLE = 422;

  // Most requests are sound, so the answer is begun with the first problem.
  private JsonWriter json;
  private int count;

  /** What is amiss with a value, where nothing is to be said of any limit. */
  enum Problem {
    MISSING("missing", "Field required"),
    NOT_AN_OBJECT(
        "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from"),
    NOT_A_LIST("list_type", "Input should be a valid list"),
    NOT_A_STRING("string_type", "Input should be a valid string"),
    NOT_AN_INTEGER("int_type", "Input should be a valid integer"),
    UNREADABLE_INTEGER(
        "int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
    HUGE_INTEGER(
        "int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"),
    FRACTION(
        "int_from_float", "Input should be a valid integer, got a number with a fractional part"),
    NOT_A_TIME(
        "datetime_parsing",
        "Input should be a valid datetime with an offset, such as 2024-01-22T11:56:48Z"),
    NO_ZONE("timezone_aware", "Input should have timezone info"),
    NOT_A_DATE("date_parsing", "Input should be a valid date in the format YYYY-MM-DD"),
    NOT_A_BOOLEAN("bool_type", "Input should be a valid boolean"),
    NOT_A_NUMBER("float_type", "Input should be a valid number");

    private final String type;
    private final String message;

    Problem(String type, String message) {
      this.type = type;
      this.message = message;
    }
  }

  /** Ends the request unless it fits. */
  void throwIfAny() {
    if (count > 0) {
      throw new ApiException(answer());
    }
  }

  /** The 422, of which there must be a reason. */
  Answer answer() {
    return Help.answer(json, UNPROCESSABLE, Names.DIALECT, Integer.toString(UNPROCESSABLE));
  }

  void add(Place at, JsonNode input, Problem problem) {
    add(at, problem.type, problem.message, input, "", "");
  }

  void tooShort(Place at, JsonNode input, int min) {
    String text = "String should have at least " + min + (min == 1 ? " character" : " characters");
    add(at, "string_too_short", text, input, "min_length", Integer.toString(min));
  }

  void tooLong(Place at, JsonNode input, int max) {
    String text = "String should have at most " + max + " characters";
    add(at, "string_too_long", text, input, "max_length", Integer.toString(max));
  }

  void notMoreThan(Place at, JsonNode input, Number bound) {
    String text = "Input should be greater than " + bound;
    add(at, "greater_than", text, input, "gt", bound.toString());
  }

  void moreThan(Place at, JsonNode input, Number bound) {
    String text = "Input should be less than or equal to " + bound;
    add(at, "less_than_equal", text, input, "le", bound.toString());
  }

  void lessThan(Place at, JsonNode input, Number bound) {
    String text = "Input should be greater than or equal to " + bound;
    add(at, "greater_than_equal", text, input, "ge", bound.toString());
  }

  void notOneOf(Place at, JsonNode input, List<String> allowed) {
    String choices = "'" + String.join("', '", allowed) + "'";
    int last = choices.lastIndexOf(", ");
    String expected =
        last < 0 ? choices : choices.substring(0, last) + " or " + choices.substring(last + 2);
    String quoted = quoted(expected);
    add(at, "enum", "Input should be " + expected, input, "expected", quoted);
  }

  void notLiteral(Place at, JsonNode input, List<String> allowed) {
    String expected = "'" + String.join("' or '", allowed) + "'";
    add(at, "literal_error", "Input should be " + expected, input, "expected", quoted(expected));
  }

  void notAnEmail(Place at, JsonNode input) {
    if (!input.isTextual()) {
      add(at, input, Problem.NOT_A_STRING);
      return;
    }
    String reason = "It must have one @-sign, a name before it and a domain after it.";
    String text = "value is not a valid email address: " + reason;
    add(at, "value_error", text, input, "reason", quoted(reason));
  }

  /** A list is never too long here. */
  void tooFew(Place at, JsonNode input, int min) {
    String items = min == 1 ? " item" : " items";
    String text =
        "List should have at least " + min + items + " after validation, not " + input.size();
    Map<String, String> ctx = new LinkedHashMap<>();
    ctx.put("field_type", quoted("List"));
    ctx.put("min_length", Integer.toString(min));
    ctx.put("actual_length", Integer.toString(input.size()));
    add(at, "too_short", text, input, ctx);
  }

  void notACode(Place at, JsonNode input) {
    String text = "String should match pattern '[A-Z0-9]+'";
    add(at, "string_pattern_mismatch", text, input, "pattern", quoted("[A-Z0-9]+"));
  }

  /**
   * The body is no acceptable JSON.
   *
   * @param offset how many characters in
   */
  void invalidJson(long offset, String reason) {
    Place at = Place.BODY.then(Math.toIntExact(offset));
    add(at, "json_invalid", "JSON decode error", null, "error", quoted(reason));
  }

  private void add(
      Place at, String type, String message, JsonNode input, String limit, String value) {
    add(at, type, message, input, limit.isEmpty() ? Map.of() : Map.of(limit, value));
  }

  private void add(
      Place at, String type, String message, JsonNode input, Map<String, String> limits) {
    if (++count > MAX_ITEMS) {
      return;
    }
    if (count == 1) {
      json = JsonWriter.object().array("detail");
    }
    json.element().text("type", type);
    loc(at);
    json.text("msg", message);
    String echo = input == null ? "" : input.toString();
    if (!echo.isEmpty() && echo.length() <= MAX_INPUT_CHARS) {
      json.raw("input", echo);
    }
    if (!limits.isEmpty()) {
      json.object("ctx");
      limits.forEach(json::raw);
      json.end();
    }
    json.end();
  }

  private void loc(Place at) {
    json.array("loc");
    for (Place step : at.steps()) {
      if (step.isPosition()) {
        json.element(step.position());
      } else {
        json.element(step.step());
      }
    }
    json.end();
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
