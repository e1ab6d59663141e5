package io.sluice.events;

import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stores what attempts came to, of each endpoint one batch at a time: what comes while it is stored
 * goes with the next. So the more is attempted, the less each attempt costs, and no endpoint keeps
 * several of the database's processes busy. It holds no more than is being sent. For one event
 * loop.
 */
final class Receipts {
  private final DeliveryQueue queue;
  private final Clock clock;

  /** Of the endpoints for which a statement runs: what is to go with the next. */
  private final Map<UUID, List<Waiting>> next = new HashMap<>();

  private record Waiting(Outcome outcome, Promise<Void> stored) {}

  Receipts(DeliveryQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /** Completes when it is stored. */
  Future<Void> store(Outcome outcome) {
    var waiting = new Waiting(outcome, Promise.promise());
    UUID endpoint = outcome.claim().endpoint().id();
    List<Waiting> others = next.get(endpoint);
    if (others == null) {
      next.put(endpoint, new ArrayList<>());
      send(endpoint, List.of(waiting));
    } else {
      others.add(waiting);
    }
    return waiting.stored().future();
  }

  private void send(UUID endpoint, List<Waiting> some) {
    queue
        .finish(some.stream().map(Waiting::outcome).toList(), clock.instant())
        .onComplete(
            stored -> {
              List<Waiting> more = next.put(endpoint, new ArrayList<>());
              if (more.isEmpty()) {
                next.remove(endpoint);
              } else {
                send(endpoint, more);
              }
              some.forEach(each -> each.stored().handle(stored));
            });
  }
}
