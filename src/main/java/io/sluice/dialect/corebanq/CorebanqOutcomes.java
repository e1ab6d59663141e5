package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import java.util.UUID;
import java.util.function.BiFunction;

/** Renders what became of a command that a client named with a {@code transaction_id}. */
final class CorebanqOutcomes {
  private CorebanqOutcomes() {}

  /**
   * The answer to an outcome.
   *
   * @param sent what the request says, which is what was stored when it was posted
   * @param rendering makes the answer from a receipt and what was stored with it
   */
  static Answer answer(
      Outcome outcome, EntryNote sent, BiFunction<Receipt, EntryNote, Answer> rendering) {
    return switch (outcome) {
      case Outcome.Posted(Receipt receipt) -> rendering.apply(receipt, sent);
      case Outcome.Replayed(Receipt first) ->
          rendering.apply(first, EntryNote.ofDetail(first.detail()));
      default -> failure(outcome, sent.transaction());
    };
  }

  /** The answer to an outcome other than a stored transfer. */
  static Answer failure(Outcome outcome, UUID transaction) {
    return switch (outcome) {
      case Outcome.Posted posted -> throw new IllegalStateException("posted: " + posted);
      case Outcome.Replayed replayed -> throw new IllegalStateException("posted: " + replayed);
      case Outcome.Conflict conflict -> CorebanqErrors.duplicateTransaction(transaction);
      case Outcome.Refused refused -> refusal(refused.reason());
      case Outcome.Overloaded overloaded -> CorebanqErrors.rateLimited(overloaded.retryAfter());
      case Outcome.Expired expired -> CorebanqErrors.deadlinePassed();
      case Outcome.Unavailable unavailable -> CorebanqErrors.unavailable();
    };
  }

  private static Answer refusal(Refusal reason) {
    return switch (reason) {
      case ErrorAnswer error -> error.answer();
      case LedgerRefusal.InsufficientFunds funds -> CorebanqErrors.insufficientFunds(funds);
      case LedgerRefusal.BalanceOutOfRange range -> CorebanqErrors.balanceOutOfRange();
      default -> throw new IllegalStateException("no currency has lots: " + reason);
    };
  }
}
