package io.sluice.pipeline;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** The one way in which value moves, shared by all dialects. */
public interface TransferPipeline {
  /**
   * Carries a command out. Commands that touch the same account are carried out in the order of
   * these calls. May be called from any thread; the future completes on the caller's event loop.
   *
   * @return the outcome; a failed future is a defect, never a business answer
   */
  Future<Outcome> submit(TransferCommand command);

  /**
   * Carries a command out when that makes nobody wait who comes alone: it waits outside of the
   * queue until little is in it. Otherwise as {@link #submit}; commands that were submitted in this
   * way and touch the same account are carried out in the order of these calls.
   */
  default Future<Outcome> submitBehind(TransferCommand command) {
    return submit(command);
  }

  /**
   * Whether a tenant's command would be refused now in any case, because it would have to wait for
   * too long; costs next to nothing. May be called from any thread.
   *
   * @return when to come back; empty for a command that is to be submitted
   */
  default Optional<Duration> turnsAway(TenantId tenant) {
    return Optional.empty();
  }
}
