package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.loop.Chain;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** Has commands carried out whose ids are drawn, so that other processes may draw the same. */
record Submissions(TransferPipeline pipeline) {
  /** How often ids are drawn for one request. */
  static final int MAX_DRAWS = 3;

  /**
   * Submits, and again with new ids when another process drew the same in the same millisecond.
   *
   * @param drawn makes the command, each time with new ids
   */
  Future<Answer> submit(Supplier<TransferCommand> drawn, OutcomeWords words) {
    return submit(drawn, words, MAX_DRAWS);
  }

  private Future<Answer> submit(Supplier<TransferCommand> drawn, OutcomeWords words, int draws) {
    TransferCommand command = drawn.get();
    if (command.intent() instanceof Intent.Doomed doomed && command.key().isEmpty()) {
      // Only a key could tell that the request was carried out before.
      return Future.succeededFuture(
          words.answer(new Outcome.Refused(doomed.refusal(), Optional.empty())));
    }
    return Chain.compose(
        pipeline.submit(command),
        outcome -> {
          if (!isIdTaken(outcome)) {
            return Future.succeededFuture(words.answer(outcome));
          }
          return draws > 1
              ? submit(drawn, words, draws - 1)
              : Future.succeededFuture(Errors.noFreeId());
        });
  }

  private static boolean isIdTaken(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && (refused.reason() instanceof TransferIdTaken
            || refused.reason() instanceof LedgerRefusal.LotIdTaken);
  }
}
