package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.vertx.core.Future;

/** The one way in which value moves, shared by all dialects. */
public interface TransferPipeline {
  /**
   * Carries a command out. Commands that touch the same account are carried out in the order of
   * these calls. May be called from any thread; the future completes on the caller's event loop.
   *
   * @return the outcome; a failed future is a defect, never a business answer
   */
  Future<Outcome> submit(TransferCommand command);
}
