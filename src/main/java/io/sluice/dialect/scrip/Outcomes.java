package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import java.util.function.Function;

/** What Scrip answers to the pipeline's outcomes. */
final class Outcomes {
  private Outcomes() {}

  /**
   * The receipt to make the answer from.
   *
   * @param unpaid what to answer when somebody holds too little
   * @throws io.sluice.dialect.ApiException for every outcome without a receipt
   */
  static Receipt receipt(Outcome outcome, Function<InsufficientFunds, ErrorAnswer> unpaid) {
    return switch (outcome) {
      case Outcome.Posted posted -> posted.receipt();
      case Outcome.Replayed replayed -> replayed.receipt();
      case Outcome.Conflict conflict -> throw ScripErrors.thrown(ScripErrors.idempotencyConflict());
      case Outcome.Refused refused -> throw ScripErrors.thrown(error(refused.reason(), unpaid));
      case Outcome.Overloaded overloaded ->
          throw fault(new Fault.Overloaded(overloaded.retryAfter()));
      case Outcome.Expired expired -> throw fault(new Fault.DeadlinePassed());
      case Outcome.Unavailable unavailable -> throw fault(new Fault.Unavailable());
    };
  }

  private static ErrorAnswer error(
      Refusal reason, Function<InsufficientFunds, ErrorAnswer> unpaid) {
    return switch (reason) {
      case ErrorAnswer ours -> ours;
      case InsufficientFunds funds -> unpaid.apply(funds);
      case LedgerRefusal.BalanceOutOfRange range ->
          ScripErrors.invalidRequest(
              "a balance would have more than " + Decimals.MAX_DIGITS + " digits");
      default -> throw new IllegalStateException("Scrip names no lots, yet: " + reason);
    };
  }

  private static RuntimeException fault(Fault fault) {
    return ScripErrors.thrown(ScripErrors.fault(fault));
  }

  static Answer created(JsonWriter body) {
    return Answer.json(201, body.toBuffer());
  }

  static Answer ok(JsonWriter body) {
    return Answer.json(200, body.toBuffer());
  }
}
