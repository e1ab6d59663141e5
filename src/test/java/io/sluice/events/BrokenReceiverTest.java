package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.events.Circuits;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStats;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.SettableClock;
import io.sluice.testing.Waiting;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that fails again and again is left alone for a while, which costs nobody anything. */
class BrokenReceiverTest extends EventDeliveries {
  private static final int MOST = Circuits.MOST_FAILURES;

  /** So many are sent before it is known that one of them has failed. */
  private static final Map<String, String> ONE_BY_ONE =
      Map.of("events.maxConcurrentPerEndpoint", "1");

  private static final Ways STUBBORN = new Ways(Patience.LIMIT, 1_000);

  private static final SettableClock CLOCK = SettableClock.atPresent();

  BrokenReceiverTest() {
    super(CLOCK);
  }

  private UUID broken() {
    receiver.does(Receiver::fail);
    UUID endpoint = endpoint(tenant, receiver.url());
    IntStream.range(0, 20).forEach(i -> happen(tenant, "x" + i));
    start(STUBBORN, settings(ONE_BY_ONE));
    Waiting.until(() -> brokenUntil().isPresent());
    return endpoint;
  }

  private Optional<Duration> brokenUntil() {
    return Await.result(deliveries.stats(tenant, DIALECT, now())).stream()
        .map(EndpointStats::brokenUntil)
        .flatMap(Optional::stream)
        .map(until -> Duration.between(now(), until))
        .findFirst();
  }

  /** Lets the gateways look for what is due several times, and deliver it. */
  private void letOthersHearSomething() {
    TenantId other = ledger.newTenant(UUID.randomUUID().toString());
    Receiver well = Receiver.start(vertx);
    UUID endpoint = endpoint(other, well.url());
    for (int i = 0; i < 3; i++) {
      happen(other, "y" + i);
      awaitEnd(other, endpoint);
    }
    assertThat(well.bodies()).hasSize(3);
  }

  @Test
  void getsNothingForAWhileAfterSeveralFailuresInARow() {
    // Given
    broken();

    // When
    letOthersHearSomething();

    // Then
    assertThat(brokenUntil()).contains(Circuits.FIRST_BREAK);
    assertThat(receiver.heard()).hasSize(MOST);
  }

  @Test
  void getsOneAttemptAfterTheWhileAndThenIsLeftAloneForLonger() {
    // Given
    broken();
    CLOCK.advance(Circuits.FIRST_BREAK);

    // When
    Waiting.until(() -> receiver.heard().size() > MOST && brokenUntil().isPresent());

    // Then
    letOthersHearSomething();
    assertThat(receiver.heard()).hasSize(MOST + 1);
    assertThat(brokenUntil()).contains(Circuits.FIRST_BREAK.multipliedBy(2));
  }

  @Test
  void isNeverLeftAloneForLongerThanTheLongestBreak() {
    // Given
    broken();

    // When
    for (int i = 1; i <= 8; i++) {
      CLOCK.advance(Circuits.LONGEST_BREAK);
      int heard = MOST + i;
      Waiting.until(() -> receiver.heard().size() == heard && brokenUntil().isPresent());
    }

    // Then
    assertThat(brokenUntil()).contains(Circuits.LONGEST_BREAK);
  }

  @Test
  void getsEverythingOnceItIsBack() {
    // Given
    UUID endpoint = broken();
    receiver.does(Receiver::thank);

    // When
    CLOCK.advance(Circuits.FIRST_BREAK);

    // Then
    awaitEnd(endpoint);
    assertThat(brokenUntil()).isEmpty();
    assertThat(receiver.bodies().stream().distinct()).hasSize(20);
    assertThat(receiver.bodies()).hasSize(MOST + 20);
  }

  @Test
  void isTriedByOneAttemptAtATimeThatHangs() {
    // Given a receiver on trial that no longer even answers
    broken();
    var open = new CopyOnWriteArrayList<HttpServerRequest>();
    receiver.does(open::add);
    start(STUBBORN);
    CLOCK.advance(Circuits.FIRST_BREAK);
    Waiting.until(() -> !open.isEmpty());

    // When
    letOthersHearSomething();

    // Then each of the two gateways tries one
    assertThat(open.size()).isLessThanOrEqualTo(2);
    receiver.does(Receiver::thank);
    open.forEach(Receiver::thank);
  }

  @ParameterizedTest
  @ValueSource(strings = {"changed", "retried", "resent"})
  void isTriedAtOnceWhenItsOwnerSaysSo(String how) {
    // Given
    UUID endpoint = broken();
    receiver.does(Receiver::thank);
    UUID delivery = delivery(tenant, endpoint).id();

    // When
    say(how, endpoint, delivery, receiver.url() + "/new");

    // Then
    awaitEnd(endpoint);
    assertThat(brokenUntil()).isEmpty();
  }

  /** Or whoever asks in a loop would have a dead receiver sent everything, over and over. */
  @ParameterizedTest
  @ValueSource(strings = {"changed", "retried", "resent"})
  void getsOneAttemptHoweverOftenItsOwnerSaysSo(String how) {
    // Given
    UUID endpoint = broken();
    UUID delivery = delivery(tenant, endpoint).id();

    // When
    for (int i = 0; i < 3; i++) {
      say(how, endpoint, delivery, receiver.url() + "?" + i);
      letOthersHearSomething();
    }

    // Then
    assertThat(receiver.heard()).hasSize(MOST + 1);
    assertThat(brokenUntil()).contains(Circuits.TRIAL_PAUSE);
    CLOCK.advance(Circuits.TRIAL_PAUSE);
    Waiting.until(() -> receiver.heard().size() > MOST + 1 && brokenUntil().isPresent());
    assertThat(receiver.heard()).hasSize(MOST + 2);
    assertThat(brokenUntil()).contains(Circuits.FIRST_BREAK.multipliedBy(4));
  }

  private void say(String how, UUID endpoint, UUID delivery, String url) {
    ledger
        .testDatabase()
        .execute(
            "UPDATE event_delivery SET status = 3, due_at = NULL WHERE id = '" + delivery + "'");
    switch (how) {
      case "changed" ->
          Await.result(endpoints.change(tenant, DIALECT, endpoint, old -> withUrl(old, url)));
      case "retried" ->
          assertThat(Await.result(deliveries.retry(tenant, delivery, now()))).isTrue();
      default ->
          assertThat(Await.result(deliveries.resend(tenant, delivery, UUID.randomUUID(), now())))
              .isTrue();
    }
  }

  private static Endpoint withUrl(Endpoint old, String url) {
    return new Endpoint(
        old.tenant(),
        old.id(),
        old.dialect(),
        old.status(),
        url,
        old.types(),
        old.secret(),
        old.detail(),
        old.createdAt(),
        old.updatedAt());
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    // Given a receiver that thanks for every third
    receiver.does(
        request -> {
          if (receiver.heard().size() % 3 == 0) {
            Receiver.thank(request);
          } else {
            Receiver.fail(request);
          }
        });
    UUID endpoint = endpoint(tenant, receiver.url());
    IntStream.range(0, 10).forEach(i -> happen(tenant, "x" + i));

    // When
    start(STUBBORN, settings(ONE_BY_ONE));

    // Then
    awaitEnd(endpoint);
    assertThat(receiver.heard()).hasSize(30);
  }
}
