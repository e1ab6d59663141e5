package io.sluice.dialect.orum;

import java.time.Duration;

/**
 * The {@code X-Retry-In} header: a wait as Go writes durations, to the millisecond, such as {@code
 * 250ms}, {@code 1.5s} or {@code 1m2.5s}.
 */
final class RetryIn {
  static final String HEADER = "X-Retry-In";

  private static final int MS_PER_SECOND = 1000;

  private RetryIn() {}

  /** The header's value; a wait below a millisecond counts as one. */
  static String text(Duration wait) {
    long ms = Math.max(1, wait.toMillis());
    return ms < MS_PER_SECOND ? ms + "ms" : seconds(Duration.ofMillis(ms));
  }

  private static String seconds(Duration wait) {
    var text = new StringBuilder();
    if (wait.toHours() > 0) {
      text.append(wait.toHours()).append('h');
    }
    if (wait.toMinutes() > 0) {
      text.append(wait.toMinutesPart()).append('m');
    }
    return text.append(wait.toSecondsPart())
        .append(fraction(wait.toMillisPart()))
        .append('s')
        .toString();
  }

  /** Without zeros at the end, and without the point where nothing follows. */
  private static String fraction(int ms) {
    return ms == 0
        ? ""
        : "." + Integer.toString(MS_PER_SECOND + ms).substring(1).replaceAll("0+$", "");
  }
}
