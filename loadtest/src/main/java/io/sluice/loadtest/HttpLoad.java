package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Loads the ledger API from one event loop: closed (each connection sends its next request when it
 * has its answer) or open (requests are due at fixed times, and an answer's time counts from then,
 * however late the request could be sent).
 */
final class HttpLoad {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SUCCESS = 201;

  private final Vertx vertx;
  private final Target target;
  private final Workload.Picker picker;
  private final SplittableRandom random;
  private final long rate;
  private final Histogram histogram = new Histogram(MAX_NANOS, 3);
  private final ArrayDeque<HttpConnection> free = new ArrayDeque<>();
  private final ArrayDeque<Long> due = new ArrayDeque<>();
  private final List<HttpConnection> connections = new ArrayList<>();
  private long measureFrom;
  private long stopAt;
  private long errors;
  private long scheduled;

  private HttpLoad(Vertx vertx, Target target, Workload workload, long rate, long seed) {
    this.vertx = vertx;
    this.target = target;
    this.picker = workload.picker(target.ledgers().size(), seed);
    this.random = new SplittableRandom(seed);
    this.rate = rate;
  }

  /**
   * Runs a load.
   *
   * @param rate requests due each second; 0 for a closed load
   * @param warmUpSeconds what is answered in this time does not count
   */
  static Future<Load> run(
      Vertx vertx,
      Target target,
      Workload workload,
      int connections,
      long rate,
      int warmUpSeconds,
      int seconds) {
    var load = new HttpLoad(vertx, target, workload, rate, System.nanoTime());
    Promise<Load> promise = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(v -> load.start(connections, warmUpSeconds, seconds).onComplete(promise));
    return promise.future();
  }

  private Future<Load> start(int count, int warmUpSeconds, int seconds) {
    NetClient client = vertx.createNetClient();
    List<Future<HttpConnection>> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opening.add(HttpConnection.open(client, target));
    }
    return Future.all(opening)
        .compose(
            opened -> {
              opening.forEach(each -> connections.add(each.result()));
              return measure(warmUpSeconds, seconds);
            })
        .eventually(client::close);
  }

  private Future<Load> measure(int warmUpSeconds, int seconds) {
    long now = System.nanoTime();
    measureFrom = now + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    stopAt = measureFrom + TimeUnit.SECONDS.toNanos(seconds);
    if (rate == 0) {
      connections.forEach(this::next);
    } else {
      free.addAll(connections);
      scheduled = now;
      vertx.setPeriodic(1, this::schedule);
    }
    return vertx
        .timer(warmUpSeconds + seconds, TimeUnit.SECONDS)
        .map(
            done -> {
              connections.forEach(HttpConnection::close);
              return Load.of(histogram, seconds, errors);
            });
  }

  private void next(HttpConnection connection) {
    send(connection, System.nanoTime());
  }

  private void schedule(long timer) {
    long now = System.nanoTime();
    if (now >= stopAt) {
      vertx.cancelTimer(timer);
      return;
    }
    long gap = TimeUnit.SECONDS.toNanos(1) / rate;
    while (scheduled <= now) {
      due.add(scheduled);
      scheduled += gap;
    }
    sendDue();
  }

  private void sendDue() {
    while (!due.isEmpty() && !free.isEmpty()) {
      send(free.poll(), due.poll());
    }
  }

  private void send(HttpConnection connection, long countsFrom) {
    picker.next();
    UUID source = target.ledgers().get(picker.source());
    UUID destination = target.ledgers().get(picker.destination());
    connection.send(
        source, destination, newKey(), status -> answered(connection, countsFrom, status));
  }

  private UUID newKey() {
    long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private void answered(HttpConnection connection, long countsFrom, int status) {
    long now = System.nanoTime();
    if (now >= measureFrom && now < stopAt) {
      if (status == SUCCESS) {
        histogram.recordValue(Math.min(now - countsFrom, MAX_NANOS));
      } else {
        errors++;
      }
    }
    if (now >= stopAt || status == 0) {
      return;
    }
    if (rate == 0) {
      next(connection);
    } else {
      free.add(connection);
      sendDue();
    }
  }
}
