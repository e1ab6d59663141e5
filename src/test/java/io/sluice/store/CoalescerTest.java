package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private final List<Collection<Integer>> queries = new ArrayList<>();
  private final List<Promise<Map<Integer, String>>> answers = new ArrayList<>();
  private final Coalescer<String, Integer, String> coalescer = new Coalescer<>(this::query);

  private Future<Map<Integer, String>> query(String group, Collection<Integer> keys) {
    queries.add(List.copyOf(keys));
    answers.add(Promise.promise());
    return answers.getLast().future();
  }

  private void answer(int query) {
    answers
        .get(query)
        .complete(queries.get(query).stream().collect(Collectors.toMap(k -> k, k -> "v" + k)));
  }

  @Test
  void aLoneLookUpIsSentAtOnce() {
    // Given
    var found = coalescer.find("g", List.of(1));

    // When
    answer(0);

    // Then
    assertThat(found.result()).containsEntry(1, "v1");
  }

  @Test
  void lookUpsThatMeetRunningQueriesShareTheNextOne() {
    // Given
    coalescer.find("g", List.of(1));
    coalescer.find("g", List.of(2));
    var third = coalescer.find("g", List.of(3, 4));
    var fourth = coalescer.find("g", List.of(4, 5));
    assertThat(queries).hasSize(2);

    // When
    answer(0);

    // Then
    assertThat(queries.get(2)).containsExactly(3, 4, 5);
    answer(2);
    assertThat(third.result()).containsKeys(3, 4);
    assertThat(fourth.result()).containsKeys(4, 5);
  }

  @Test
  void groupsDoNotWaitForOneAnother() {
    // Given
    coalescer.find("g", List.of(1));
    coalescer.find("g", List.of(2));

    // When
    coalescer.find("h", List.of(3));

    // Then
    assertThat(queries).hasSize(3);
  }

  @Test
  void aFailureReachesEverybodyWhoSharedTheQueryAndNobodyElse() {
    // Given
    coalescer.find("g", List.of(1));
    coalescer.find("g", List.of(2));
    var third = coalescer.find("g", List.of(3));
    var fourth = coalescer.find("g", List.of(4));
    answer(0);

    // When
    answers.get(2).fail("broken");

    // Then
    assertThat(third.cause()).hasMessage("broken");
    assertThat(fourth.cause()).hasMessage("broken");
    var fifth = coalescer.find("g", List.of(5));
    answer(3);
    assertThat(fifth.succeeded()).isTrue();
  }

  @Test
  void everybodyGoesOnWhereTheyAskedWhoeverFindsTheAnswer() {
    // Given
    Vertx vertx = Vertx.vertx();
    try {
      coalescer.find("g", List.of(1));
      coalescer.find("g", List.of(2));
      Context asking = vertx.getOrCreateContext();
      Promise<Void> asked = Promise.promise();
      Promise<Context> wentOn = Promise.promise();
      asking.runOnContext(
          now -> {
            coalescer.find("g", List.of(3)).map(found -> Vertx.currentContext()).onComplete(wentOn);
            asked.complete();
          });
      Await.result(asked.future());

      // When
      answer(0);
      answer(2);

      // Then
      assertThat(Await.result(wentOn.future())).isSameAs(asking);
    } finally {
      Await.result(vertx.close());
    }
  }

  @Test
  void aQueryThatCannotEvenBeSentStopsNobodyElse() {
    // Given
    var failing =
        new Coalescer<String, Integer, String>(
            (group, keys) -> {
              throw new IllegalStateException("closed");
            });

    // When
    var found = Stream.of(1, 2, 3).map(key -> failing.find("g", List.of(key))).toList();

    // Then
    assertThat(found).allSatisfy(each -> assertThat(each.cause()).hasMessage("closed"));
  }
}
