package io.sluice.events;

import io.sluice.config.EventSettings;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.DeliveryQueue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what nobody asks for any more, some of it at a time. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Vertx vertx;
  private final DeliveryQueue queue;
  private final Clock clock;
  private final Duration age;
  private volatile boolean stopped;

  Retention(Vertx vertx, DeliveryQueue queue, Clock clock, EventSettings settings) {
    this.vertx = vertx;
    this.queue = queue;
    this.clock = clock;
    this.age = Duration.ofDays(settings.retentionDays());
  }

  void start() {
    vertx.setPeriodic(PAUSE.toMillis(), timer -> run());
  }

  void stop() {
    stopped = true;
  }

  /** One tenant after the other. */
  Future<Void> run() {
    Instant before = clock.instant().minus(age);
    return queue
        .tenants()
        .compose(
            tenants -> {
              Future<Void> all = Future.succeededFuture();
              for (TenantId tenant : tenants) {
                all = all.compose(done -> delete(tenant, before));
              }
              return all;
            })
        .onFailure(failure -> LOG.warn("Old events are not deleted: {}", failure.toString()));
  }

  private Future<Void> delete(TenantId tenant, Instant before) {
    return stopped
        ? Future.succeededFuture()
        : queue
            .deleteEnded(tenant, before)
            .compose(more -> more ? delete(tenant, before) : Future.succeededFuture());
  }
}
