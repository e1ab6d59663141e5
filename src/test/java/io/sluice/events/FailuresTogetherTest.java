package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.events.Circuits;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.Delivery.Answer;
import io.sluice.store.events.EndpointStats;
import io.sluice.store.events.Outcome;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of attempts that failed, when several are stored at the price of one. */
class FailuresTogetherTest extends EventDeliveries {
  private static final SettableClock CLOCK = SettableClock.atPresent();

  FailuresTogetherTest() {
    super(CLOCK);
  }

  private List<Claim> claims(UUID endpoint, int count) {
    IntStream.range(0, count).forEach(i -> happen(tenant, "x" + i));
    return claim(endpoint, count);
  }

  /** Some are to be tried again, each at a time of its own, and some are not. */
  private Outcome failed(Claim claim, int number) {
    var answer =
        new Answer(Optional.of(500 + number), Optional.of("b"), Optional.of("c"), Optional.empty());
    return number % 3 == 1
        ? new Failed.GivenUp(claim, answer)
        : new Failed.Later(claim, answer, now().plusSeconds(60 + number));
  }

  private List<Outcome> failed(List<Claim> claims) {
    return IntStream.range(0, claims.size()).mapToObj(i -> failed(claims.get(i), i)).toList();
  }

  /** All that is told of an endpoint, but for ids. */
  private List<String> state(UUID endpoint) {
    String circuit =
        IntStream.rangeClosed(1, 20)
            .filter(
                failures ->
                    count(
                            "event_circuit WHERE failures = "
                                + failures
                                + " AND endpoint_id = '"
                                + endpoint
                                + "'")
                        == 1)
            .mapToObj(failures -> failures + " failures")
            .findFirst()
            .orElse("");
    EndpointStats stats =
        Await.result(deliveries.stats(tenant, DIALECT, now())).stream()
            .filter(each -> each.endpoint().equals(endpoint))
            .findFirst()
            .orElseThrow();
    List<Delivery> all =
        Await.result(deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), 100));
    String told = circuit + stats.failures() + stats.lastAttemptAt() + stats.brokenUntil();
    return Stream.concat(
            Stream.of(told),
            all.stream()
                .map(each -> each.status() + " " + each.dueAt() + each.last() + each.updatedAt())
                .sorted())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "4,4", "5,1", "8,3", "2,8"})
  void areWhatTheyWouldBeOneAfterTheOther(int first, int second) {
    // Given one endpoint whose failures are stored one by one
    UUID single = endpoint(tenant, receiver.url());
    UUID several = endpoint(tenant, receiver.url());
    for (int count : List.of(first, second)) {
      List<Claim> some = claims(single, count);
      failed(some).forEach(each -> Await.result(queue.finish(List.of(each), now())));

      // When
      Await.result(queue.finish(failed(claims(several, count)), now()));

      // Then
      assertThat(state(several)).isEqualTo(state(single));
      CLOCK.advance(Duration.ofSeconds(11));
    }
  }

  @Test
  void areStoredTogetherThatFailAtOnce() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    List<Outcome> failed = failed(claims(endpoint, 8));
    var receipts = new Receipts(vertx, queue, Clock.systemUTC());
    Promise<Void> stored = Promise.promise();

    // When
    vertx.runOnContext(
        here ->
            Future.all(failed.stream().map(receipts::store).toList())
                .<Void>mapEmpty()
                .onComplete(stored));

    // Then
    Await.result(stored.future());
    List<Delivery> all =
        Await.result(deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), 100));
    assertThat(all).hasSize(8).allMatch(each -> each.last().status().isPresent());
    assertThat(all.stream().map(Delivery::updatedAt).distinct()).hasSize(1);
  }

  @Test
  void leaveNothingOfACircuitBesideWhatWasTaken() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    List<Claim> claims = claims(endpoint, 2);
    Outcome taken = new Taken(claims.get(0), nothing());

    // When
    Await.result(queue.finish(List.of(taken, failed(claims.get(1), 0)), now()));

    // Then
    assertThat(count("event_circuit")).isZero();
    EndpointStats stats = Await.result(deliveries.stats(tenant, DIALECT, now())).getFirst();
    assertThat(stats.successes()).isOne();
    assertThat(stats.failures()).isOne();
  }

  @Test
  void leaveNothingToWhoeverFoundTheReceiverBefore() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    List<Claim> claims = claims(endpoint, Circuits.MOST_FAILURES);
    Await.result(queue.finish(failed(claims), now()));

    // When
    List<Claim> more = claims(endpoint, 1);

    // Then
    assertThat(more).isEmpty();
    CLOCK.advance(Circuits.FIRST_BREAK);
    assertThat(claims(endpoint, 1)).hasSize(1);
  }
}
