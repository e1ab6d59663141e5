package io.sluice.store.events;

import io.sluice.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** How long receivers are left alone that fail in a row, and how their owners have them tried. */
public final class Circuits {
  /** A receiver that has failed so often in a row gets nothing for a while. */
  public static final int MOST_FAILURES = 5;

  /** How long at first. */
  public static final Duration FIRST_BREAK = Duration.ofSeconds(10);

  /** How long at most, after the time has doubled with each further failure. */
  public static final Duration LONGEST_BREAK = Duration.ofMinutes(5);

  /** After it was tried because its owner said so, it is not for so long, whatever he says. */
  public static final Duration TRIAL_PAUSE = Duration.ofSeconds(5);

  /** It is the longest by then. */
  private static final int MOST_DOUBLINGS = 10;

  private static final int MICROS_PER_SECOND = 1_000_000;

  private Circuits() {}

  /** The present time as {@link #endOfBreak} takes it, in microseconds. */
  static long micros(Instant now) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, now);
  }

  /**
   * When a break ends that begins now: an expression. It adds no time to another one, nor looks
   * into a list of times, since Citus takes neither where it is needed.
   *
   * @param now a parameter: {@link #micros}
   * @param doublings an expression: how often the first break has doubled
   */
  static String endOfBreak(String now, String doublings) {
    return """
    to_timestamp(%s::bigint::float8 / %d + least(%d, %d * power(2, greatest(0, least(%s, %d)))))\
    """
        .formatted(
            now,
            MICROS_PER_SECOND,
            LONGEST_BREAK.toSeconds(),
            FIRST_BREAK.toSeconds(),
            doublings,
            MOST_DOUBLINGS);
  }

  /** When a receiver that is tried now because its owner says so may be tried so again. */
  static OffsetDateTime nextTrial(Instant now) {
    return Rows.time(now.plus(TRIAL_PAUSE));
  }

  /**
   * Ends a break at once because the owner says so: by one attempt, as at the end of any break. The
   * failures stay counted, or whoever said so over and over would have a dead receiver sent all
   * that there is, each time.
   *
   * @param endpoint an expression: the endpoint's id
   * @param now a parameter: the present time
   * @param next a parameter: {@link #nextTrial}
   */
  static String trial(String endpoint, String now, String next) {
    return """
    UPDATE event_circuit
       SET open_until = least(open_until, greatest(%2$s, trial_from)),
           trial_from = CASE WHEN trial_from > %2$s THEN trial_from ELSE %3$s END
     WHERE tenant_id = $1 AND endpoint_id = %1$s AND open_until > %2$s
    """
        .formatted(endpoint, now, next);
  }
}
