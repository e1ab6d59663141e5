package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.loop.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Which node's lanes carry out a tenant's commands. When that changes, those who come are held
 * until everything inside of the former ones is answered, which is within its deadlines: so they
 * are carried out in the order in which they came. Used by any thread.
 */
final class TenantHome {
  private final ArrayDeque<Held> held = new ArrayDeque<>(0);
  private Optional<NodeLanes> lanes = Optional.empty();
  private Optional<NodeLanes> next = Optional.empty();
  private int inside;

  private record Held(Order order, Promise<Outcome> promise) {}

  /**
   * A command on its way to lanes.
   *
   * @param behind whether it waits behind all others
   * @param deadlineNanos by when it must have been carried out, as {@link System#nanoTime}
   */
  record Order(TransferCommand command, boolean behind, long deadlineNanos) {
    boolean isPastDeadline(long nowNanos) {
      return nowNanos - deadlineNanos >= 0;
    }
  }

  /** Has a command carried out, or holds it. */
  synchronized Future<Outcome> submit(Order order) {
    if (lanes.isPresent() && next.isEmpty()) {
      return enter(order, false);
    }
    Promise<Outcome> promise = EventLoop.callersPromise();
    held.add(new Held(order, promise));
    return promise.future();
  }

  private Future<Outcome> enter(Order order, boolean wasHeld) {
    inside++;
    return lanes.orElseThrow().submit(order, wasHeld).onComplete(done -> leave());
  }

  private synchronized void leave() {
    inside--;
    settle();
  }

  /** Has further commands carried out elsewhere, as soon as none is inside of other lanes. */
  synchronized void moveTo(NodeLanes other) {
    next = Optional.of(other);
    settle();
  }

  private void settle() {
    if (next.isPresent() && (inside == 0 || next.equals(lanes))) {
      lanes = next;
      next = Optional.empty();
      while (!held.isEmpty()) {
        Held first = held.poll();
        enter(first.order(), true).onComplete(first.promise());
      }
    }
  }

  /**
   * Gives up those held for too long.
   *
   * @param teller tells them so
   */
  synchronized void expire(long nowNanos, NodeLanes teller) {
    while (!held.isEmpty() && held.peek().order().isPastDeadline(nowNanos)) {
      Held late = held.poll();
      teller.tell(late.order().command(), new Outcome.Expired()).onComplete(late.promise());
    }
  }

  /** Where commands are carried out now; empty while nobody knows. */
  synchronized Optional<NodeLanes> lanes() {
    return lanes;
  }

  /** Whether a command is inside of lanes, or may come to be without being placed anew. */
  synchronized boolean uses(NodeLanes some) {
    return lanes.filter(some::equals).isPresent() || next.filter(some::equals).isPresent();
  }
}
