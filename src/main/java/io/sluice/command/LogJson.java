package io.sluice.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.access.AsciiJson;
import io.sluice.access.AuditTrail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * Writes one flat JSON object a line, with the names of the Elastic Common Schema. All characters
 * are ASCII, others are escaped, so that no text ends a line or changes how the next is read.
 */
public final class LogJson extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = AsciiJson.factory();

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("@timestamp", event.getInstant().toString());
      json.writeStringField("log.level", event.getLevel().toString());
      json.writeStringField("message", event.getFormattedMessage());
      json.writeStringField("ecs.version", AuditTrail.ECS_VERSION);
      json.writeStringField("service.name", "sluice");
      json.writeStringField("log.logger", event.getLoggerName());
      json.writeStringField("process.thread.name", event.getThreadName());
      writeFields(json, event);
      if (event.getThrowableProxy() != null) {
        writeError(json, event.getThrowableProxy());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.writeBytes(System.lineSeparator().getBytes(StandardCharsets.US_ASCII));
    return line.toByteArray();
  }

  /** The first of two fields of one name counts. */
  private static void writeFields(JsonGenerator json, ILoggingEvent event) throws IOException {
    if (event.getKeyValuePairs() == null) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      if (names.add(pair.key)) {
        json.writeFieldName(pair.key);
        switch (pair.value) {
          case Integer number -> json.writeNumber(number);
          case Long number -> json.writeNumber(number);
          case null, default -> json.writeString(String.valueOf(pair.value));
        }
      }
    }
  }

  private static void writeError(JsonGenerator json, IThrowableProxy error) throws IOException {
    json.writeStringField("error.type", error.getClassName());
    json.writeStringField("error.stack_trace", ThrowableProxyUtil.asString(error));
  }
}
