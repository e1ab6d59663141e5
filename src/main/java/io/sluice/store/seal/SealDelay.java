package io.sluice.store.seal;

import io.sluice.config.SealSettings;
import io.sluice.ledger.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** For how long transfers are left to be committed in before those after them are sealed. */
final class SealDelay {
  private static final Duration MOST_DELAY = Duration.ofMinutes(1);

  private final SealSettings settings;
  private Duration delay;
  private Instant planned = Instant.MIN;

  SealDelay(SealSettings settings) {
    this.settings = settings;
    this.delay = settings.delay();
  }

  /** The longer transfers take to be committed, the longer those after them wait to be sealed. */
  void adapt(Instant oldestFresh, Instant now) {
    Duration taken =
        oldestFresh.isBefore(planned) ? Duration.between(oldestFresh, planned) : Duration.ZERO;
    Duration wanted = taken.plus(settings.interval());
    Duration eased = delay.multipliedBy(7).dividedBy(8);
    delay = clamp(later(wanted, eased), settings.delay(), MOST_DELAY);
    planned = now;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    Duration atLeast = later(value, least);
    return atLeast.compareTo(most) > 0 ? most : atLeast;
  }

  /** What has ids before it has had its time. */
  UUID horizon(Instant now) {
    return TimeOrderedIds.firstOf(now.minus(delay));
  }
}
