package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How each operation that lists reads its lists, in all their ways, for those who want to know what
 * that costs; by the operation's id, and what is asked of it.
 */
final class ListCosts {
  static final int PAGE = 10;

  private final Map<String, BiFunction<Pools, TenantId, Future<?>>> lists = new LinkedHashMap<>();

  /** The filters of each operation that its ways cover. */
  private final Map<String, Set<String>> filters = new LinkedHashMap<>();

  /** Those whose length is bounded, whatever the size of the books, and by what. */
  private final Map<String, String> bounded = new LinkedHashMap<>();

  /**
   * All that there are.
   *
   * @param middle the number of a row in the middle of the smallest books
   */
  static ListCosts all(int middle) {
    var costs = new ListCosts();
    ScripCosts.add(costs, middle);
    IsometricCosts.add(costs, middle);
    OrumCosts.add(costs);
    CorebanqCosts.add(costs, middle);
    OperatorCosts.add(costs, middle);
    return costs;
  }

  /** One way to read an operation's list. */
  void put(String operation, String what, BiFunction<Pools, TenantId, Future<?>> read) {
    if (lists.put(operation + ": " + what, read) != null) {
      throw new IllegalStateException(operation + ": " + what + " twice");
    }
  }

  /** The same for what a store reads by itself. */
  <S> void put(
      String operation,
      String what,
      Function<Pools, S> store,
      BiFunction<S, TenantId, Future<?>> read) {
    put(operation, what, (pools, tenant) -> read.apply(store.apply(pools), tenant));
  }

  /** That the ways of an operation's list have these filters in them, beside what pages it. */
  void filters(String operation, String... names) {
    filters.computeIfAbsent(operation, key -> new TreeSet<>()).addAll(List.of(names));
  }

  /** The filters of an operation that are in the ways of its list. */
  Set<String> filters(String operation) {
    return filters.getOrDefault(operation, Set.of());
  }

  /** An operation whose list is never longer than something allows. */
  void bounded(String operation, String by) {
    bounded.put(operation, by);
  }

  Map<String, BiFunction<Pools, TenantId, Future<?>>> lists() {
    return lists;
  }

  boolean isBounded(String operation) {
    return bounded.containsKey(operation);
  }

  /** Whether there is anything about an operation. */
  boolean knows(String operation) {
    return isBounded(operation)
        || lists.keySet().stream().anyMatch(name -> name.startsWith(operation + ":"));
  }

  /** None for 0. */
  static Optional<AccountId> account(int number) {
    return number == 0 ? Optional.empty() : Optional.of(LargeBooks.account(number));
  }

  /** A place in the middle of lists by time. */
  static Optional<Place> place(int number) {
    return Optional.of(Place.of(moment(number), LargeBooks.id(number)));
  }

  /** When the row with a number was made. */
  static Instant moment(int number) {
    return Instant.ofEpochSecond(LargeBooks.EPOCH + number);
  }
}
