package io.sluice.dialect;

import java.util.Locale;
import java.util.Set;

/** The {@code Content-Type} header. */
public final class MediaTypes {
  /** The name that is registered, and the one that many write. */
  private static final Set<String> UTF_8 = Set.of("charset=utf-8", "charset=utf8");

  /** JSON, one value a line. */
  public static final String LINES = "application/x-ndjson";

  private MediaTypes() {}

  /** The media type in lower case, without parameters; empty when there is none. */
  public static String essence(String header) {
    if (header == null || header.equals(Answer.JSON)) {
      return header == null ? "" : Answer.JSON;
    }
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a body of this type is taken: {@code application/json}, or a form where allowed, or
   * lines of JSON, in UTF-8. Structured suffixes such as {@code +json} name formats with rules of
   * their own, so they are not taken.
   */
  public static boolean accepts(Endpoint.Consumes consumes, String header) {
    String essence = essence(header);
    return switch (consumes) {
      case NOTHING -> true;
      case JSON -> essence.equals(Answer.JSON) && isUtf8(header);
      case JSON_OR_FORM ->
          (essence.equals(Answer.JSON) || essence.equals(Form.MEDIA_TYPE)) && isUtf8(header);
      case LINES -> essence.equals(LINES) && isUtf8(header);
    };
  }

  private static boolean isUtf8(String header) {
    int semicolon = header.indexOf(';');
    if (semicolon < 0) {
      return true;
    }
    for (String parameter : header.substring(semicolon + 1).split(";")) {
      String plain = parameter.toLowerCase(Locale.ROOT).replace("\"", "").trim();
      if (plain.startsWith("charset") && !UTF_8.contains(plain)) {
        return false;
      }
    }
    return true;
  }
}
