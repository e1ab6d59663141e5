package io.sluice.events;

import io.sluice.dialect.Chore;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.DeliveryQueue.Fresh;
import io.sluice.store.events.Listeners;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes deliveries of what was committed a while ago and nobody has claimed since: its receiver is
 * left alone, or has more than it takes. Endpoints have their turn one after the other.
 */
public final class FreshDeliveries {
  /** How long it is left to those who claim. */
  private static final Duration AGE = Duration.ofSeconds(1);

  /** How long it rests where there was nothing to do. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** How much of the time it takes at most. */
  private static final int SHARE_PERCENT = 25;

  private static final UUID FIRST = new UUID(0, 0);

  private final DeliveryQueue queue;
  private final Listeners listeners;
  private final Clock clock;
  private int tenant;
  private UUID endpoint = FIRST;

  public FreshDeliveries(DeliveryQueue queue, Listeners listeners, Clock clock) {
    this.queue = queue;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** The work; each gateway may do it. */
  public Chore chore() {
    return new Chore("events.fresh", PAUSE, SHARE_PERCENT, this::round);
  }

  /** The next endpoint that has some. */
  Future<Chore.Round> round() {
    if (!listeners.isAnybodyThere()) {
      return Future.succeededFuture(Chore.Round.IDLE);
    }
    Instant before = clock.instant().minus(AGE);
    return queue
        .fresh(tenant, endpoint, before)
        .compose(
            found ->
                found.isPresent() || tenant == 0
                    ? Future.succeededFuture(found)
                    : queue.fresh(0, FIRST, before))
        .compose(this::write);
  }

  private Future<Chore.Round> write(Optional<Fresh> found) {
    tenant = found.map(fresh -> fresh.tenant().value()).orElse(0);
    endpoint = found.map(Fresh::endpoint).orElse(FIRST);
    return found
        .map(fresh -> queue.writeDown(fresh).map(done -> round(fresh.since())))
        .orElseGet(() -> Future.succeededFuture(Chore.Round.IDLE));
  }

  private Chore.Round round(Instant since) {
    Duration lag = Duration.between(since.plus(AGE), clock.instant());
    return new Chore.Round(1, lag.isNegative() ? Duration.ZERO : lag, true);
  }
}
