package io.sluice.dialect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds what ids and references of a tenant stand for, and keeps what was found, within a bound: it
 * must never change, unless it is kept {@linkplain #forAWhile for a while} only. What was not found
 * is not kept, since it may come into being any moment. Many who ask for the same at once share one
 * look-up. May be used by any thread; futures complete where the caller runs.
 *
 * @param <K> what is asked for
 * @param <V> what is found
 */
public final class Known<K, V> {
  private final Cache<Key<K>, V> kept;
  private final Optional<NameIndex.Names<K, V>> names;
  private final Lookup<K, V> lookup;
  private final Map<Key<K>, Future<Map<K, V>>> flights = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();

  private record Key<K>(TenantId tenant, K key) {}

  /** Asks for many at once. */
  @FunctionalInterface
  public interface Lookup<K, V> {
    /** Those of the keys that there are; absent ones are left out. */
    Future<Map<K, V>> find(TenantId tenant, Collection<K> keys);
  }

  /**
   * @param maxEntries the most that is kept, of all tenants together
   */
  public Known(int maxEntries, Lookup<K, V> lookup) {
    this(Caffeine.newBuilder().maximumSize(maxEntries).build(), Optional.empty(), lookup);
  }

  /**
   * For what there may be more of than can be kept as it is.
   *
   * @param maxEntries the most that is kept as it is, of all tenants together
   * @param names where more is kept in less space
   */
  public Known(int maxEntries, NameIndex.Names<K, V> names, Lookup<K, V> lookup) {
    this(Caffeine.newBuilder().maximumSize(maxEntries).build(), Optional.of(names), lookup);
  }

  private Known(Cache<Key<K>, V> kept, Optional<NameIndex.Names<K, V>> names, Lookup<K, V> lookup) {
    this.kept = kept;
    this.names = names;
    this.lookup = lookup;
  }

  /**
   * For what may change: a change that another process made is seen that late.
   *
   * @param maxEntries the most that is kept, of all tenants together
   */
  public static <K, V> Known<K, V> forAWhile(int maxEntries, Duration time, Lookup<K, V> lookup) {
    return new Known<>(
        Caffeine.newBuilder().maximumSize(maxEntries).expireAfterWrite(time).build(),
        Optional.empty(),
        lookup);
  }

  /** Says that what stands behind a key has changed: whoever asks from now on sees it. */
  public void forget(TenantId tenant, K key) {
    var changed = new Key<>(tenant, key);
    forgotten.incrementAndGet();
    flights.remove(changed);
    drop(changed);
  }

  /** Whether it is worth the while to {@link #learn} what nobody has asked for. */
  public boolean hasRoom() {
    return names.map(NameIndex.Names::hasRoom).orElse(false);
  }

  /** Keeps what somebody who asks later would be told, in little space. It must never change. */
  public void learn(TenantId tenant, Map<K, V> found) {
    names.ifPresent(all -> found.forEach((key, value) -> all.keep(tenant, key, value)));
  }

  /** The one thing of this key. */
  public Future<Optional<V>> find(TenantId tenant, K key) {
    V known = recall(new Key<>(tenant, key));
    return known != null
        ? Future.succeededFuture(Optional.of(known))
        : ask(tenant, List.of(key), new HashMap<>())
            .map(found -> Optional.ofNullable(found.get(key)));
  }

  /** Those of the keys that there are; absent ones are left out. */
  public Future<Map<K, V>> find(TenantId tenant, Collection<K> keys) {
    Map<K, V> found = HashMap.newHashMap(keys.size());
    List<K> open = List.of();
    for (K key : keys) {
      V known = recall(new Key<>(tenant, key));
      if (known == null) {
        open = open.isEmpty() ? new ArrayList<>(keys.size()) : open;
        open.add(key);
      } else {
        found.put(key, known);
      }
    }
    return open.isEmpty() ? Future.succeededFuture(found) : ask(tenant, open, found);
  }

  /** What is kept; null where nothing is. */
  private V recall(Key<K> key) {
    V known = kept.getIfPresent(key);
    if (known != null || names.isEmpty()) {
      return known;
    }
    long begun = forgotten.get();
    Optional<V> found = names.get().find(key.tenant(), key.key());
    found.ifPresent(value -> kept.put(key, value));
    if (forgotten.get() != begun) {
      kept.invalidate(key);
    }
    return found.orElse(null);
  }

  /**
   * Shares the look-ups under way. One that began earlier may have missed what its asker knows to
   * be there by now, so what it did not find is asked for again.
   */
  private Future<Map<K, V>> ask(TenantId tenant, Collection<K> open, Map<K, V> found) {
    Promise<Map<K, V>> flight = Promise.promise();
    Set<Future<Map<K, V>>> joined = new HashSet<>();
    Set<K> shared = new HashSet<>();
    Set<K> own = new HashSet<>();
    for (K key : open) {
      var earlier = flights.putIfAbsent(new Key<>(tenant, key), flight.future());
      if (earlier == null || earlier == flight.future()) {
        own.add(key);
      } else {
        joined.add(earlier);
        shared.add(key);
      }
    }
    Promise<Map<K, V>> answer = EventLoop.callersPromise();
    fly(tenant, own, flight)
        .compose(mine -> take(mine, own, found, List.copyOf(joined)))
        .compose(
            theirs -> {
              theirs.forEach(map -> copy(map, shared, found));
              shared.removeAll(found.keySet());
              return load(tenant, shared);
            })
        .map(
            missed -> {
              found.putAll(missed);
              return found;
            })
        .onComplete(answer);
    return answer.future();
  }

  private static <K, V> Future<List<Map<K, V>>> take(
      Map<K, V> mine, Set<K> own, Map<K, V> found, List<Future<Map<K, V>>> joined) {
    copy(mine, own, found);
    return joined.isEmpty()
        ? Future.succeededFuture(List.of())
        : Future.all(joined).map(done -> done.list());
  }

  private static <K, V> void copy(Map<K, V> from, Set<K> keys, Map<K, V> to) {
    for (K key : keys) {
      V value = from.get(key);
      if (value != null) {
        to.put(key, value);
      }
    }
  }

  private Future<Map<K, V>> fly(TenantId tenant, Set<K> keys, Promise<Map<K, V>> flight) {
    load(tenant, keys)
        .onComplete(
            result -> {
              keys.forEach(key -> flights.remove(new Key<>(tenant, key), flight.future()));
              flight.handle(result);
            });
    return flight.future();
  }

  private Future<Map<K, V>> load(TenantId tenant, Set<K> keys) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    long begun = forgotten.get();
    return Future.succeededFuture(keys)
        .compose(wanted -> lookup.find(tenant, wanted))
        .onSuccess(loaded -> keep(tenant, loaded, begun));
  }

  /** A look-up that began before something was forgotten may be out of date: it is not kept. */
  private void keep(TenantId tenant, Map<K, V> loaded, long begun) {
    if (forgotten.get() != begun) {
      return;
    }
    loaded.forEach((key, value) -> kept.put(new Key<>(tenant, key), value));
    learn(tenant, loaded);
    if (forgotten.get() != begun) {
      loaded.keySet().forEach(key -> drop(new Key<>(tenant, key)));
    }
  }

  private void drop(Key<K> key) {
    names.ifPresent(all -> all.forget(key.tenant(), key.key()));
    kept.invalidate(key);
  }
}
