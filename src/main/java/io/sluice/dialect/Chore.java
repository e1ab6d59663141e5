package io.sluice.dialect;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Work that a dialect does on its own, over and over. Every gateway does it, so it must be such
 * that several may.
 *
 * @param name as logs and metrics call it
 * @param pause from the end of one round to the beginning of the next, when all is done
 * @param sharePercent how much of the time it may take while there is more to do, 1 to 100
 * @param work one round, never two at once in one gateway; one that fails is logged, and the next
 *     follows all the same
 */
public record Chore(
    String name, Duration pause, int sharePercent, Supplier<Future<Chore.Round>> work) {
  private static final int WHOLE = 100;

  public Chore {
    if (sharePercent < 1 || sharePercent > WHOLE) {
      throw new IllegalArgumentException("no share of the time: " + sharePercent + " %");
    }
  }

  /**
   * What a round has found.
   *
   * @param due how much there was to do, as far as it was counted
   * @param lag how long ago the first of it should have been done; zero where there was nothing
   * @param more whether it has left something for the next round
   */
  public record Round(long due, Duration lag, boolean more) {
    /** There was nothing to do. */
    public static final Round IDLE = new Round(0, Duration.ZERO, false);

    /** Both, as one. */
    public Round and(Round other) {
      return new Round(
          due + other.due, lag.compareTo(other.lag) < 0 ? other.lag : lag, more || other.more);
    }
  }

  /**
   * How long to wait for the next round.
   *
   * @param took how long the one before did
   */
  public Duration pauseAfter(Round round, Duration took) {
    return round.more() ? took.multipliedBy(WHOLE - sharePercent).dividedBy(sharePercent) : pause;
  }
}
