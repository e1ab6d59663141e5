package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Values at the edges of what a schema lets through. Nothing is made up for a pattern, a format
 * that is not known here, a list or an object.
 *
 * @param values JSON values
 */
record Possible(List<JsonNode> values) {
  private static final String ANY_TEXT = "^[^\\u0000]*$";

  private static final String ONE_LINE =
      "^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]*$";

  private static final int MAX_CHARS = 2_048;

  /** More of them, percent-encoded, would not fit in a request line. */
  private static final int MAX_CHARS_IN_A_QUERY = 1_200;

  /** What U+0000 is no part of, any other is. */
  private static final String CONTROL = "\u0007";

  /** Of one code point, two of UTF-16's units and four bytes. */
  private static final String WIDE = "\uD83D\uDE00";

  static Possible of(JsonNode schema) {
    var values = new ArrayList<JsonNode>();
    if (schema.has("const")) {
      values.add(schema.get("const"));
    } else if (schema.has("enum")) {
      schema.get("enum").forEach(values::add);
    } else if (isA(schema, "string")) {
      texts(schema).forEach(text -> values.add(StringNode.valueOf(text)));
    } else if (isA(schema, "integer") || isA(schema, "number")) {
      for (String edge : List.of("minimum", "maximum")) {
        if (schema.has(edge)) {
          values.add(schema.get(edge));
        }
      }
    }
    return new Possible(values);
  }

  /** Whether it says so itself: what several schemas say together is not worked out. */
  private static boolean isA(JsonNode schema, String type) {
    JsonNode own = schema.path("type");
    return own.asString("").equals(type)
        || own.valueStream().anyMatch(each -> each.asString("").equals(type));
  }

  private static List<String> texts(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "uuid" -> List.of("6F1C1F0E-7C1B-4B7E-9B1A-3A0B8F0C9D5E");
      case "date" -> List.of("2000-02-29");
      case "date-time" -> List.of("0001-01-01T00:00:00Z", "9998-12-31T23:59:59.999999999+14:00");
      case "" -> ofLengths(schema);
      default -> List.of();
    };
  }

  private static List<String> ofLengths(JsonNode schema) {
    String pattern = schema.path("pattern").asString("");
    // No operation takes it, and whoever generates requests from the document would send it.
    assertThat(Pattern.compile(pattern).matcher("\0").find())
        .as(() -> "U+0000 would fit " + schema)
        .isFalse();
    if (!pattern.equals(ANY_TEXT) && !pattern.equals(ONE_LINE)) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    int least = schema.path("minLength").asInt(0);
    texts.add("x".repeat(least));
    if (pattern.equals(ANY_TEXT)) {
      texts.add(CONTROL.repeat(Math.max(1, least)));
    }
    int most = schema.path("maxLength").asInt(MAX_CHARS);
    if (most <= MAX_CHARS) {
      texts.add(WIDE.repeat(most));
    }
    return texts;
  }

  /** As they stand in a body. */
  List<String> json() {
    return values.stream().map(JsonNode::toString).toList();
  }

  /** As they stand in a query. */
  List<String> texts() {
    return values.stream()
        .filter(value -> !value.isNull())
        .map(JsonNode::asString)
        .filter(text -> text.length() <= MAX_CHARS_IN_A_QUERY)
        .toList();
  }
}
