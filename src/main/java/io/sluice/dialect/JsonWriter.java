package io.sluice.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Writes a JSON document, member by member, in the order of the calls. Null texts, ids and times
 * are written as JSON null. Numbers are exact; a decimal keeps its scale.
 *
 * <p>{@code JsonWriter.object().text("id", id).array("nodes")…end().toBuffer()}
 *
 * @throws IllegalStateException from every call that writes a member where an array is open, an
 *     element where an object is, or too many levels
 */
public final class JsonWriter {
  /** The most objects and arrays inside each other, other than in nodes and raw texts. */
  private static final int MAX_DEPTH = 64;

  private static final String NULL = "null";

  private final JsonBytes out = new JsonBytes();

  /** One bit for each open level, the innermost lowest: whether it is an array. */
  private long arrays;

  private int depth;

  private JsonWriter() {}

  /** A document that is an object. */
  public static JsonWriter object() {
    return new JsonWriter().open(false);
  }

  /** A document that is an array. */
  public static JsonWriter array() {
    return new JsonWriter().open(true);
  }

  /** Opens an object as a member of the open object; {@link #end()} closes it. */
  public JsonWriter object(String name) {
    return member(name).open(false);
  }

  /** Opens an array as a member of the open object; {@link #end()} closes it. */
  public JsonWriter array(String name) {
    return member(name).open(true);
  }

  /** Opens an object as an element of the open array; {@link #end()} closes it. */
  public JsonWriter element() {
    return next().open(false);
  }

  /** A text as an element of the open array. */
  public JsonWriter element(String value) {
    return next().value(value);
  }

  /** A number as an element of the open array. */
  public JsonWriter element(long value) {
    next().out.number(value);
    return this;
  }

  /**
   * An array of objects.
   *
   * @param members writes the members of one object, which is opened and closed here
   */
  public <T> JsonWriter objects(String name, Iterable<T> items, BiConsumer<JsonWriter, T> members) {
    array(name);
    for (T item : items) {
      members.accept(element(), item);
      end();
    }
    return end();
  }

  /** An array of ids. */
  public <T> JsonWriter uuids(String name, Collection<T> ids, Function<T, UUID> value) {
    return texts(name, ids.stream().map(id -> value.apply(id).toString()).toList());
  }

  /** An array of texts. */
  public JsonWriter texts(String name, Iterable<String> values) {
    array(name);
    values.forEach(this::element);
    return end();
  }

  /** Closes what was opened last. */
  public JsonWriter end() {
    if (depth == 0) {
      throw new IllegalStateException("nothing is open");
    }
    out.ascii((arrays & 1) == 1 ? ']' : '}');
    arrays >>>= 1;
    depth--;
    return this;
  }

  public JsonWriter text(String name, String value) {
    return member(name).value(value);
  }

  public JsonWriter uuid(String name, UUID value) {
    member(name);
    if (value == null) {
      return value(null);
    }
    out.uuid(value);
    return this;
  }

  /** A time in UTC with six decimals. */
  public JsonWriter time(String name, Instant value) {
    member(name);
    if (value == null) {
      return value(null);
    }
    out.time(value);
    return this;
  }

  public JsonWriter number(String name, long value) {
    member(name).out.number(value);
    return this;
  }

  public JsonWriter number(String name, BigInteger value) {
    member(name);
    if (value.bitLength() < Long.SIZE) {
      out.number(value.longValue());
    } else {
      out.raw(value.toString());
    }
    return this;
  }

  /** A decimal as a JSON number, in plain notation and at its own scale. */
  public JsonWriter number(String name, BigDecimal value) {
    return raw(name, value.toPlainString());
  }

  public JsonWriter bool(String name, boolean value) {
    return raw(name, value ? "true" : "false");
  }

  public JsonWriter nothing(String name) {
    return raw(name, NULL);
  }

  /** Any JSON value, as it was read; null is written as JSON null. */
  public JsonWriter node(String name, JsonNode value) {
    return value == null || value.isTextual()
        ? text(name, value == null ? null : value.textValue())
        : raw(name, compact(value));
  }

  /** A JSON value without blanks, its members in their order. */
  public static String compact(JsonNode value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a node that is not JSON", e);
    }
  }

  /** A JSON text that is already known to be sound, such as one of our own from the database. */
  public JsonWriter raw(String name, String json) {
    member(name).out.raw(json);
    return this;
  }

  /** All members of an object, which has some, that is known to be sound, into the open object. */
  public JsonWriter members(String object) {
    separate(false);
    out.raw(object, 1, object.length() - 1);
    return this;
  }

  /** Closes what is open and answers with the document. The writer is spent afterwards. */
  public Answer toAnswer(int status) {
    return Answer.json(status, toBuffer());
  }

  /** Closes what is open and gives the document. The writer is spent afterwards. */
  public Buffer toBuffer() {
    return whole().toBuffer();
  }

  /** Closes what is open and gives the document as text. The writer is spent afterwards. */
  public String toText() {
    return whole().toText();
  }

  private JsonBytes whole() {
    while (depth > 0) {
      end();
    }
    return out;
  }

  private JsonWriter open(boolean array) {
    if (depth == MAX_DEPTH) {
      throw new IllegalStateException("deeper than " + MAX_DEPTH + " levels");
    }
    arrays = arrays << 1 | (array ? 1 : 0);
    depth++;
    out.ascii(array ? '[' : '{');
    return this;
  }

  private JsonWriter member(String name) {
    separate(false);
    out.text(name);
    out.ascii(':');
    return this;
  }

  private JsonWriter next() {
    separate(true);
    return this;
  }

  /** No value ends in an opening bracket, so that one means that nothing was written into it. */
  private void separate(boolean inArray) {
    if (depth == 0 || (arrays & 1) == 1 != inArray) {
      throw new IllegalStateException(inArray ? "no array is open" : "no object is open");
    }
    byte last = out.last();
    if (last != '{' && last != '[') {
      out.ascii(',');
    }
  }

  private JsonWriter value(String text) {
    if (text == null) {
      out.raw(NULL);
    } else {
      out.text(text);
    }
    return this;
  }
}
