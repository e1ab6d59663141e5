package io.sluice.pipeline;

import io.sluice.share.Shares;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account whose row somebody else keeps locked, or a command that meets such a lock elsewhere,
 * and those who wait for it. For one thread only.
 */
final class Ward {
  private static final Logger log = LoggerFactory.getLogger(Ward.class);

  private final UUID id;
  private final Shares<UUID>.Holding places;
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final Instant since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private int failures;
  private long dueNanos;
  private boolean onTrial;

  /** Says that an account is locked, and why anybody thinks so. */
  Ward(UUID id, Shares<UUID>.Holding places, String why) {
    this.id = id;
    this.places = places;
    log.atWarn()
        .addKeyValue("account", id)
        .addKeyValue("since", since)
        .log("An account is locked by somebody else; what touches it waits apart: {}", why);
  }

  UUID id() {
    return id;
  }

  /** Those who wait, in the order of their arrival. */
  ArrayDeque<Submission> waiting() {
    return waiting;
  }

  /** Lets one wait here too, unless the ward has its share of the places. */
  boolean enter(Submission submission) {
    if (!places.take(1)) {
      return false;
    }
    Arrivals.insert(submission, waiting);
    return true;
  }

  /** Lets one wait here who waits elsewhere already. */
  void enterAlso(Submission submission) {
    places.insist(1);
    Arrivals.insert(submission, waiting);
  }

  void leave(Submission submission) {
    if (!waiting.remove(submission)) {
      throw new IllegalStateException("account " + id + ": left by one who was not there");
    }
    places.giveBack(1);
  }

  /** It was found locked: it is tried again after a while that grows. */
  void findLocked(long nowNanos) {
    onTrial = false;
    long backoffNanos = TimeUnit.MILLISECONDS.toNanos(LaneConnection.backoffMs(failures));
    dueNanos = nowNanos + ThreadLocalRandom.current().nextLong(backoffNanos / 2, backoffNanos);
    failures++;
  }

  boolean isDue(long nowNanos) {
    return !onTrial && nowNanos - dueNanos >= 0;
  }

  /** Whether one who waited for it is being carried out. */
  boolean isOnTrial() {
    return onTrial;
  }

  void beginTrial() {
    onTrial = true;
  }

  /** Says that it is locked no more, or that nobody wants to know; gives its places back. */
  void close() {
    places.release();
    log.atInfo()
        .addKeyValue("account", id)
        .addKeyValue("since", since)
        .log(
            "An account that was locked by somebody else is {} after {} ms",
            onTrial ? "free" : "wanted by nobody",
            Duration.between(since, Instant.now()).toMillis());
  }
}
