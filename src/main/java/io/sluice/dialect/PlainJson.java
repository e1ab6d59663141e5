package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Reads JSON that is as plain as nearly all of it is: no escapes, no fractions, no exponents, and
 * whole numbers that fit into 64 bits. Of what is anything else, sound or not, it says nothing:
 * {@link Json} has the library read that. What it reads is just what the library would.
 */
final class PlainJson {
  /** What no value begins with. */
  private static final char END = '\0';

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Any number of so many digits fits into a long. */
  private static final int MAX_DIGITS = 18;

  private static final int MAX_KEPT_CHARS = 32;

  /**
   * Names of members that were read, each at a place that follows from its characters, in place of
   * the one before: the same few come all the time. Whoever makes up names only takes these places
   * from others. Threads share it without care, as a text is whole for whoever sees it.
   */
  private static final String[] NAMES = new String[1_024];

  private final String text;
  private int at;
  private int depth;

  private PlainJson(String text) {
    this.text = text;
  }

  /** The one value in a text; empty where that is not plain. */
  static Optional<JsonNode> read(String text) {
    var reader = new PlainJson(text);
    JsonNode value = reader.value();
    return reader.peek() == END && reader.at == text.length()
        ? Optional.ofNullable(value)
        : Optional.empty();
  }

  /** The first character that is no blank, which is next. */
  private char peek() {
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return END;
  }

  /** Passes a character, if it is next. */
  private boolean pass(char wanted) {
    boolean found = peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  /** Null where it is not plain, as everywhere here. */
  private JsonNode value() {
    return switch (peek()) {
      case '{' -> depth < Json.MAX_DEPTH ? object() : null;
      case '[' -> depth < Json.MAX_DEPTH ? array() : null;
      case '"' -> string();
      case 't' -> word("true", NODES.booleanNode(true));
      case 'f' -> word("false", NODES.booleanNode(false));
      case 'n' -> word("null", NODES.nullNode());
      default -> number();
    };
  }

  private JsonNode object() {
    ObjectNode object = NODES.objectNode();
    depth++;
    at++;
    if (!pass('}')) {
      do {
        String name = peek() == '"' ? name() : null;
        JsonNode value = name != null && pass(':') ? value() : null;
        // A name that is repeated is not plain.
        if (value == null || object.replace(name, value) != null) {
          return null;
        }
      } while (pass(','));
      if (!pass('}')) {
        return null;
      }
    }
    depth--;
    return object;
  }

  private JsonNode array() {
    ArrayNode array = NODES.arrayNode();
    depth++;
    at++;
    if (!pass(']')) {
      do {
        JsonNode value = value();
        if (value == null) {
          return null;
        }
        array.add(value);
      } while (pass(','));
      if (!pass(']')) {
        return null;
      }
    }
    depth--;
    return array;
  }

  private JsonNode string() {
    int start = at + 1;
    int end = endOfString(Json.MAX_STRING_CHARS);
    return end < 0 ? null : NODES.textNode(text.substring(start, end));
  }

  private String name() {
    int start = at + 1;
    int end = endOfString(Json.MAX_NAME_CHARS);
    if (end < 0 || end - start > MAX_KEPT_CHARS) {
      return end < 0 ? null : text.substring(start, end);
    }
    int place = end - start;
    for (int i = start; i < end; i++) {
      place = 31 * place + text.charAt(i);
    }
    place &= NAMES.length - 1;
    String kept = NAMES[place];
    if (kept == null || kept.length() != end - start || !text.startsWith(kept, start)) {
      kept = text.substring(start, end);
      NAMES[place] = kept;
    }
    return kept;
  }

  /** Passes a text between quotation marks; tells where it ends, negative for one not plain. */
  private int endOfString(int maxChars) {
    int start = at + 1;
    for (int end = start; end < text.length() && end - start <= maxChars; end++) {
      char c = text.charAt(end);
      if (c == '"') {
        at = end + 1;
        return end;
      }
      if (c < ' ' || c == '\\') {
        return -1;
      }
    }
    return -1;
  }

  private JsonNode word(String word, JsonNode value) {
    if (!text.startsWith(word, at)) {
      return null;
    }
    at += word.length();
    return value;
  }

  private JsonNode number() {
    int start = text.startsWith("-", at) ? at + 1 : at;
    int end = start;
    long value = 0;
    while (end < text.length() && isDigit(text.charAt(end)) && end - start < MAX_DIGITS) {
      value = 10 * value + text.charAt(end) - '0';
      end++;
    }
    boolean zeroFirst = end - start > 1 && text.charAt(start) == '0';
    if (end == start || zeroFirst || end < text.length() && goesOn(text.charAt(end))) {
      return null;
    }
    value = start > at ? -value : value;
    at = end;
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean goesOn(char c) {
    return isDigit(c) || c == '.' || c == 'e' || c == 'E';
  }
}
