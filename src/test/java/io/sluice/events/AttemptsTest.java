package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.store.events.Claim;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.EndpointStatus;
import io.sluice.testing.Await;
import io.sluice.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many a receiver is sent on one place, one after the other. */
class AttemptsTest extends EventDeliveries {
  private static final Duration ALWAYS = Duration.ofDays(1);

  private final Context context = vertx.getOrCreateContext();

  AttemptsTest() {
    super(Clock.systemUTC());
  }

  private Attempts attempts(Duration quick) {
    var destinations =
        new Destinations(
            (asker, host) -> Future.succeededFuture(List.of(address)),
            settings(Map.of()).allowedNetworks());
    var registry = new SimpleMeterRegistry();
    var clock = Clock.systemUTC();
    return new Attempts(
        vertx,
        queue,
        new Sender(vertx, destinations, new HttpClientOptions(), 8, registry),
        new EventMetrics(registry, Set.of(DIALECT), clock),
        clock,
        quick);
  }

  private List<Claim> claims(UUID endpoint, int count) {
    IntStream.range(0, count).forEach(i -> happen(tenant, "x" + i));
    return claim(endpoint, count);
  }

  private Future<Void> begin(Attempts attempts, List<Claim> claims) {
    Promise<Void> sent = Promise.promise();
    context.runOnContext(here -> attempts.send(Ways.PATIENT, claims).onComplete(sent));
    return sent.future();
  }

  private void send(Attempts attempts, List<Claim> claims) {
    Await.result(begin(attempts, claims));
  }

  @Test
  void areOneUntilAReceiverHasAnsweredQuickly() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    Attempts attempts = attempts(ALWAYS);
    int before = attempts.eachPlace(endpoint);

    // When
    send(attempts, claims(endpoint, 1));

