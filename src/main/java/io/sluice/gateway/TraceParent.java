package io.sluice.gateway;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a request belongs to, as the W3C's Trace Context has it.
 *
 * @param trace 32 hexadecimal digits
 * @param parent who asks, 16 hexadecimal digits
 * @param sampled whether whoever asks has it traced
 */
public record TraceParent(String trace, String parent, boolean sampled) {
  static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final int HEXADECIMAL = 16;
  private static final int SAMPLED = 1;

  /**
   * Reads the header; empty where it is missing, there twice, or not as the W3C wants it: then the
   * trace is not known.
   */
  static Optional<TraceParent> of(List<String> lines) {
    if (lines.size() != 1) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(lines.getFirst());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String version = parts.group(1);
    boolean sound =
        !version.equals("ff")
            && (parts.group(5) == null || !version.equals("00"))
            && !isZero(parts.group(2))
            && !isZero(parts.group(3));
    boolean sampled = (Integer.parseInt(parts.group(4), HEXADECIMAL) & SAMPLED) != 0;
    return sound
        ? Optional.of(new TraceParent(parts.group(2), parts.group(3), sampled))
        : Optional.empty();
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }
}
