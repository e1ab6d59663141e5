package io.sluice.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Opaque page cursors: a few short texts, such as a list's name and the last id, in one token safe
 * for URLs. Clients can read and forge them, so what comes back must be checked like any input; it
 * must never say whose data to read.
 */
public final class Cursor {
  /** A place in a list may be told by a name of 255 characters, of up to four bytes each. */
  private static final int MAX_CHARS = 2_048;

  private static final String SEPARATOR = "\0";

  private Cursor() {}

  /** A token for these parts, none of which contains U+0000. */
  public static String encode(String... parts) {
    byte[] bytes = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The parts of a token, or empty unless it holds exactly that many. */
  public static Optional<List<String>> decode(String token, int parts) {
    if (token == null || token.isEmpty() || token.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      List<String> found = List.of(text.split(SEPARATOR, -1));
      return found.size() == parts && found.stream().allMatch(Text::isClean)
          ? Optional.of(found)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
