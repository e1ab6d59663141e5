package io.sluice.command;

import io.sluice.access.AuditTrail;
import io.sluice.gateway.AccessLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.concurrent.TimeUnit;

/**
 * How a line of the access log looks: as {@link LogText} and {@link LogJson} would write it. For
 * one thread only.
 */
abstract class AccessForm implements AccessLine.Fields {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter OFFSET =
      new DateTimeFormatterBuilder().appendOffset("+HH:MM", "Z").toFormatter();
  private static final int HUNDRED = 100;
  private static final int TEN = 10;
  private static final String LOGGER = "sluice.access";
  private static final String ANSWERED = "answered";
  private static final String DROPPED = "lines of the access log were dropped";

  final LineBuffer out;
  private final ZoneId zone;
  private long second = Long.MIN_VALUE;
  private String upToSecond;
  private String offset;

  private AccessForm(LineBuffer out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  /** For people. */
  static AccessForm text(LineBuffer out, ZoneId zone) {
    return new Text(out, zone);
  }

  /** For machines. */
  static AccessForm json(LineBuffer out) {
    return new Json(out);
  }

  /** Adds a line that was written at a time, by a thread. */
  final void add(long epochMillis, String thread, AccessLine line) {
    begin(epochMillis, "INFO", thread, ANSWERED);
    line.tell(this);
    end();
  }

  /** Adds a line that says how many were not written. */
  final void addDropped(long epochMillis, String thread, long count) {
    begin(epochMillis, "WARN", thread, DROPPED);
    number("sluice.count", count);
    end();
  }

  abstract void begin(long epochMillis, String level, String thread, String message);

  abstract void end();

  final void time(long epochMillis) {
    long now = Math.floorDiv(epochMillis, TimeUnit.SECONDS.toMillis(1));
    if (now != second) {
      second = now;
      var time = Instant.ofEpochSecond(now).atZone(zone);
      upToSecond = SECOND.format(time);
      offset = OFFSET.format(time);
    }
    int millis = (int) Math.floorMod(epochMillis, TimeUnit.SECONDS.toMillis(1));
    out.add(upToSecond);
    out.add('.');
    out.add((char) ('0' + millis / HUNDRED));
    out.add((char) ('0' + millis / TEN % TEN));
    out.add((char) ('0' + millis % TEN));
    out.add(offset);
  }

  private static final class Text extends AccessForm {
    Text(LineBuffer out, ZoneId zone) {
      super(out, zone);
    }

    @Override
    void begin(long epochMillis, String level, String thread, String message) {
      time(epochMillis);
      out.add(' ');
      out.add(level);
      out.add("  access ");
      out.add(message);
    }

    @Override
    public void text(String name, String value) {
      name(name);
      boolean plain = !value.isEmpty() && LineBuffer.isPlain(value, '!');
      out.add(plain ? value : LogText.value(value));
    }

    @Override
    public void number(String name, long value) {
      name(name);
      out.add(value);
    }

    private void name(String name) {
      out.add(' ');
      out.add(name);
      out.add('=');
    }

    @Override
    void end() {
      out.add(System.lineSeparator());
    }
  }

  private static final class Json extends AccessForm {
    Json(LineBuffer out) {
      super(out, ZoneOffset.UTC);
    }

    @Override
    void begin(long epochMillis, String level, String thread, String message) {
      out.add("{\"@timestamp\":\"");
      time(epochMillis);
      out.add('"');
      text("log.level", level);
      text("message", message);
      text("ecs.version", AuditTrail.ECS_VERSION);
      text("service.name", "sluice");
      text("log.logger", LOGGER);
      text("process.thread.name", thread);
    }

    @Override
    public void text(String name, String value) {
      name(name);
      out.add('"');
      out.add(LineBuffer.isPlain(value, ' ') ? value : escaped(value));
      out.add('"');
    }

    @Override
    public void number(String name, long value) {
      name(name);
      out.add(value);
    }

    private void name(String name) {
      out.add(",\"");
      out.add(name);
      out.add("\":");
    }

    private static String escaped(String value) {
      var safe = new StringBuilder();
      for (char c : value.toCharArray()) {
        if (LineBuffer.isPlain(Character.toString(c), ' ')) {
          safe.append(c);
        } else {
          safe.append("\\u%04x".formatted((int) c));
        }
      }
      return safe.toString();
    }

    @Override
    void end() {
      out.add('}');
      out.add(System.lineSeparator());
    }
  }
}
