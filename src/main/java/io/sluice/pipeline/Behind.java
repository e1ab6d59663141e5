package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Commands that stand behind all others, such as lines of files: they wait outside of the waiting
 * room, in the order in which they came. Bounded by whoever submits them. For one thread only.
 */
final class Behind {
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /**
   * One of them.
   *
   * @param deadlineNanos by when it must have been let in, as {@link System#nanoTime}
   */
  record Waiting(TransferCommand command, Promise<Outcome> promise, long deadlineNanos) {}

  void add(Waiting last) {
    waiting.add(last);
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
