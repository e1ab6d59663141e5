package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Loads a gateway with more than it can do, from one thread: what is let in and what is turned away
 * is measured apart. An open load asks at a fixed rate whatever the answers do; what is due while
 * all connections wait for an answer is not sent, and said. Times count from the sending.
 */
final class Push {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final long MAX_WAIT_MS = 1;

  private final Requests requests;
  private final long rate;
  private final long started = System.nanoTime();
  private final long stopAt;
  private final int seconds;
  private final ArrayDeque<HttpConnection> free = new ArrayDeque<>();
  private final Histogram admitted = new Histogram(MAX_NANOS, 3);
  private final Histogram refused = new Histogram(MAX_NANOS, 3);
  private long inTime;
  private long sent;
  private long missed;
  private long silent;
  private long failed;
  private int inFlight;

  /**
   * What came of it.
   *
   * @param admitted times of successes, in nanoseconds
   * @param refused times of 429 and 503
   * @param inTime successes before the load ended
   * @param sent requests
   * @param missed requests that were due while no connection was free
   * @param silent refusals that did not say when to come back
   * @param failed other answers, and none
   */
  record Result(
      Histogram admitted,
      Histogram refused,
      long inTime,
      long sent,
      long missed,
      long silent,
      long failed,
      int seconds) {
    double perSecond() {
      return inTime / (double) seconds;
    }

    double admittedMs(double percentile) {
      return admitted.getValueAtPercentile(percentile) / 1e6;
    }

    double refusedMs(double percentile) {
      return refused.getValueAtPercentile(percentile) / 1e6;
    }

    /** Both, as if they were one that took as long as both. */
    Result and(Result other) {
      Histogram both = admitted.copy();
      both.add(other.admitted);
      Histogram none = refused.copy();
      none.add(other.refused);
      return new Result(
          both,
          none,
          inTime + other.inTime,
          sent + other.sent,
          missed + other.missed,
          silent + other.silent,
          failed + other.failed,
          seconds + other.seconds);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f/s let in, p50 %.1f ms p99 %.1f ms; refused %,d, p99 %.1f ms, %,d without"
              + " Retry-After; failed %,d; %,d sent, %,d due without a free connection",
          perSecond(),
          admittedMs(50),
          admittedMs(99),
          refused.getTotalCount(),
          refusedMs(99),
          silent,
          failed,
          sent,
          missed);
    }
  }

  private Push(Requests requests, long rate, int seconds) {
    this.requests = requests;
    this.rate = rate;
    this.seconds = seconds;
    this.stopAt = started + TimeUnit.SECONDS.toNanos(seconds);
  }

  /**
   * Loads until all that was sent has been answered.
   *
   * @param rate requests due each second; 0 for a closed load
   */
  static Future<Result> run(
      Vertx vertx, Requests requests, int connections, long rate, int seconds) {
    return vertx.executeBlocking(() -> load(requests, connections, rate, seconds), false);
  }

  private static Result load(Requests requests, int connections, long rate, int seconds)
      throws IOException {
    try (Selector selector = Selector.open()) {
      List<HttpConnection> opened = new ArrayList<>();
      try {
        for (int i = 0; i < connections; i++) {
          opened.add(HttpConnection.open(selector, requests));
        }
        var push = new Push(requests, rate, seconds);
        push.free.addAll(opened);
        return push.measure(selector);
      } finally {
        opened.forEach(HttpConnection::close);
      }
    }
  }

  private Result measure(Selector selector) throws IOException {
    sendDue();
    long now = System.nanoTime();
    while (now < stopAt || (inFlight > 0 && now < stopAt + DRAIN_NANOS)) {
      selector.select(this::proceed, MAX_WAIT_MS);
      sendDue();
      now = System.nanoTime();
    }
    return new Result(admitted, refused, inTime, sent, missed, silent, failed + inFlight, seconds);
  }

  private void sendDue() {
    long now = System.nanoTime();
    if (rate == 0) {
      while (now < stopAt && !free.isEmpty()) {
        send(free.poll(), now);
      }
      return;
    }
    long due = (Math.min(now, stopAt) - started) * rate / SECOND_NANOS;
    while (sent + missed < due && !free.isEmpty()) {
      send(free.poll(), System.nanoTime());
    }
    missed = Math.max(missed, due - sent);
  }

  private void send(HttpConnection connection, long now) {
    sent++;
    inFlight++;
    try {
      connection.send(requests, now);
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void proceed(SelectionKey key) {
    var connection = (HttpConnection) key.attachment();
    try {
      int status = connection.proceed();
      if (status != 0) {
        inFlight--;
        free.add(connection);
        answered(status, connection);
      }
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void answered(int status, HttpConnection connection) {
    long now = System.nanoTime();
    long took = Math.min(now - connection.countsFrom(), MAX_NANOS);
    if (status == requests.success()) {
      admitted.recordValue(took);
      inTime += now < stopAt ? 1 : 0;
    } else if (status == TOO_MANY || status == UNAVAILABLE) {
      refused.recordValue(took);
      silent += connection.saysWhen() ? 0 : 1;
    } else {
      failed++;
    }
  }

  /** One that waits for its next request fails nothing. */
  private void lost(HttpConnection connection) {
    connection.close();
    if (!free.remove(connection)) {
      inFlight--;
      failed++;
    }
  }
}
