package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.loop.EventLoop;
import io.sluice.share.Shares;
import io.sluice.share.Turns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Arithmetic that strangers can ask for, on a few threads of its own, with a bounded number of
 * waiting calls. Addresses have shares of the places and are served in turn. Some places are kept
 * for addresses that have shown a right credential lately, as there are more strange addresses than
 * places.
 */
final class CostlyChecks {
  /** Of the places for everybody, so many times as many are kept for known addresses besides. */
  private static final int STRANGERS_PER_KNOWN = 4;

  private static final int MAX_KNOWN_ADDRESSES = 10_000;
  private static final Duration KNOWN_FOR = Duration.ofDays(1);

  private final WorkerExecutor workers;
  private final int threads;
  private final Shares<ClientAddress> places;
  private final Shares<ClientAddress> kept;
  private final Cache<ClientAddress, Boolean> known =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN_ADDRESSES).expireAfterWrite(KNOWN_FOR).build();
  private final Turns<ClientAddress, Runnable> waiting = new Turns<>();
  private int running;

  /**
   * @param name of its threads
   * @param places for calls that run or wait, of everybody
   */
  CostlyChecks(Vertx vertx, String name, int threads, int places) {
    this.workers = vertx.createSharedWorkerExecutor(name, threads);
    this.threads = threads;
    this.places = new Shares<>(places);
    this.kept = new Shares<>(Math.ceilDiv(places, STRANGERS_PER_KNOWN));
  }

  /** What comes from there was right. */
  void know(ClientAddress address) {
    known.put(address, true);
  }

  /** Calls that run or wait now. */
  int underWay() {
    return (int) (places.used() + kept.used());
  }

  /**
   * Runs something.
   *
   * @param address for whom
   * @return fails with {@link AccessBusy} when all places that the address may have are taken
   */
  <T> Future<T> run(ClientAddress address, Callable<T> work) {
    Shares<ClientAddress>.Holding place = places.holding(address);
    if (!place.take(1)) {
      place = kept.holding(address);
      if (known.getIfPresent(address) == null || !place.take(1)) {
        return Future.failedFuture(new AccessBusy());
      }
    }
    Promise<T> promise = EventLoop.callersPromise();
    Shares<ClientAddress>.Holding taken = place;
    await(
        address,
        () ->
            workers
                .executeBlocking(work, false)
                .onComplete(
                    result -> {
                      taken.release();
                      startNext();
                      promise.handle(result);
                    }));
    return promise.future();
  }

  private synchronized void await(ClientAddress address, Runnable start) {
    if (running < threads) {
      running++;
      start.run();
    } else {
      waiting.add(address, start);
    }
  }

  private synchronized void startNext() {
    waiting.next().ifPresentOrElse(Runnable::run, () -> running--);
  }
}
