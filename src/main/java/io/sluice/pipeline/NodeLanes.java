package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.TenantHome.Order;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The pipeline of one node of several, with at most its share of commands inside: a node that
 * stands still does not take the room of the others. Used by any thread.
 */
final class NodeLanes {
  private final LanePipeline pipeline;
  private final IntSupplier share;
  private final Duration retryAfter;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * @param share commands that may be inside, those behind all others not counted
   * @param retryAfter told to those who find no room
   */
  NodeLanes(LanePipeline pipeline, IntSupplier share, Duration retryAfter) {
    this.pipeline = pipeline;
    this.share = share;
    this.retryAfter = retryAfter;
  }

  LanePipeline pipeline() {
    return pipeline;
  }

  /**
   * Carries a command out, or turns it away.
   *
   * @param wasHeld whether others that came later may be inside already
   */
  Future<Outcome> submit(Order order, boolean wasHeld) {
    if (order.behind()) {
      return pipeline.submit(order, wasHeld);
    }
    if (inside.incrementAndGet() > share.getAsInt()) {
      inside.decrementAndGet();
      return turnAway(order.command());
    }
    return pipeline.submit(order, wasHeld).onComplete(done -> inside.decrementAndGet());
  }

  /** Tells a command that there is no room for it. */
  Future<Outcome> turnAway(TransferCommand command) {
    return tell(command, new Outcome.Overloaded(retryAfter));
  }

  /** Answers a command of which nothing has been done, and counts that. */
  Future<Outcome> tell(TransferCommand command, Outcome outcome) {
    return pipeline.tell(command, outcome);
  }
}
