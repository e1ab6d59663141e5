package io.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CostlyChecksTest {
  private static final int PLACES = 8;
  private static final ClientAddress HERE = ClientAddress.of("10.0.0.1");

  private final Vertx vertx = Vertx.vertx();
  private final CostlyChecks checks = new CostlyChecks(vertx, "checks-test", 1, PLACES);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    Await.result(vertx.close());
  }

  private Future<String> ask(ClientAddress address, String answer, List<String> order) {
    return checks.run(
        address,
        () -> {
          gate.await();
          order.add(answer);
          return answer;
        });
  }

  private List<Future<String>> crowd(List<String> order) {
    var asked = new ArrayList<Future<String>>();
    for (int i = 0; i < 10 * PLACES; i++) {
      asked.add(ask(ClientAddress.of("10.1.0." + i), "stranger", order));
    }
    return asked;
  }

  @Test
  void keepsPlacesForAddressesThatWereRightHoweverManyStrangersThereAre() {
    // Given
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    checks.know(HERE);
    crowd(order);

    // When
    Future<String> known = ask(HERE, "known", order);

    // Then
    gate.countDown();
    assertThat(Await.result(known)).isEqualTo("known");
    assertThat(order).contains("known");
  }

  @Test
  void refusesAStrangerWhenAllPlacesAreTaken() {
    // Given
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    crowd(order);

    // When
    Future<String> asked = ask(HERE, "late", order);

    // Then
    assertThatThrownBy(() -> Await.result(asked)).hasCauseInstanceOf(AccessBusy.class);
    assertThat(checks.underWay()).isEqualTo(PLACES);
  }

  @Test
  void servesAddressesInTurn() {
    // Given: one address has three calls waiting behind the first one of all
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    ClientAddress greedy = ClientAddress.of("10.2.0.1");
    var all = new ArrayList<Future<String>>();
    for (int i = 0; i < 4; i++) {
      all.add(ask(greedy, "greedy", order));
    }

    // When
    all.add(ask(HERE, "other", order));

    // Then
    gate.countDown();
    all.forEach(Await::result);
    assertThat(order.indexOf("other")).isLessThanOrEqualTo(2);
    assertThat(checks.underWay()).isZero();
  }

  @Test
  void givesThePlaceBackOfWhatFails() {
    // When
    Future<String> failed =
        checks.run(
            HERE,
            () -> {
              throw new IllegalStateException("no");
            });

    // Then
    assertThatThrownBy(() -> Await.result(failed)).hasMessageContaining("no");
    assertThat(checks.underWay()).isZero();
  }
}
