package io.sluice.events;

import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stores what attempts came to, of each endpoint one batch at a time: what ends within moments goes
 * together, and what comes while that is stored, with the next. So the more is attempted, the less
 * each attempt costs, and no endpoint keeps several of the database's processes busy. It holds no
 * more than is claimed. For one event loop.
 */
final class Receipts {
  /** What ends in so short a time, in milliseconds, is stored together. */
  private static final long GATHER_MS = 15;

  private final Vertx vertx;
  private final DeliveryQueue queue;
  private final Clock clock;

  /** Of the endpoints for which a statement runs: what is to go with the next. */
  private final Map<UUID, List<Waiting>> next = new HashMap<>();

  private record Waiting(Outcome outcome, Promise<Void> stored) {}

  Receipts(Vertx vertx, DeliveryQueue queue, Clock clock) {
    this.vertx = vertx;
    this.queue = queue;
    this.clock = clock;
  }

  /** Completes when it is stored. */
  Future<Void> store(Outcome outcome) {
    var waiting = new Waiting(outcome, Promise.promise());
    UUID endpoint = outcome.claim().endpoint().id();
    List<Waiting> others = next.get(endpoint);
    if (others == null) {
      next.put(endpoint, new ArrayList<>(List.of(waiting)));
      vertx.setTimer(GATHER_MS, gathered -> send(endpoint));
    } else {
      others.add(waiting);
    }
    return waiting.stored().future();
  }

  private void send(UUID endpoint) {
    List<Waiting> some = next.put(endpoint, new ArrayList<>());
    queue
        .finish(some.stream().map(Waiting::outcome).toList(), clock.instant())
        .onComplete(
            stored -> {
              if (next.get(endpoint).isEmpty()) {
                next.remove(endpoint);
              } else {
                send(endpoint);
              }
              some.forEach(each -> each.stored().handle(stored));
            });
  }
}
