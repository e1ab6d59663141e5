package io.sluice.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes a JSON document, member by member, in the order of the calls. Null texts, ids and times
 * are written as JSON null. Numbers are exact; a decimal keeps its scale.
 *
 * <p>{@code JsonWriter.object().text("id", id).array("nodes")…end().toBuffer()}
 */
public final class JsonWriter {
  private static final int INITIAL_BYTES = 512;

  private final ByteArrayBuilder bytes = new ByteArrayBuilder(INITIAL_BYTES);
  private final JsonGenerator json;

  private JsonWriter() {
    try {
      json = Json.FACTORY.createGenerator(bytes).setCodec(Json.MAPPER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document that is an object. */
  public static JsonWriter object() {
    return new JsonWriter().write(JsonGenerator::writeStartObject);
  }

  /** A document that is an array. */
  public static JsonWriter array() {
    return new JsonWriter().write(JsonGenerator::writeStartArray);
  }

  /** Opens an object as a member of the open object; {@link #end()} closes it. */
  public JsonWriter object(String name) {
    return write(g -> g.writeObjectFieldStart(name));
  }

  /** Opens an array as a member of the open object; {@link #end()} closes it. */
  public JsonWriter array(String name) {
    return write(g -> g.writeArrayFieldStart(name));
  }

  /** Opens an object as an element of the open array; {@link #end()} closes it. */
  public JsonWriter element() {
    return write(JsonGenerator::writeStartObject);
  }

  /** A text as an element of the open array. */
  public JsonWriter element(String value) {
    return write(g -> g.writeString(value));
  }

  /** A number as an element of the open array. */
  public JsonWriter element(long value) {
    return write(g -> g.writeNumber(value));
  }

  /** Closes what was opened last. */
  public JsonWriter end() {
    return write(
        g -> {
          if (g.getOutputContext().inArray()) {
            g.writeEndArray();
          } else {
            g.writeEndObject();
          }
        });
  }

  public JsonWriter text(String name, String value) {
    return write(g -> g.writeStringField(name, value));
  }

  public JsonWriter uuid(String name, UUID value) {
    return text(name, value == null ? null : value.toString());
  }

  /** A time in UTC with six decimals. */
  public JsonWriter time(String name, Instant value) {
    return text(name, value == null ? null : Timestamps.format(value));
  }

  public JsonWriter number(String name, long value) {
    return write(g -> g.writeNumberField(name, value));
  }

  public JsonWriter number(String name, BigInteger value) {
    return write(g -> g.writeNumberField(name, value));
  }

  /** A decimal as a JSON number, in plain notation and at its own scale. */
  public JsonWriter number(String name, BigDecimal value) {
    return write(
        g -> {
          g.writeFieldName(name);
          g.writeNumber(value.toPlainString());
        });
  }

  public JsonWriter bool(String name, boolean value) {
    return write(g -> g.writeBooleanField(name, value));
  }

  public JsonWriter nothing(String name) {
    return write(g -> g.writeNullField(name));
  }

  /** Any JSON value, as it was read. */
  public JsonWriter node(String name, JsonNode value) {
    return write(
        g -> {
          g.writeFieldName(name);
          g.writeTree(value);
        });
  }

  /** A JSON text that is already known to be sound, such as one of our own from the database. */
  public JsonWriter raw(String name, String json) {
    return write(
        g -> {
          g.writeFieldName(name);
          g.writeRawValue(json);
        });
  }

  /** Like {@link #raw(String, String)}, as an element of the open array. */
  public JsonWriter rawElement(String json) {
    return write(g -> g.writeRawValue(json));
  }

  /** Closes what is open and gives the document. The writer is spent afterwards. */
  public Buffer toBuffer() {
    return Buffer.buffer(toBytes());
  }

  /** Closes what is open and gives the document as text. The writer is spent afterwards. */
  public String toText() {
    return new String(toBytes(), StandardCharsets.UTF_8);
  }

  private byte[] toBytes() {
    write(JsonGenerator::close);
    return bytes.toByteArray();
  }

  private JsonWriter write(Step step) {
    try {
      step.write(json);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Step {
    void write(JsonGenerator generator) throws IOException;
  }
}
