package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import java.util.UUID;
import java.util.function.Function;

/** Renders what became of a command that a client named with a {@code transaction_id}. */
final class CorebanqOutcomes {
  private CorebanqOutcomes() {}

  static Answer answer(Outcome outcome, UUID transaction, Function<Receipt, Answer> rendering) {
    return switch (outcome) {
      case Outcome.Posted posted -> rendering.apply(posted.receipt());
      case Outcome.Replayed replayed -> rendering.apply(replayed.receipt());
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
