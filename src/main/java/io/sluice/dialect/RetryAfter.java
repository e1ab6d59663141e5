package io.sluice.dialect;

import java.time.Duration;

/** The {@code Retry-After} header. */
public final class RetryAfter {
  public static final String HEADER = "Retry-After";

  private static final long ALMOST_A_SECOND_NANOS = 999_999_999;

  private RetryAfter() {}

  /** The header's value: whole seconds, rounded up, at least one. */
  public static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusNanos(ALMOST_A_SECOND_NANOS).toSeconds()));
  }

  /** The same answer with the header. */
  public static Answer on(Answer answer, Duration wait) {
    return answer.with(HEADER, seconds(wait));
  }
}
