package io.sluice.dialect;

import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code application/x-www-form-urlencoded} bodies. */
public final class Form {
  public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  /** The most fields of a form. */
  public static final int MAX_FIELDS = 100;

  private static final char REPLACEMENT = '\uFFFD';

  private Form() {}

  /**
   * The fields of a form.
   *
   * @return empty when an escape is broken, a field is repeated, there are too many, or a value is
   *     not clean UTF-8 text
   */
  public static Optional<Map<String, String>> parse(Buffer body) {
    String text = body.toString(StandardCharsets.UTF_8);
    Map<String, String> fields = new LinkedHashMap<>();
    String[] pairs = text.isEmpty() ? new String[0] : text.split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      return Optional.empty();
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (!isClean(name) || !isClean(value) || fields.put(name, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static boolean isClean(String text) {
    return text.indexOf(REPLACEMENT) < 0 && Text.isClean(text);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return String.valueOf(REPLACEMENT);
    }
  }
}
