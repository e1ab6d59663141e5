package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KnownTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);

  private final Map<String, Integer> stored = new HashMap<>(Map.of("a", 1, "b", 2));
  private final List<Set<String>> asked = new ArrayList<>();
  private final List<Promise<Map<String, Integer>>> answers = new ArrayList<>();
  private final Known<String, Integer> known =
      new Known<>(
          100,
          (tenant, keys) -> {
            asked.add(new TreeSet<>(keys));
            Promise<Map<String, Integer>> answer = Promise.promise();
            answers.add(answer);
            return answer.future();
          });

  @Test
  void findsWhatThereIs() {
    // Given
    Future<Map<String, Integer>> found = known.find(TENANT, List.of("a", "x"));

    // When
    answer(0);

    // Then
    assertThat(found.result()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void keepsWhatWasFoundAndAsksForTheRestAgain() {
    // Given
    known.find(TENANT, List.of("a", "x"));
    answer(0);

    // When
    known.find(TENANT, List.of("a", "x"));

    // Then
    assertThat(asked).containsExactly(Set.of("a", "x"), Set.of("x"));
  }

  @Test
  void keepsTenantsApart() {
    // Given
    known.find(TENANT, "a");
    answer(0);

    // When
    known.find(OTHER, "a");

    // Then
    assertThat(asked).hasSize(2);
  }

  @Test
  void sharesOneLookUpAmongAllWhoAskAtOnce() {
    // Given
    List<Future<Optional<Integer>>> found = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      found.add(known.find(TENANT, "a"));
    }

    // When
    answer(0);

    // Then
    assertThat(asked).containsExactly(Set.of("a"));
    assertThat(found).allSatisfy(each -> assertThat(each.result()).contains(1));
  }

  @Test
  void asksOnlyForWhatNobodyIsAskingFor() {
    // Given
    known.find(TENANT, "a");

    // When
    Future<Map<String, Integer>> both = known.find(TENANT, List.of("a", "b"));
    answer(1);
    answer(0);

    // Then
    assertThat(asked).containsExactly(Set.of("a"), Set.of("b"));
    assertThat(both.result()).isEqualTo(Map.of("a", 1, "b", 2));
  }

  @Test
  void doesNotTakeAnEarlierLookUpsWordForAbsence() {
    // Given one that looked before "c" came into being, and is slow to say so
    known.find(TENANT, "c");
    Map<String, Integer> before = Map.copyOf(stored);
    stored.put("c", 3);

    // When
    Future<Optional<Integer>> later = known.find(TENANT, "c");
    answers.get(0).complete(before);
    answer(1);

    // Then
    assertThat(later.result()).contains(3);
  }

  @Test
  void tellsAllWhoAskedOfAFailureAndKeepsNone() {
    // Given
    Future<Optional<Integer>> first = known.find(TENANT, "a");
    Future<Optional<Integer>> second = known.find(TENANT, "a");
    answers.get(0).fail("down");

    // When
    Future<Optional<Integer>> third = known.find(TENANT, "a");
    answer(1);

    // Then
    assertThat(List.of(first, second)).allSatisfy(each -> assertThat(each.failed()).isTrue());
    assertThat(third.result()).contains(1);
  }

  @Test
  void countsAKeyThatIsNamedTwiceOnce() {
    // Given
    Future<Map<String, Integer>> found = known.find(TENANT, List.of("a", "a"));

    // When
    answer(0);

    // Then
    assertThat(asked).containsExactly(Set.of("a"));
    assertThat(found.result()).isEqualTo(Map.of("a", 1));
  }

  /** Answers what was asked as the store would by now. */
  private void answer(int index) {
    Map<String, Integer> found = new HashMap<>(stored);
    found.keySet().retainAll(asked.get(index));
    answers.get(index).complete(found);
  }
}