    // Then
    assertThat(before).isOne();
    assertThat(attempts.eachPlace(endpoint)).isEqualTo(Attempts.BUNDLE);
  }

  @Test
  void areOneWhereAReceiverTakesItsTime() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    Attempts attempts = attempts(Duration.ZERO);

    // When
    send(attempts, claims(endpoint, 1));

    // Then
    assertThat(attempts.eachPlace(endpoint)).isOne();
  }

  @Test
  void endWithAnAnswerThatIsNotGood() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    Attempts attempts = attempts(ALWAYS);
    receiver.does(
        request -> {
          if (receiver.heard().size() < 2) {
            Receiver.thank(request);
          } else {
            Receiver.fail(request);
          }
        });
    List<Claim> claims = claims(endpoint, Attempts.BUNDLE);

    // When
    send(attempts, claims);

    // Then what was not attempted is as it was
    assertThat(receiver.heard()).hasSize(2);
    assertThat(attempts.eachPlace(endpoint)).isOne();
    assertThat(count("event_delivery WHERE status = 0 AND attempts = 0"))
        .isEqualTo(Attempts.BUNDLE - 2);
    assertThat(claim(endpoint, 9))
        .extracting(Claim::id)
        .contains(claims.get(2).id(), claims.get(3).id());
  }

  @Test
  void endWithAnAnswerThatIsSlow() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());

    // When
    send(attempts(Duration.ZERO), claims(endpoint, Attempts.BUNDLE));

    // Then
    assertThat(receiver.heard()).hasSize(1);
    assertThat(count("event_delivery WHERE status = 2")).isOne();
    assertThat(count("event_delivery WHERE status = 0 AND attempts = 0"))
        .isEqualTo(Attempts.BUNDLE - 1);
  }

  /** Nobody else could send them until then. */
  @Test
  void endWhileAnAnswerIsWaitedFor() {
    // Given a receiver that was quick, and hangs
    UUID endpoint = endpoint(tenant, receiver.url());
    var open = new CopyOnWriteArrayList<HttpServerRequest>();
    receiver.does(open::add);

    // When
    Future<Void> sent = begin(attempts(Duration.ofMillis(1)), claims(endpoint, Attempts.BUNDLE));

    // Then
    Waiting.until(
        () -> count("event_delivery WHERE status = 0 AND attempts = 0") == Attempts.BUNDLE - 1);
    Waiting.until(() -> !open.isEmpty());
    assertThat(sent.isComplete()).isFalse();
    open.forEach(Receiver::thank);
    Await.result(sent);
    assertThat(receiver.heard()).hasSize(1);
    assertThat(count("event_delivery WHERE status = 2")).isOne();
  }

  @Test
  void endWhenTheGatewayStops() {
    // Given
    Attempts attempts = attempts(ALWAYS);
    var open = new CopyOnWriteArrayList<HttpServerRequest>();
    receiver.does(open::add);
    UUID endpoint = endpoint(tenant, receiver.url());
    Future<Void> sent = begin(attempts, claims(endpoint, Attempts.BUNDLE));
    Waiting.until(() -> !open.isEmpty());

    // When
    context.runOnContext(here -> attempts.stop());

    // Then
    Waiting.until(
        () -> count("event_delivery WHERE status = 0 AND attempts = 0") == Attempts.BUNDLE - 1);
    open.forEach(Receiver::thank);
    Await.result(sent);
    assertThat(receiver.heard()).hasSize(1);
  }

  @Test
  void givesNothingBackThatOthersHaveTakenOver() {
    // Given a claim whose time is over
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    var due = new Due(tenant, endpoint, DIALECT, false, Instant.MIN);
    List<Claim> late = Await.result(queue.claim(due, 9, now(), now().minusSeconds(1)));
    assertThat(claim(endpoint, 9)).hasSize(1);

    // When
    Await.result(queue.giveBack(late, now()));

    // Then
    assertThat(count("event_delivery WHERE status = 1 AND attempts = 2")).isOne();
  }

  @Test
  void leaveAloneWhatHasEndedMeanwhile() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    List<Claim> claims = claims(endpoint, 2);
    Await.result(
        endpoints.change(
            tenant, DIALECT, endpoint, old -> old.withStatus(EndpointStatus.ARCHIVED)));

    // When
    Await.result(queue.giveBack(claims, now()));

    // Then
    assertThat(count("event_delivery WHERE status = 3 AND attempts = 1")).isEqualTo(2);
  }

  @Test
  void goOneAfterTheOther() {
    // Given
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    receiver.does(
        request -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          vertx.setTimer(
              5,
              later -> {
                open.decrementAndGet();
                Receiver.thank(request);
              });
        });
    UUID endpoint = endpoint(tenant, receiver.url());

    // When
    send(attempts(ALWAYS), claims(endpoint, Attempts.BUNDLE));

    // Then
    assertThat(most).hasValue(1);
    assertThat(receiver.bodies())
        .containsExactlyElementsOf(
            IntStream.range(0, Attempts.BUNDLE).mapToObj(i -> "x" + i).toList());
    assertThat(count("event_delivery WHERE status = 2")).isEqualTo(Attempts.BUNDLE);
  }

  @Test
  void takeOnePlaceWhereThatIsEnough() {
    // Given a receiver whose answer takes less than a twentieth of what counts as quick
    UUID endpoint = endpoint(tenant, receiver.url());
    Attempts attempts = attempts(ALWAYS);
    int before = attempts.places(endpoint, 20, 8);

    // When
    send(attempts, claims(endpoint, 1));

    // Then
    assertThat(before).isEqualTo(8);
    assertThat(attempts.places(endpoint, 20, 8)).isOne();
  }

  @Test
  void takeAllPlacesWhereAReceiverTakesItsTime() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    Attempts attempts = attempts(Duration.ZERO);

    // When
    send(attempts, claims(endpoint, 1));

    // Then
    assertThat(attempts.places(endpoint, 20, 8)).isEqualTo(8);
    assertThat(attempts.places(endpoint, 3, 8)).isEqualTo(3);
  }

  @Test
  void areDividedAmongPlaces() {
    // Given
    List<Claim> claims = claims(endpoint(tenant, receiver.url()), 6);

    // When
    List<List<Claim>> bundles = Attempts.bundles(claims, 4);

    // Then
    assertThat(bundles)
        .containsExactly(claims.subList(0, 2), claims.subList(2, 4), claims.subList(4, 6));
    assertThat(Attempts.bundles(claims, 8)).hasSize(6);
    assertThat(Attempts.bundles(List.of(), 4)).isEmpty();
  }
}
