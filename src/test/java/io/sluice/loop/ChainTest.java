package io.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final IllegalStateException BROKEN = new IllegalStateException("broken");

  private static int broken(String any) {
    throw BROKEN;
  }

  @Test
  void goesOnAtOnceWithWhatIsThere() {
    // Given
    Future<String> there = Future.succeededFuture("four");

    // When
    Future<Integer> mapped = Chain.map(there, String::length);
    Future<Integer> composed =
        Chain.compose(there, text -> Future.succeededFuture(text.length() + 1));

    // Then
    assertThat(mapped.result()).isEqualTo(4);
    assertThat(composed.result()).isEqualTo(5);
  }

  @Test
  void goesOnWhenAnythingElseIsThere() {
    // Given
    Promise<String> later = Promise.promise();
    Future<Integer> mapped = Chain.map(later.future(), String::length);
    Future<Integer> composed =
        Chain.compose(later.future(), text -> Future.succeededFuture(text.length() + 1));

    // When
    later.complete("four");

    // Then
    assertThat(mapped.result()).isEqualTo(4);
    assertThat(composed.result()).isEqualTo(5);
  }

  @Test
  void failsAsWhatItWaitedFor() {
    // Given
    Future<String> failed = Future.failedFuture(BROKEN);

    // When
    Future<Integer> mapped = Chain.map(failed, String::length);
    Future<Integer> composed = Chain.compose(failed, text -> Future.succeededFuture(1));

    // Then
    assertThat(mapped.cause()).isSameAs(BROKEN);
    assertThat(composed.cause()).isSameAs(BROKEN);
  }

  @Test
  void failsWithWhatAStepThrowsWhetherThatWaitedOrNot() {
    // Given
    Future<String> there = Future.succeededFuture("four");
    Promise<String> later = Promise.promise();
    Future<Integer> waiting = Chain.map(later.future(), ChainTest::broken);

    // When
    later.complete("four");

    // Then
    assertThat(waiting.cause()).isSameAs(BROKEN);
    assertThat(Chain.map(there, ChainTest::broken).cause()).isSameAs(BROKEN);
    assertThat(Chain.compose(there, text -> Future.succeededFuture(broken(text))).cause())
        .isSameAs(BROKEN);
  }
}
