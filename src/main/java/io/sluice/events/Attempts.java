package io.sluice.events;

import io.sluice.dialect.Courier;
import io.sluice.dialect.Courier.Message;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery.Answer;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
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

  /** How many are claimed for each place where a receiver is quick. */
  static final int BUNDLE = 8;

  /** Who answers in that time is quick; and as long as that one place is enough for several. */
  static final Duration QUICK = Duration.ofMillis(50);

  /** Quick receivers that are remembered. */
  private static final int MOST_QUICK = 1_000;

  /** A pause is up to this part of it shorter or longer, so that receivers are not hit at once. */
  private static final double JITTER = 0.2;

  private final Sender sender;
  private final Vertx vertx;
  private final DeliveryQueue queue;
  private final Receipts receipts;
  private final EventMetrics metrics;
  private final Clock clock;
  private final Duration quick;

  /** Each ends by itself once the answer before it is not quick. */
  private final Set<Others> waiting = new HashSet<>();

  private boolean stopped;

  /** How long the last answer took, in nanoseconds, of those who were quick. */
  private final Map<UUID, Long> quickOnes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > MOST_QUICK;
        }
      };

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
    this.vertx = vertx;
    this.queue = queue;
    this.sender = sender;
    this.receipts = new Receipts(vertx, queue, clock);
    this.quick = quick;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Gives back what is still to come of bundles; what is being sent comes to its end. */
  void stop() {
    stopped = true;
    List.copyOf(waiting).forEach(Others::giveBack);
  }

  /** How many may be claimed for each place that an endpoint has. */
  int eachPlace(UUID endpoint) {
    return quickOnes.containsKey(endpoint) ? BUNDLE : 1;
  }

  /**
   * How many places it takes to send some within {@link #QUICK}, as long as each answer takes what
   * the last one took. A message may wait for the one before it; what is sent at once is what the
   * gateway's clients wait for.
   *
   * @param most how many there are, at least one
   */
  int places(UUID endpoint, int claims, int most) {
    long nanos = Math.max(1, quickOnes.getOrDefault(endpoint, Long.MAX_VALUE));
    long each = Math.max(1, quick.toNanos() / nanos);
    return Math.clamp(Math.ceilDiv(claims, each), 1, most);
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
   * what is left then is given back, as if nobody had claimed it.
   *
   * @param bundle at least one
   * @return completes when what became of all is stored, fails where that could not be
   */
  Future<Void> send(Courier courier, List<Claim> bundle) {
    Claim first = bundle.getFirst();
    var others = new Others(bundle.subList(1, bundle.size()));
    long started = System.nanoTime();
    var message =
        new Message(first.endpoint(), first.event(), Buffer.buffer(first.body()), clock.instant());
    return sender
        .send(courier, message)
        .compose(
            answer -> {
              Future<Void> stored = finish(courier, first, answer, System.nanoTime() - started);
              return Future.join(stored, others.goOn(courier)).mapEmpty();
            });
  }

  /** Those of a bundle that wait for the answer to the one before them, as long as it is quick. */
  private final class Others {
    private final List<Claim> claims;
    private final Promise<Void> over = Promise.promise();
    private final long timer;
    private boolean gone;

    Others(List<Claim> claims) {
      this.claims = claims;
      this.gone = claims.isEmpty();
      if (gone) {
        timer = 0;
        over.complete();
      } else {
        timer = vertx.setTimer(Math.max(1, quick.toMillis()), late -> giveBack());
        waiting.add(this);
      }
    }

    void giveBack() {
      leave();
      queue.giveBack(claims, clock.instant()).onComplete(over);
    }

    Future<Void> goOn(Courier courier) {
      if (!gone && !stopped && quickOnes.containsKey(claims.getFirst().endpoint().id())) {
        leave();
        return send(courier, claims);
      }
      if (!gone) {
        giveBack();
      }
      return over.future();
    }

    private void leave() {
      gone = true;
      vertx.cancelTimer(timer);
      waiting.remove(this);
    }
  }

  private Future<Void> finish(Courier courier, Claim claim, Answer answer, long nanos) {
    String dialect = claim.endpoint().dialect();
    if (Post.isGood(answer) && nanos < quick.toNanos()) {
      quickOnes.put(claim.endpoint().id(), nanos);
    } else {
      quickOnes.remove(claim.endpoint().id());
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
