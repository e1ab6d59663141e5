package io.sluice.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.OneLine;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.Text;
import io.sluice.dialect.Values;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The body of an administrator's request. What is not asked for is refused: it may be a slip. */
final class AdminBody {
  private final JsonNode json;

  private AdminBody(JsonNode json) {
    this.json = json;
  }

  static AdminBody of(Call call, String... members) {
    JsonNode json = Json.parse(call.body());
    if (!json.isObject()) {
      throw AdminErrors.invalid("the body must be a JSON object");
    }
    List<String> known = List.of(members);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw AdminErrors.invalid(
                    "the body has an unknown member; known are " + String.join(", ", known));
              }
            });
    return new AdminBody(json);
  }

  String text(String name, int maxChars) {
    JsonNode value = json.path(name);
    if (!value.isTextual()
        || value.textValue().isEmpty()
        || Text.length(value.textValue()) > maxChars) {
      throw AdminErrors.invalid(name + " must be a text of 1 to " + maxChars + " characters");
    }
    return value.textValue();
  }

  /** A text for others to read. */
  String line(String name, int maxChars) {
    String text = text(name, maxChars);
    if (!OneLine.is(text)) {
      throw AdminErrors.invalid(
          name + " must have 1 to " + maxChars + " characters, " + OneLine.RULE);
    }
    return text;
  }

  int integer(String name, int min, int max) {
    return Values.integer(json.get(name))
        .filter(value -> value.compareTo(BigInteger.valueOf(min)) >= 0)
        .filter(value -> value.compareTo(BigInteger.valueOf(max)) <= 0)
        .map(BigInteger::intValueExact)
        .orElseThrow(
            () -> AdminErrors.invalid(name + " must be a whole number from " + min + " to " + max));
  }

  /**
   * @param absent what it means that there is no such member
   */
  Set<String> texts(String name, Set<String> absent) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return absent;
    }
    Set<String> texts = new LinkedHashSet<>();
    value.forEach(element -> texts.add(element.isTextual() ? element.textValue() : ""));
    if (!value.isArray() || texts.contains("")) {
      throw AdminErrors.invalid(name + " must be an array of texts, none of them empty");
    }
    return texts;
  }
}
