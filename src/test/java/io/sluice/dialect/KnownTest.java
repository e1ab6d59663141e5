package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);

  private final Map<String, Integer> stored = new HashMap<>(Map.of("a", 1, "b", 2));
  private final List<Set<String>> asked = new ArrayList<>();
  private final List<Promise<Map<String, Integer>>> answers = new ArrayList<>();
  private final Known<String, Integer> known = new Known<>(100, this::lookUp);

  private Future<Map<String, Integer>> lookUp(TenantId tenant, Collection<String> keys) {
    asked.add(new TreeSet<>(keys));
    Promise<Map<String, Integer>> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }

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

  @Test
  void keepsWhatMayChangeForAWhile() {
    // Given one that keeps for long and one that keeps for no time at all
    Known<String, Integer> slow = Known.forAWhile(100, Duration.ofDays(1), this::lookUp);
    Known<String, Integer> quick = Known.forAWhile(100, Duration.ZERO, this::lookUp);
    slow.find(TENANT, "a");
    answer(0);
    quick.find(TENANT, "b");
    answer(1);

    // When
    slow.find(TENANT, "a");
    quick.find(TENANT, "b");

    // Then
    assertThat(asked).containsExactly(Set.of("a"), Set.of("b"), Set.of("b"));
  }

  @Test
  void asksAgainForWhatItWasToldToForget() {
    // Given
    known.find(TENANT, "a");
    answer(0);
    stored.put("a", 7);
    known.forget(TENANT, "a");

    // When
    Future<Optional<Integer>> found = known.find(TENANT, "a");
    answer(1);

    // Then
    assertThat(found.result()).contains(7);
  }

  @Test
  void neitherSharesNorKeepsALookUpThatBeganBeforeItForgot() {
    // Given one that read "a" before it changed, and is slow to say so
    known.find(TENANT, "a");
    Map<String, Integer> before = Map.of("a", stored.put("a", 7));
    known.forget(TENANT, "a");

    // When
    Future<Optional<Integer>> meanwhile = known.find(TENANT, "a");
    answer(1);
    answers.get(0).complete(before);
    Future<Optional<Integer>> later = known.find(TENANT, "a");

    // Then
    assertThat(meanwhile.result()).contains(7);
    assertThat(later.result()).contains(7);
    assertThat(asked).hasSize(2);
  }

  /** Answers what was asked as the store would by now. */
  @Test
  void keepsMoreInLittleSpaceThanAsItIs() {
    // Given one that keeps a single thing as it is
    var index = new NameIndex(1 << 20);
    Known<String, HolderId> small =
        new Known<>(
            1,
            index.names("kind", NameIndex.ofHolders(Digest::add)),
            (tenant, keys) -> lookUp(tenant, keys).map(KnownTest::holders));
    small.find(TENANT, List.of("a", "b"));
    answer(0);

    // When
    Future<Map<String, HolderId>> found = small.find(TENANT, List.of("a", "b"));

    // Then
    assertThat(found.result()).isEqualTo(holders(stored));
    assertThat(asked).hasSize(1);
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void forgetsInLittleSpaceToo() {
    // Given
    var index = new NameIndex(1 << 20);
    Known<String, HolderId> small =
        new Known<>(
            1,
            index.names("kind", NameIndex.ofHolders(Digest::add)),
            (tenant, keys) -> lookUp(tenant, keys).map(KnownTest::holders));
    small.find(TENANT, "a");
    answer(0);

    // When
    small.forget(TENANT, "a");

    // Then
    assertThat(index.size()).isZero();
  }

  private static Map<String, HolderId> holders(Map<String, Integer> numbers) {
    Map<String, HolderId> holders = new HashMap<>();
    numbers.forEach((name, number) -> holders.put(name, new HolderId(new UUID(0, number))));
    return holders;
  }

  private void answer(int index) {
    Map<String, Integer> found = new HashMap<>(stored);
    found.keySet().retainAll(asked.get(index));
    answers.get(index).complete(found);
  }
}
