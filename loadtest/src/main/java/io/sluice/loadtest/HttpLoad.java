package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Loads a gateway from one thread: closed (each connection sends its next request when it has its
 * answer) or open (requests are due at fixed times, and an answer's time counts from then, however
 * late the request could be sent). Every request that began in the measured time counts, also when
 * its answer comes after it; one that is never answered is an error.
 */
final class HttpLoad {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_WAIT_MS = 100;

  private final Requests requests;
  private final long rate;
  private final int seconds;
  private final Histogram histogram = new Histogram(MAX_NANOS, 3);
  private final ArrayDeque<HttpConnection> free = new ArrayDeque<>();
  private final List<HttpConnection> connections = new ArrayList<>();
  private final long started;
  private final long measureFrom;
  private final long stopAt;
  private long sent;
  private int inFlight;
  private long answeredInTime;
  private long errors;
  private long transfers;

  private HttpLoad(Requests requests, long rate, int warmUpSeconds, int seconds) {
    this.requests = requests;
    this.rate = rate;
    this.seconds = seconds;
    started = System.nanoTime();
    measureFrom = started + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    stopAt = measureFrom + TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Loads the ledger API until all has been answered.
   *
   * @param rate requests due each second; 0 for a closed load
   * @param warmUpSeconds what begins in this time does not count
   */
  static Future<Load> run(
      Vertx vertx,
      Target target,
      Workload workload,
      int connections,
      long rate,
      int warmUpSeconds,
      int seconds) {
    return run(vertx, Requests.ledger(target, workload), connections, rate, warmUpSeconds, seconds);
  }

  /** The same for any requests. */
  static Future<Load> run(
      Vertx vertx, Requests requests, int connections, long rate, int warmUpSeconds, int seconds) {
    return vertx.executeBlocking(
        () -> load(requests, connections, rate, warmUpSeconds, seconds), false);
  }

  private static Load load(
      Requests requests, int connections, long rate, int warmUpSeconds, int seconds)
      throws IOException {
    try (Selector selector = Selector.open()) {
      var opened = new ArrayList<HttpConnection>();
      for (int i = 0; i < connections; i++) {
        opened.add(HttpConnection.open(selector, requests));
      }
      var load = new HttpLoad(requests, rate, warmUpSeconds, seconds);
      load.connections.addAll(opened);
      try {
        return load.measure(selector);
      } finally {
        opened.forEach(HttpConnection::close);
      }
    }
  }

  private Load measure(Selector selector) throws IOException {
    free.addAll(connections);
    long now = sendDue();
    while (now < stopAt || (inFlight > 0 && now < stopAt + DRAIN_NANOS)) {
      selector.select(this::proceed, waitMs(now));
      now = sendDue();
    }
    return new Load(histogram, answeredInTime, seconds, errors + inFlight + unsent(), transfers);
  }

  private long waitMs(long now) {
    if (rate == 0 || now >= stopAt) {
      return MAX_WAIT_MS;
    }
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(due() - now), 1, MAX_WAIT_MS);
  }

  /** When the next request of an open load is due. */
  private long due() {
    return started + sent * SECOND_NANOS / rate;
  }

  /** What an open load owed and could not send in time, for want of a free connection. */
  private long unsent() {
    return rate == 0 ? 0 : Math.max(0, (stopAt - started) * rate / SECOND_NANOS - sent);
  }

  private long sendDue() {
    long now = System.nanoTime();
    while (!free.isEmpty() && (rate == 0 ? now : due()) < stopAt && (rate == 0 || due() <= now)) {
      send(free.poll(), rate == 0 ? now : due());
    }
    return now;
  }

  private void send(HttpConnection connection, long countsFrom) {
    sent++;
    inFlight++;
    try {
      connection.send(requests, countsFrom);
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void proceed(SelectionKey key) {
    var connection = (HttpConnection) key.attachment();
    try {
      int status = connection.proceed();
      if (status != 0) {
        answered(connection, status);
        sendDue();
      }
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void answered(HttpConnection connection, int status) {
    long now = System.nanoTime();
    inFlight--;
    free.add(connection);
    if (status != requests.success()) {
      if (errors++ == 0) {
        System.out.printf("  port %d answers %d%n", requests.port(), status);
      }
      return;
    }
    transfers++;
    if (now >= measureFrom && now < stopAt) {
      answeredInTime++;
    }
    if (connection.countsFrom() >= measureFrom) {
      histogram.recordValue(Math.min(now - connection.countsFrom(), MAX_NANOS));
    }
  }

  private void lost(HttpConnection connection) {
    connection.close();
    inFlight--;
    errors++;
  }
}
