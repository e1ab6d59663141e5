package io.sluice.events;

import io.sluice.dialect.Chore;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.DeliveryQueue.Behind;
import io.sluice.store.events.Listeners;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the deliveries of events that many endpoints want, behind the commits of what they tell:
 * one event at a time, tenants in turn.
 */
public final class FanOut {
  /** How long it rests where there was nothing to do. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** How much of the time it takes at most: what many endpoints cost, their tenant waits for. */
  private static final int SHARE_PERCENT = 25;

  private final DeliveryQueue queue;
  private final Listeners listeners;
  private final Clock clock;
  private int last;

  public FanOut(DeliveryQueue queue, Listeners listeners, Clock clock) {
    this.queue = queue;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** The work; each gateway may do it. */
  public Chore chore() {
    return new Chore("events.fan.out", PAUSE, SHARE_PERCENT, this::round);
  }

  /** One event of the next tenant that has one. */
  Future<Chore.Round> round() {
    if (!listeners.isAnybodyThere()) {
      return Future.succeededFuture(Chore.Round.IDLE);
    }
    return queue
        .behind(last)
        .compose(
            found ->
                found.isPresent() || last == 0 ? Future.succeededFuture(found) : queue.behind(0))
        .compose(this::write);
  }

  private Future<Chore.Round> write(Optional<Behind> found) {
    last = found.map(behind -> behind.tenant().value()).orElse(0);
    return found
        .map(behind -> queue.fanOut(behind.tenant()).map(done -> round(behind.since())))
        .orElseGet(() -> Future.succeededFuture(Chore.Round.IDLE));
  }

  private Chore.Round round(Instant since) {
    Duration lag = Duration.between(since, clock.instant());
    return new Chore.Round(1, lag.isNegative() ? Duration.ZERO : lag, true);
  }
}
