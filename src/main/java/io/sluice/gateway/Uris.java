package io.sluice.gateway;

import io.sluice.dialect.Fault;
import io.sluice.dialect.Text;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Looks at raw request targets. */
final class Uris {
  /** What to answer to a target that is not {@link #isClean}. */
  static final Fault UNCLEAN =
      new Fault.BadRequest(
          "the path or the query is not percent-encoded UTF-8 text without dot segments");

  private static final char REPLACEMENT = '\uFFFD';

  private static final Pattern DOT_SEGMENT = Pattern.compile("^[^?]*/\\.\\.?(/|\\?|$)");

  private Uris() {}

  /**
   * Whether every escape of a request target is whole, all of them together are UTF-8 text that can
   * be stored, and no segment of the path is {@code .} or {@code ..}, which would lead elsewhere.
   */
  static boolean isClean(String uri) {
    if (uri.indexOf('%') < 0) {
      return uri.indexOf('\0') < 0 && !hasDotSegment(uri);
    }
    try {
      String text = URLDecoder.decode(uri, StandardCharsets.ISO_8859_1);
      if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
        return false;
      }
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Text.isClean(decoded) && decoded.indexOf(REPLACEMENT) < 0 && !hasDotSegment(decoded);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean hasDotSegment(String uri) {
    return uri.contains("/.") && DOT_SEGMENT.matcher(uri).find();
  }

  /** The path of a request target, whatever it looks like; never null. */
  static String path(String path) {
    return path == null ? "" : path;
  }
}
