package io.sluice.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON strictly (RFC 8259, and nothing that two parsers could understand differently): no
 * repeated names, no NUL, no lone surrogates, no byte order mark, valid UTF-8, one value only.
 * Numbers keep their exact value; one with a fraction or an exponent is a {@code DecimalNode} that
 * is never expanded and whose exponent is one to compute with.
 *
 * <p>Nearly all that comes is plain, and read by {@link PlainJson}.
 */
public final class Json {
  /** The most levels of arrays and objects inside each other. */
  public static final int MAX_DEPTH = 64;

  /** The most characters of a number. */
  public static final int MAX_NUMBER_CHARS = 100;

  /** The largest exponent of a number, of either sign: with it, no sum of exponents overflows. */
  public static final int MAX_EXPONENT = 1_000_000;

  /** The most characters of a string. The gateway's limit on bodies is usually lower. */
  public static final int MAX_STRING_CHARS = 1_000_000;

  /** The most characters of a member's name. */
  public static final int MAX_NAME_CHARS = 1_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  // Names come from strangers, so they are neither interned nor kept in a shared table.
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final Nodes NODES = new Nodes();

  static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

  private Json() {}

  /** Makes no number that a sum of exponents would overflow for. */
  private static final class Nodes extends JsonNodeFactory {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public ValueNode numberNode(BigDecimal value) {
      if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
        throw new ArithmeticException("an exponent of " + -(long) value.scale());
      }
      return super.numberNode(value);
    }
  }

  /**
   * The one value in a body.
   *
   * @return an object, or any other kind of value, which callers refuse in their own words
   * @throws JsonException when there is no value, or not an acceptable one
   */
  public static JsonNode parse(Buffer body) {
    return parse(text(body));
  }

  /**
   * The one value in a text.
   *
   * @throws JsonException when there is no value, or not an acceptable one
   */
  public static JsonNode parse(String text) {
    return PlainJson.read(text).orElseGet(() -> byLibrary(text));
  }

  /** Reads whatever a text may be, and says what is amiss. */
  static JsonNode byLibrary(String text) {
    if (text.isBlank()) {
      throw new JsonException("the body is empty");
    }
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      throw new JsonException("the body starts with a byte order mark");
    }
    if (text.indexOf('\0') >= 0) {
      throw new JsonException("the body contains U+0000");
    }
    JsonNode node = read(text);
    // Raw text is valid UTF-8 without raw NUL by now; only an escape can bring in what is refused.
    if (text.contains("\\u")) {
      requireCleanText(node);
    }
    return node;
  }

  private static JsonNode read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser);
    } catch (IOException e) {
      throw new JsonException("the body is not valid JSON");
    }
  }

  private static JsonNode read(JsonParser parser) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("the body is empty");
      }
      JsonNode node = value(parser, first);
      if (parser.nextToken() != null) {
        throw at("there is more after the JSON value", parser.currentTokenLocation());
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw at(problem(e), where);
    } catch (ArithmeticException | NumberFormatException e) {
      throw at("a number is out of range", parser.currentLocation());
    }
  }

  /** As the mapper reads it, without what that keeps for trees of any depth. */
  private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static JsonNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.set(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static JsonNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "the JSON ends too early";
    }
    String message = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return constraint(message);
    }
    return message.startsWith("Duplicate field")
        ? "a member's name is repeated in one object"
        : "the body is not valid JSON";
  }

  private static String constraint(String message) {
    if (message.contains("nesting depth")) {
      return "the JSON is nested deeper than " + MAX_DEPTH + " levels";
    }
    if (message.contains("Number")) {
      return "a number has more than " + MAX_NUMBER_CHARS + " characters";
    }
    return message.contains("Name")
        ? "a member's name has more than " + MAX_NAME_CHARS + " characters"
        : "a string has more than " + MAX_STRING_CHARS + " characters";
  }

  private static JsonException at(String problem, JsonLocation where) {
    return new JsonException(
        problem, where.getLineNr(), where.getColumnNr(), Math.max(0, where.getCharOffset()));
  }

  private static String text(Buffer body) {
    String text = body.toString(StandardCharsets.UTF_8);
    // The lenient decoder is the fast one; it leaves this mark, which may also be there by right.
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
      } catch (CharacterCodingException e) {
        throw new JsonException("the body is not valid UTF-8");
      }
    }
    return text;
  }

  private static void requireCleanText(JsonNode node) {
    if (node.isTextual()) {
      requireCleanText(node.textValue());
    } else if (node.isObject()) {
      node.fieldNames().forEachRemaining(Json::requireCleanText);
    }
    for (JsonNode child : node) {
      requireCleanText(child);
    }
  }

  private static void requireCleanText(String text) {
    if (!Text.isClean(text)) {
      throw new JsonException(
          text.indexOf('\0') >= 0
              ? "a string contains U+0000"
              : "a string contains half of a surrogate pair");
    }
  }
}
