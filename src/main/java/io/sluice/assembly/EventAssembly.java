package io.sluice.assembly;

import io.sluice.config.EventSettings;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Courier;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.EventParts;
import io.sluice.events.Destinations;
import io.sluice.events.EventDelivery;
import io.sluice.events.FanOut;
import io.sluice.events.FreshDeliveries;
import io.sluice.events.SystemResolver;
import io.sluice.store.Pools;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.DeliveryStore;
import io.sluice.store.events.EndpointStore;
import io.sluice.store.events.Listeners;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything about events, put together; delivers once there are dialects. */
final class EventAssembly {
  private final EventSettings settings;
  private final EventParts parts;
  private final EventDelivery.Parts delivery;
  private Optional<EventDelivery> running = Optional.empty();

  private EventAssembly(EventSettings settings, EventParts parts, EventDelivery.Parts delivery) {
    this.settings = settings;
    this.parts = parts;
    this.delivery = delivery;
  }

  static EventAssembly of(
      Foundation base, Pools pools, Listeners listeners, EventSettings settings) {
    var destinations =
        new Destinations(new SystemResolver(base.vertx()), settings.allowedNetworks());
    return new EventAssembly(
        settings,
        new EventParts(
            new EndpointStore(pools, listeners, base.clock()),
            new DeliveryStore(pools),
            destinations,
            base.secrets()),
        new EventDelivery.Parts(
            base.vertx(),
            new DeliveryQueue(pools),
            listeners,
            destinations,
            new HttpClientOptions(),
            base.clock(),
            base.registry()));
  }

  EventParts parts() {
    return parts;
  }

  /** What is to be done over and over. */
  List<Chore> chores() {
    return List.of(
        new FanOut(delivery.queue(), delivery.listeners(), delivery.clock()).chore(),
        new FreshDeliveries(delivery.queue(), delivery.listeners(), delivery.clock()).chore());
  }

  void start(List<Dialect> dialects) {
    Map<String, Courier> couriers = new HashMap<>();
    dialects.forEach(
        dialect -> dialect.courier().ifPresent(own -> couriers.put(dialect.name(), own)));
    running = Optional.of(EventDelivery.start(delivery, couriers, settings));
  }

  Future<Void> stop() {
    delivery.listeners().stop();
    return running.map(EventDelivery::stop).orElseGet(Future::succeededFuture);
  }
}
