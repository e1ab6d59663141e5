package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Commands that stand behind all others, such as lines of files: they wait outside of the waiting
 * room, in the order in which they came. Bounded by whoever submits them. For one thread only.
 *
 * <p>Where nobody else comes they fill all batches. Where somebody does, they go in portions, the
 * next when the last is done: a batch of them keeps its lane for hardly longer than a single
 * transfer does, and the other lanes are free for whoever comes. A portion that takes long, as its
 * lane hangs, keeps the next one waiting for a while only.
 */
final class Behind {
  /** For so small a part of the time that others are expected a portion is waited for. */
  private static final int PATIENCE_PART = 10;

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final long companyNanos;
  private boolean company;

  /** When others are no longer expected, as {@link System#nanoTime}. */
  private long companyUntilNanos;

  private Portion portion = new Portion(System.nanoTime());

  /**
   * @param companyMs so long after others have come more of them are expected
   */
  Behind(int companyMs) {
    companyNanos = TimeUnit.MILLISECONDS.toNanos(companyMs);
  }

  /**
   * One of them.
   *
   * @param deadlineNanos by when it must have been let in, as {@link System#nanoTime}
   */
  record Waiting(TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {}

  void add(Waiting last) {
    waiting.add(last);
  }

  /** Notes that somebody came who does not stand behind all others. */
  void meet(long nowNanos) {
    company = true;
    companyUntilNanos = nowNanos + companyNanos;
  }

  /** Whether others come, too. */
  boolean hasCompany(long nowNanos) {
    company = company && nowNanos - companyUntilNanos < 0;
    return company;
  }

  /** What the next one comes with where others come, too. */
  Portion portion(long nowNanos) {
    boolean late = portion.ageNanos(nowNanos) >= companyNanos / PATIENCE_PART;
    if (portion.isDone() || late) {
      portion = new Portion(nowNanos);
    }
    return portion;
  }

  /** Whether some were let in together that are not done. */
  boolean isPortionUnderWay() {
    return !portion.isDone();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes the first one out. */
  Waiting next() {
    return waiting.remove();
  }

  /** Takes out those whose deadlines have passed. */
  void expire(long nowNanos, Consumer<Waiting> expired) {
    while (!isEmpty() && nowNanos - waiting.peek().deadlineNanos() >= 0) {
      expired.accept(next());
    }
  }
}
