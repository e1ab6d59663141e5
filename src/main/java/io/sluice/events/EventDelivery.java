package io.sluice.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.EventSettings;
import io.sluice.dialect.Courier;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Listeners;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Delivers events while a gateway runs, and tidies up after them. */
public final class EventDelivery {
  /** How long a stop waits for what is being sent; what is not done by then is sent again. */
  private static final long DRAIN_MS = 5_000;

  private final Sender sender;
  private final Deliverer deliverer;
  private final Retention retention;

  private EventDelivery(Sender sender, Deliverer deliverer, Retention retention) {
    this.sender = sender;
    this.deliverer = deliverer;
    this.retention = retention;
  }

  /**
   * What it works with.
   *
   * @param destinations where it may send to
   * @param tls what it trusts of receivers
   */
  public record Parts(
      Vertx vertx,
      DeliveryQueue queue,
      Listeners listeners,
      Destinations destinations,
      HttpClientOptions tls,
      Clock clock,
      MeterRegistry registry) {}

  /**
   * Begins.
   *
   * @param couriers by the names of their dialects
   */
  public static EventDelivery start(
      Parts parts, Map<String, Courier> couriers, EventSettings settings) {
    var sender =
        new Sender(
            parts.vertx(),
            parts.destinations(),
            parts.tls(),
            settings.maxConcurrent(),
            parts.registry());
    var deliverer =
        new Deliverer(
            parts.vertx(),
            settings,
            parts.listeners(),
            parts.queue(),
            couriers,
            sender,
            parts.clock(),
            new EventMetrics(parts.registry(), couriers.keySet(), parts.clock()));
    var retention = new Retention(parts.vertx(), parts.queue(), parts.clock(), settings);
    deliverer.start();
    retention.start();
    return new EventDelivery(sender, deliverer, retention);
  }

  /** Begins nothing more, and waits a while for what is under way. */
  public Future<Void> stop() {
    retention.stop();
    return deliverer
        .stop()
        .timeout(DRAIN_MS, TimeUnit.MILLISECONDS)
        .transform(stopped -> sender.close());
  }
}
