package io.sluice.dialect;

import java.util.List;

/** What dialects ask of texts. */
public final class Text {
  private Text() {}

  /** Whether a path is another one, which does not end in a slash, or lies below it. */
  public static boolean isPathUnder(String root, String path) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  /** Whether a path is one of others, or lies below one. */
  public static boolean isPathUnderOne(List<String> roots, String path) {
    // Asked of each request, hence without a stream.
    for (String root : roots) {
      if (isPathUnder(root, path)) {
        return true;
      }
    }
    return false;
  }

  /** The length in code points, which is how providers count characters. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** So many code points of a text at the most, from its beginning. */
  public static String beginning(String text, int maxChars) {
    return length(text) <= maxChars
        ? text
        : text.substring(0, text.offsetByCodePoints(0, maxChars));
  }

  /** Whether a text can be stored and sent as UTF-8: no U+0000, no half of a surrogate pair. */
  public static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length();
        if (!pair || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
