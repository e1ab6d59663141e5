package io.sluice.store;

import io.sluice.loop.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Group commit for look-ups: while a query of a group runs, further look-ups of that group gather,
 * and the next query answers them all. A look-up that meets no other is sent at once. Every look-up
 * is answered by a query that was sent after it was asked for, so that it sees what was committed
 * before.
 *
 * @param <G> what one query can serve together, such as a tenant
 * @param <K> what is looked up
 * @param <V> what is found
 */
final class Coalescer<G, K, V> {
  /** Queries of one group at the same time. */
  private static final int MAX_QUERIES = 2;

  /** Keys in one query, unless a single look-up wants more. */
  private static final int MAX_KEYS = 1_000;

  private final BiFunction<G, Collection<K>, Future<Map<K, V>>> query;
  private final Map<G, Group<K, V>> groups = new HashMap<>();

  Coalescer(BiFunction<G, Collection<K>, Future<Map<K, V>>> query) {
    this.query = query;
  }

  private record LookUp<K, V>(Collection<K> keys, Promise<Map<K, V>> promise) {}

  private static final class Group<K, V> {
    private final ArrayDeque<LookUp<K, V>> waiting = new ArrayDeque<>();
    private int running;
  }

  /**
   * Looks keys up. May be called from any thread; the future completes on the caller's event loop,
   * where there is one, whoever's query finds the answer.
   *
   * @return at least those of the keys that exist; others may be among them
   */
  Future<Map<K, V>> find(G name, Collection<K> keys) {
    var lookUp = new LookUp<K, V>(keys, EventLoop.callersPromise());
    synchronized (groups) {
      Group<K, V> group = groups.computeIfAbsent(name, n -> new Group<>());
      if (group.running == MAX_QUERIES) {
        group.waiting.add(lookUp);
        return lookUp.promise().future();
      }
      group.running++;
    }
    run(name, List.of(lookUp));
    return lookUp.promise().future();
  }

  private void run(G name, List<LookUp<K, V>> lookUps) {
    Set<K> keys = new LinkedHashSet<>();
    lookUps.forEach(lookUp -> keys.addAll(lookUp.keys()));
    Future.succeededFuture(keys)
        .compose(wanted -> query.apply(name, wanted))
        .onComplete(result -> finish(name, lookUps, result));
  }

  private void finish(G name, List<LookUp<K, V>> lookUps, AsyncResult<Map<K, V>> result) {
    List<LookUp<K, V>> next = next(name);
    if (!next.isEmpty()) {
      run(name, next);
    }
    for (LookUp<K, V> lookUp : lookUps) {
      if (result.succeeded()) {
        lookUp.promise().complete(result.result());
      } else {
        lookUp.promise().fail(result.cause());
      }
    }
  }

  private List<LookUp<K, V>> next(G name) {
    synchronized (groups) {
      Group<K, V> group = groups.get(name);
      var next = new ArrayList<LookUp<K, V>>();
      int keys = 0;
      while (!group.waiting.isEmpty() && keys < MAX_KEYS) {
        LookUp<K, V> lookUp = group.waiting.poll();
        keys += lookUp.keys().size();
        next.add(lookUp);
      }
      if (next.isEmpty() && --group.running == 0) {
        groups.remove(name);
      }
      return next;
    }
  }
}
