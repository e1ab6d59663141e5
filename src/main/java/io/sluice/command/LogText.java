package io.sluice.command;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * What a line for people says: its text, then its fields, then what failed. What could end the
 * line, move the cursor or turn the direction of writing is escaped as in Java, and so are quotes
 * and spaces in fields kept together by quotes: nobody can write a line of the log by what he
 * sends. A failure goes on over several lines, each of which begins with a tab.
 */
public final class LogText extends ClassicConverter {
  private static final Pattern PLAIN = Pattern.compile("[\\x21\\x23-\\x7E]+");
  private static final int LAST_ASCII = 0x7E;

  @Override
  public String convert(ILoggingEvent event) {
    var line = new StringBuilder(escaped(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.append(' ').append(pair.key).append('=').append(value(String.valueOf(pair.value)));
      }
    }
    line.append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      ThrowableProxyUtil.asString(event.getThrowableProxy())
          .lines()
          .forEach(
              text ->
                  line.append('\t').append(escaped(text.strip())).append(System.lineSeparator()));
    }
    return line.toString();
  }

  /** A field's value, in quotes where it is not one plain word. */
  static String value(String text) {
    return PLAIN.matcher(text).matches() ? text : '"' + escaped(text).replace("\"", "\\\"") + '"';
  }

  /** Letters of all languages stay what they are. */
  static String escaped(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= LAST_ASCII && c != '\\')) {
      return text;
    }
    var safe = new StringBuilder(text.length() + Long.BYTES);
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\\') {
                safe.append("\\\\");
              } else if (isShown(c)) {
                safe.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  safe.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return safe.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
