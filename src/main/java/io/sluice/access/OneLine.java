package io.sluice.access;

/**
 * Texts that people give to be read by others: they read alike in a log, in a list and on a page,
 * on one line and in one direction.
 */
public final class OneLine {
  /** What a refusal says of it. */
  public static final String RULE =
      "none of them control characters, ends of lines or marks of direction";

  private OneLine() {}

  /** Whether a text is one. */
  public static boolean is(String text) {
    return text.codePoints().noneMatch(OneLine::disturbs);
  }

  private static boolean disturbs(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> turns(c);
    };
  }

  /** Unicode's Bidi_Control. */
  private static boolean turns(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }
}
