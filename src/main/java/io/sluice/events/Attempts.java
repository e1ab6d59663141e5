package io.sluice.events;

import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery.Answer;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final Receipts receipts;
  private final EventMetrics metrics;
  private final Clock clock;
  private final long quickNanos;

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
  Attempts(Sender sender, Receipts receipts, EventMetrics metrics, Clock clock, Duration quick) {
    this.quickNanos = quick.toNanos();
    this.sender = sender;
    this.receipts = receipts;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** How many an endpoint is sent on one place, one after the other. */
  int eachPlace(UUID endpoint) {
    return quick.contains(endpoint) ? BUNDLE : 1;
  }

  /** What goes to one place each. */
  static List<List<Claim>> bundles(List<Claim> claims, int each) {
    return IntStream.range(0, Math.ceilDiv(claims.size(), each))
        .mapToObj(i -> claims.subList(i * each, Math.min(claims.size(), (i + 1) * each)))
        .toList();
  }

  /**
   * Sends some to one endpoint, one after the other.
   *
   * @param bundle at least one
   * @return completes when what became of all is stored, fails where that could not be
   */
  Future<Void> send(Courier courier, List<Claim> bundle) {
    List<Future<?>> stored = new ArrayList<>(bundle.size());
    Future<Void> sent = Future.succeededFuture();
    for (Claim claim : bundle) {
      sent = sent.compose(before -> send(courier, claim, stored));
    }
    return sent.compose(all -> Future.join(stored)).mapEmpty();
  }

  private Future<Void> send(Courier courier, Claim claim, List<Future<?>> stored) {
    long started = System.nanoTime();
    var message =
        new Message(claim.endpoint(), claim.event(), Buffer.buffer(claim.body()), clock.instant());
    return sender
        .send(courier, message)
        .map(
            answer -> {
              stored.add(finish(courier, claim, answer, System.nanoTime() - started));
              return null;
            });
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
