package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Courier;
import io.sluice.ledger.Event;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.DeliveryQueue.Served;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.store.events.EndpointStats;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between a due delivery and its end, with real receivers on loopback. */
class EventDeliveryTest extends EventDeliveries {
  EventDeliveryTest() {
    super(Clock.systemUTC());
  }

  @Test
  void deliversTheBytesOfAnEventWithTheHeadersOfItsDialect() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url() + "?a=b");
    Event event = happen(tenant, "{\"ü\":1}");

    // When
    start(Ways.PATIENT);

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(1);
    assertThat(delivery.last().status()).contains(204);
    Receiver.Heard heard = receiver.heard().getFirst();
    assertThat(heard.path()).isEqualTo("/hook?a=b");
    assertThat(heard.body()).isEqualTo("{\"ü\":1}");
    assertThat(heard.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(heard.headers().get("Signed")).startsWith(event.id() + "/");
    assertThat(heard.headers().get("Host")).isEqualTo("127.0.0.1:" + receiver.port());
  }

  @Test
  void triesAgainUntilTheReceiverIsBack() {
    // Given
    var failures = new AtomicInteger(2);
    receiver.does(
        request -> {
          if (failures.getAndDecrement() > 0) {
            Receiver.fail(request);
          } else {
            Receiver.thank(request);
          }
        });
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    start(Ways.PATIENT);

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(3);
    assertThat(receiver.bodies()).containsExactly("x", "x", "x");
    EndpointStats stats = Await.result(deliveries.stats(tenant, DIALECT, now())).getFirst();
    assertThat(stats.successes()).isEqualTo(1);
    assertThat(stats.failures()).isEqualTo(2);
    assertThat(stats.pending()).isZero();
  }

  @Test
  void givesUpAfterTheLastAttemptAndKeepsWhatWasHeard() {
    // Given
    receiver.does(Receiver::fail);
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    start(new Ways(Patience.LIMIT, 2));

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().status()).contains(500);
    assertThat(delivery.last().body()).contains("out of order");
    assertThat(delivery.last().errorCode()).contains("consumer_response_status");
    assertThat(receiver.bodies()).hasSize(2);
  }

  @Test
  void waitsNoLongerThanTheDialectSaysForOneThatHangs() {
    // Given
    receiver.does(Receiver::hang);
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    start(new Ways(Duration.ofMillis(200), 1));

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().errorCode()).contains("consumer_response_timeout");
  }

  /** Whose receivers cannot be reached must not have the gateway sign for nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1"})
  void signsNothingForWhoCannotBeReached(String leadsTo) {
    // Given a port at which nobody listens, or an address that is refused
    UUID endpoint = endpoint(tenant, "http://127.0.0.1:1/hook");
    happen(tenant, "x");
    address = InetAddress.ofLiteral(leadsTo);
    var signatures = new AtomicInteger();

    // When
    start(
        new Courier() {
          @Override
          public Duration timeout() {
            return Patience.LIMIT;
          }

          @Override
          public Optional<Duration> pauseAfter(int attempts) {
            return attempts < 3 ? Optional.of(Duration.ZERO) : Optional.empty();
          }

          @Override
          public Future<Map<String, String>> headers(Message message) {
            signatures.incrementAndGet();
            return Future.succeededFuture(Map.of());
          }
        });

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.attempts()).isEqualTo(3);
    assertThat(delivery.last().status()).isEmpty();
    assertThat(signatures).hasValue(0);
  }

  @Test
  void doesNotFollowRedirects() {
    // Given
    Receiver other = Receiver.start(vertx);
    receiver.does(
        request -> request.response().setStatusCode(307).putHeader("Location", other.url()).end());
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    start(new Ways(Patience.LIMIT, 1));

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().status()).contains(307);
    assertThat(other.heard()).isEmpty();
  }

  @Test
  void doesNotConnectToAnAddressThatIsNoLongerPublic() {
    // Given an endpoint whose name leads elsewhere after it was made
    UUID endpoint = endpoint(tenant, "http://hooks.example.org:" + receiver.port() + "/");
    address = InetAddress.ofLiteral("127.0.0.2");
    happen(tenant, "x");

    // When
    start(new Ways(Patience.LIMIT, 2), settings(Map.of("events.allowedNetworks", "127.0.0.1/32")));

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().errorCode()).contains("url_refused");
    assertThat(receiver.heard()).isEmpty();

    // And when it is back
    address = InetAddress.ofLiteral("127.0.0.1");
    assertThat(Await.result(deliveries.retry(tenant, delivery.id(), now()))).isTrue();
    assertThat(awaitEnd(endpoint).status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(receiver.heard().getFirst().headers().get("Host")).startsWith("hooks.example.org");
  }

  @Test
  void keepsOnlyTheBeginningOfALongAnswer() {
    // Given
    receiver.does(request -> request.response().end("a".repeat(1 << 20)));
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    start(Ways.PATIENT);

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivery.last().body()).contains("a".repeat(4_096));
  }

  @Test
  void sendsAnEndpointNoMoreAtOnceThanItMayGet() {
    // Given
    var open = new CopyOnWriteArrayList<HttpServerRequest>();
    var most = new AtomicInteger();
    receiver.does(
        request -> {
          open.add(request);
          most.accumulateAndGet(open.size(), Math::max);
          if (open.size() == 2) {
            open.forEach(Receiver::thank);
            open.clear();
          }
        });
    UUID endpoint = endpoint(tenant, receiver.url());
    IntStream.range(0, 10).forEach(i -> happen(tenant, "x" + i));

    // When
    start(Ways.PATIENT, settings(Map.of("events.maxConcurrentPerEndpoint", "2")));

    // Then
    awaitEnd(endpoint);
    assertThat(most).hasValue(2);
    assertThat(receiver.bodies()).doesNotHaveDuplicates().hasSize(10);
  }

  @Test
  void oneTenantsDeadReceiverLeavesPlacesForOthers() {
    // Given
    Receiver dead = Receiver.start(vertx);
    dead.does(Receiver::hang);
    endpoint(tenant, dead.url());
    IntStream.range(0, 20).forEach(i -> happen(tenant, "lost" + i));
    TenantId other = ledger.newTenant("other");
    UUID alive = endpoint(other, receiver.url());
    IntStream.range(0, 5).forEach(i -> happen(other, "x" + i));
    var few = Map.of("events.maxConcurrent", "3", "events.maxConcurrentPerTenant", "2");

    // When
    start(new Ways(Duration.ofSeconds(2), 100), settings(few));

    // Then
    awaitEnd(other, alive);
    assertThat(Set.copyOf(receiver.bodies())).hasSize(5);
    assertThat(Await.result(deliveries.stats(tenant, DIALECT, now())).getFirst().pending())
        .isEqualTo(20);
  }

  @Test
  void gatewaysShareTheWorkAndLeaveNothing() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    List<String> sent = IntStream.range(0, 200).mapToObj(i -> "x" + i).toList();
    sent.forEach(body -> happen(tenant, body));

    // When
    start(Ways.PATIENT);
    start(Ways.PATIENT);

    // Then
    awaitEnd(endpoint);
    assertThat(receiver.bodies()).containsOnlyOnceElementsOf(sent).hasSize(200);
  }

  @Test
  void anEndpointWithALongQueueKeepsNoOtherWaiting() {
    // Given two gateways that send one at a time
    endpoint(tenant, receiver.url());
    IntStream.range(0, 100).forEach(i -> happen(tenant, "x" + i));
    TenantId other = ledger.newTenant("other");
    Receiver quiet = Receiver.start(vertx);
    var before = new AtomicInteger();
    quiet.does(
        request -> {
          before.set(receiver.heard().size());
          Receiver.thank(request);
        });
    UUID endpoint = endpoint(other, quiet.url());
    IntStream.range(0, 3).forEach(i -> happen(other, "y" + i));
    var one = Map.of("events.maxConcurrent", "1");

    // When
    start(Ways.PATIENT, settings(one));
    start(Ways.PATIENT, settings(one));

    // Then
    awaitEnd(other, endpoint);
    assertThat(before.get()).isLessThan(30);
  }

  @Test
  void takesOverWhatAKilledGatewayHadClaimed() {
    // Given a claim whose time is over
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    var due = new Due(tenant, endpoint, DIALECT, false, Instant.MIN);
    assertThat(Await.result(queue.claim(due, 10, now(), now().plusMillis(1)))).hasSize(1);

    // When
    start(Ways.PATIENT);

    // Then
    Delivery delivery = awaitEnd(endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(2);
  }

  @Test
  void leavesToOthersWhatTheyHaveClaimed() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    var due = new Due(tenant, endpoint, DIALECT, false, Instant.MIN);
    var claim = Await.result(queue.claim(due, 10, now(), now().plusSeconds(3_600))).getFirst();

    // When
    var again = Await.result(queue.claim(due, 10, now(), now().plusSeconds(3_600)));

    // Then
    assertThat(again).isEmpty();
    assertThat(Await.result(queue.due(Served.NOBODY, now()))).isEmpty();
    assertThat(Await.result(deliveries.retry(tenant, claim.id(), now()))).isFalse();
    Await.result(queue.finish(List.of(new Failed.GivenUp(claim, nothing())), now()));
    assertThat(delivery(tenant, endpoint).status()).isEqualTo(DeliveryStatus.FAILED);
    // And who comes too late changes nothing.
    Await.result(queue.finish(List.of(new Taken(claim, nothing())), now()));
    assertThat(delivery(tenant, endpoint).status()).isEqualTo(DeliveryStatus.FAILED);
  }

  @Test
  void storesTogetherWhatAnEndpointTakesAtOnce() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    IntStream.range(0, 8).forEach(i -> happen(tenant, "x" + i));
    var due = new Due(tenant, endpoint, DIALECT, false, Instant.MIN);
    List<Claim> claims = Await.result(queue.claim(due, 8, now(), now().plusSeconds(3_600)));
    var receipts = new Receipts(vertx, queue, Clock.systemUTC());
    Promise<Void> stored = Promise.promise();

    // When
    vertx.runOnContext(
        here ->
            Future.all(
                    claims.stream()
                        .map(each -> receipts.store(new Taken(each, nothing())))
                        .toList())
                .<Void>mapEmpty()
                .onComplete(stored));

    // Then
    Await.result(stored.future());
    List<Delivery> all =
        Await.result(
            deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), claims.size()));
    assertThat(all).hasSize(8).allMatch(each -> each.status() == DeliveryStatus.DELIVERED);
    assertThat(all.stream().map(Delivery::deliveredAt).distinct()).hasSize(1);
    EndpointStats stats = Await.result(deliveries.stats(tenant, DIALECT, now())).getFirst();
    assertThat(stats.successes()).isEqualTo(8);
  }

  @Test
  void deletesOnlyWhatEndedLongAgo() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "ended");
    var claim =
        Await.result(
                queue.claim(
                    new Due(tenant, endpoint, DIALECT, false, Instant.MIN),
                    1,
                    now(),
                    now().plusSeconds(9)))
            .getFirst();
    Await.result(queue.finish(List.of(new Taken(claim, nothing())), now()));
    happen(tenant, "open");
    delivery(tenant, endpoint);
    Instant later = now().plus(1, ChronoUnit.DAYS);
    happen(tenant, "fresh");
    ledger.testDatabase().execute("UPDATE event_fresh SET created_at = '" + later + "'");
    ledger
        .testDatabase()
        .execute("UPDATE event_delivery SET due_at = '" + later + "' WHERE due_at IS NOT NULL");

    // When
    boolean more = Await.result(queue.deleteEnded(tenant, later));

    // Then
    assertThat(more).isFalse();
    assertThat(Await.result(deliveries.find(tenant, DIALECT, claim.id()))).isEmpty();
    assertThat(count("event")).isEqualTo(2);
    assertThat(count("event_delivery")).isEqualTo(1);
    assertThat(count("event_fresh")).isEqualTo(1);
  }

  /** Whoever is left alone, or disabled, has nothing attempted that would end. */
  @Test
  void deletesWhatHasWaitedForSoLong() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    delivery(tenant, endpoint);
    happen(tenant, "fresh");

    // When
    Await.result(queue.deleteEnded(tenant, now().plus(1, ChronoUnit.DAYS)));

    // Then
    assertThat(count("event")).isZero();
    assertThat(count("event_fresh")).isZero();
    assertThat(count("event_delivery")).isZero();
  }

  @Test
  void anArchivedEndpointTakesItsOpenDeliveriesWithIt() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    Await.result(
        endpoints.change(
            tenant, DIALECT, endpoint, old -> old.withStatus(EndpointStatus.ARCHIVED)));

    // Then
    Delivery delivery = delivery(tenant, endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().errorCode()).contains("endpoint_archived");
    assertThat(Await.result(deliveries.retry(tenant, delivery.id(), now()))).isFalse();
    happen(tenant, "y");
    assertThat(count("event_delivery")).isEqualTo(1);
  }
}
