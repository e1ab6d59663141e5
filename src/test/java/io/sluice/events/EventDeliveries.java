package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.EventSettings;
import io.sluice.dialect.Courier;
import io.sluice.ledger.Event;
import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.DeliveryStore;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.EndpointStore;
import io.sluice.store.events.Listeners;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Patience;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Events that happen, real receivers on loopback, and gateways that deliver, over one database. */
abstract class EventDeliveries {
  static final String DIALECT = "test";

  private final Clock clock;
  final LedgerFixture ledger = new LedgerFixture();
  final TenantId tenant = ledger.tenant();
  final Vertx vertx = Vertx.vertx();
  final Listeners listeners = new Listeners(vertx, ledger.pools());
  final EndpointStore endpoints;
  final DeliveryStore deliveries = new DeliveryStore(ledger.pools());
  final DeliveryQueue queue = new DeliveryQueue(ledger.pools());
  private final List<EventDelivery> running = new ArrayList<>();
  final Receiver receiver = Receiver.start(vertx);

  /** Whose attempts have begun, in that order. */
  final List<TenantId> begun = new CopyOnWriteArrayList<>();

  volatile InetAddress address = InetAddress.ofLiteral("127.0.0.1");

  /** A dialect's ways: so many attempts, without a pause between them. */
  record Ways(Duration timeout, int attempts) implements Courier {
    static final Ways PATIENT = new Ways(Patience.LIMIT, 5);

    @Override
    public Optional<Duration> pauseAfter(int failed) {
      return failed < attempts ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    @Override
    public Future<Map<String, String>> headers(Message message) {
      return Future.succeededFuture(Map.of("Signed", message.event() + "/" + message.body()));
    }
  }

  EventDeliveries(Clock clock) {
    this.clock = clock;
    endpoints = new EndpointStore(ledger.pools(), listeners, clock);
  }

  @AfterEach
  void close() {
    running.forEach(delivery -> Await.result(delivery.stop()));
    listeners.stop();
    Await.result(vertx.close());
    ledger.close();
  }

  static Delivery.Answer nothing() {
    return new Delivery.Answer(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  long count(String table) {
    return Await.result(
            ledger.pools().lookUps().first("SELECT count(*) FROM " + table, row -> row.getLong(0)))
        .orElseThrow();
  }

  Instant now() {
    return clock.instant();
  }

  static EventSettings settings(Map<String, String> changes) {
    var all = new HashMap<>(Map.of("events.pollMs", "20", "events.allowedNetworks", "127.0.0.0/8"));
    all.putAll(changes);
    return EventSettings.SECTION.of(all);
  }

  void start(Courier courier) {
    start(courier, settings(Map.of()));
  }

  void start(Courier courier, EventSettings settings) {
    HostResolver resolver =
        (asker, host) -> {
          begun.add(asker);
          return Future.succeededFuture(List.of(address));
        };
    var parts =
        new EventDelivery.Parts(
            vertx,
            queue,
            listeners,
            new Destinations(resolver, settings.allowedNetworks()),
            new HttpClientOptions(),
            clock,
            new SimpleMeterRegistry());
    running.add(EventDelivery.start(parts, Map.of(DIALECT, courier), settings));
  }

  UUID endpoint(TenantId of, String url) {
    return endpoints(of, url, 1).getFirst();
  }

  /** Several that are made at once. */
  List<UUID> endpoints(TenantId of, String url, int count) {
    List<Endpoint> all = Stream.generate(() -> active(of, url)).limit(count).toList();
    assertThat(Await.result(Future.join(all.stream().map(endpoints::insert).toList())).list())
        .containsOnly(true);
    return all.stream().map(Endpoint::id).toList();
  }

  Endpoint active(TenantId of, String url) {
    return new Endpoint(
        of,
        ledger.ids().next(),
        DIALECT,
        EndpointStatus.ACTIVE,
        url,
        List.of(Endpoint.ALL_TYPES),
        Optional.empty(),
        "{}",
        now(),
        now());
  }

  Event happen(TenantId of, String body) {
    UUID id = ledger.ids().next();
    var event = new Event(id, DIALECT, "happened", id, body);
    Await.result(
        ledger
            .pools()
            .lookUps()
            .inTransaction(
                of, connection -> EventSql.insert(connection, of, List.of(event), now())));
    return event;
  }

  /** Of the tenant's, for longer than a test takes. */
  List<Claim> claim(UUID endpoint, int most) {
    var due = new Due(tenant, endpoint, DIALECT, false, Instant.MIN);
    return Await.result(queue.claim(due, most, now(), now().plusSeconds(3_600)));
  }

  Delivery awaitEnd(UUID endpoint) {
    return awaitEnd(tenant, endpoint);
  }

  /** Waits until nothing is open any more; the newest delivery. */
  Delivery awaitEnd(TenantId of, UUID endpoint) {
    Waiting.until(
        () ->
            Await.result(deliveries.stats(of, DIALECT, now())).stream()
                .allMatch(stats -> stats.pending() == 0));
    return delivery(of, endpoint);
  }

  Delivery delivery(TenantId of, UUID endpoint) {
    UUID id =
        Await.result(deliveries.list(of, endpoint, Optional.empty(), Optional.empty(), 1))
            .getFirst()
            .id();
    return Await.result(deliveries.find(of, DIALECT, id)).orElseThrow();
  }
}
