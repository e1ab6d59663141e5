package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.loop.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers who a secret belongs to, within a bound and for a while. Only what was found is
 * remembered: whoever guesses fills nothing. Many who ask for the same at once share one look-up.
 *
 * <p>Past half its time an entry is looked up anew by one of its callers, who does not wait, so
 * that a busy secret never sends all its callers to the database at once. When that look-up fails,
 * the entry still ends at its time.
 */
final class LookupCache<V> {
  private final Cache<SecretHash, Entry<V>> entries;
  private final Ticker ticker;
  private final long refreshNanos;
  private final AtomicLong generation = new AtomicLong();
  private final Map<SecretHash, Future<Optional<V>>> flights = new ConcurrentHashMap<>();

  LookupCache(int capacity, Duration expiry, Ticker ticker) {
    this.ticker = ticker;
    this.refreshNanos = expiry.toNanos() / 2;
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .expireAfterWrite(expiry)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  Future<Optional<V>> get(SecretHash key, Supplier<Future<Optional<V>>> lookUp) {
    Entry<V> entry = entries.getIfPresent(key);
    if (entry == null) {
      return share(key, lookUp);
    }
    if (ticker.read() - entry.loadedAt >= refreshNanos
        && entry.refreshing.compareAndSet(false, true)) {
      load(key, lookUp).onFailure(failure -> entry.refreshing.set(false));
    }
    return Future.succeededFuture(Optional.of(entry.value));
  }

  void forget(SecretHash key) {
    generation.incrementAndGet();
    flights.remove(key);
    entries.invalidate(key);
  }

  void forgetAll() {
    generation.incrementAndGet();
    flights.clear();
    entries.invalidateAll();
  }

  /** Nobody joins a look-up that began before something was forgotten: it is no longer there. */
  private Future<Optional<V>> share(SecretHash key, Supplier<Future<Optional<V>>> lookUp) {
    Promise<Optional<V>> flight = Promise.promise();
    Future<Optional<V>> earlier = flights.putIfAbsent(key, flight.future());
    if (earlier == null) {
      return load(key, lookUp)
          .onComplete(
              answer -> {
                flights.remove(key, flight.future());
                flight.handle(answer);
              });
    }
    Promise<Optional<V>> answer = EventLoop.callersPromise();
    earlier.onComplete(answer);
    return answer.future();
  }

  /** A look-up that began before something was forgotten may be out of date: it is not kept. */
  private Future<Optional<V>> load(SecretHash key, Supplier<Future<Optional<V>>> lookUp) {
    long begun = generation.get();
    return Future.succeededFuture()
        .compose(ready -> lookUp.get())
        .onSuccess(
            found -> {
              if (found.isEmpty()) {
                entries.invalidate(key);
                return;
              }
              entries.put(key, new Entry<>(found.get(), ticker.read(), new AtomicBoolean()));
              if (generation.get() != begun) {
                entries.invalidate(key);
              }
            });
  }

  private record Entry<V>(V value, long loadedAt, AtomicBoolean refreshing) {}
}
