package io.sluice.events;

import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery.Answer;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has claims sent, and stores what became of them. Receivers that are quick are sent several one
 * after the other where others are sent one: what is claimed and stored together costs little more
 * than one, and what is sent at once is what others wait for. For one event loop.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** How many are sent one after the other to receivers that are quick. */
  static final int BUNDLE = 4;

  /** Who answers in that time is quick. */
  static final Duration QUICK = Duration.ofMillis(50);

  /** Quick receivers that are remembered. */
  private static final int MOST_QUICK = 1_000;

  /** A pause is up to this part of it shorter or longer, so that receivers are not hit at once. */
  private static final double JITTER = 0.2;

  private final Sender sender;
  private final DeliveryQueue queue;
  private final Receipts receipts;
  private final EventMetrics metrics;
  private final Clock clock;
  private final long quickNanos;

  private boolean stopped;

  /** Whose last answer came quickly. */
  private final Set<UUID> quick =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
              return size() > MOST_QUICK;
            }
          });

  /**
   * @param quick within which time an answer is quick
   */
  Attempts(
      Vertx vertx,
      DeliveryQueue queue,
      Sender sender,
      EventMetrics metrics,
      Clock clock,
      Duration quick) {
    this.queue = queue;
    this.sender = sender;
    this.receipts = new Receipts(vertx, queue, clock);
    this.quickNanos = quick.toNanos();
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Sends nothing more of what is claimed. */
  void stop() {
    stopped = true;
  }

  /** How many an endpoint is sent on one place, one after the other, at most. */
  int eachPlace(UUID endpoint) {
    return quick.contains(endpoint) ? BUNDLE : 1;
  }

  /**
   * What goes to one place each, as evenly as may be.
   *
   * @param places how many there are, at least one
   */
  static List<List<Claim>> bundles(List<Claim> claims, int places) {
    int each = Math.max(1, Math.ceilDiv(claims.size(), places));
    return IntStream.range(0, Math.ceilDiv(claims.size(), each))
        .mapToObj(i -> claims.subList(i * each, Math.min(claims.size(), (i + 1) * each)))
        .toList();
  }

  /**
   * Sends some to one endpoint, one after the other, as long as its answers are good and quick;
   * what is left then is given back as it was.
   *
   * @param bundle at least one
   * @return completes when what became of all is stored, fails where that could not be
   */
  Future<Void> send(Courier courier, List<Claim> bundle) {
    Claim first = bundle.getFirst();
    List<Claim> others = bundle.subList(1, bundle.size());
    long started = System.nanoTime();
    var message =
        new Message(first.endpoint(), first.event(), Buffer.buffer(first.body()), clock.instant());
    return sender
        .send(courier, message)
        .compose(
            answer -> {
              Future<Void> stored = finish(courier, first, answer, System.nanoTime() - started);
              return others.isEmpty()
                  ? stored
                  : Future.join(stored, goOn(courier, others)).mapEmpty();
            });
  }

  private Future<Void> goOn(Courier courier, List<Claim> others) {
    return stopped || !quick.contains(others.getFirst().endpoint().id())
        ? queue.giveBack(others, clock.instant())
        : send(courier, others);
  }

  private Future<Void> finish(Courier courier, Claim claim, Answer answer, long nanos) {
    String dialect = claim.endpoint().dialect();
    if (Post.isGood(answer) && nanos < quickNanos) {
      quick.add(claim.endpoint().id());
    } else {
      quick.remove(claim.endpoint().id());
    }
    if (Post.isGood(answer)) {
      metrics.attempt(dialect, EventMetrics.Result.DELIVERED, nanos);
      return receipts.store(new Taken(claim, answer));
    }
    Failed failed = failed(courier, claim, answer);
    switch (failed) {
      case Failed.Later later -> metrics.attempt(dialect, EventMetrics.Result.RETRIED, nanos);
      case Failed.GivenUp lost -> {
        metrics.attempt(dialect, EventMetrics.Result.GIVEN_UP, nanos);
        LOG.atWarn()
            .addKeyValue("sluice.tenant", claim.endpoint().tenant().value())
            .addKeyValue("sluice.endpoint", claim.endpoint().id())
            .addKeyValue("sluice.delivery", claim.id())
            .log("An event was not delivered: {}", answer.errorCode().orElse(""));
      }
    }
    return receipts.store(failed);
  }

  private Failed failed(Courier courier, Claim claim, Answer answer) {
    Instant now = clock.instant();
    return courier
        .pauseAfter(claim.attempt())
        .<Failed>map(wait -> new Failed.Later(claim, answer, now.plus(jittered(wait))))
        .orElseGet(() -> new Failed.GivenUp(claim, answer));
  }

  private static Duration jittered(Duration pause) {
    double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (pause.toMillis() * factor));
  }
}
