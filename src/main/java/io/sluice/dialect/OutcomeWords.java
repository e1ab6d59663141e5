package io.sluice.dialect;

import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import java.time.Duration;
import java.util.Optional;

/**
 * What a dialect says of the outcome of one command. The outcomes are told apart here, once for all
 * dialects; each brings its words, and a new refusal does not compile before every dialect has one
 * for it.
 */
public interface OutcomeWords {
  /** Ids come from the clock, so the next one is another soon. */
  Duration RETRY_AFTER_DRAWN_TWICE = Duration.ofSeconds(1);

  /** The answer to a stored transfer: one that moved value, or a refusal that was recorded. */
  Answer stored(Receipt receipt);

  /** The answer to the same request again; the first answer, unless the dialect says otherwise. */
  default Answer replayed(Receipt receipt) {
    return stored(receipt);
  }

  /** The idempotency key stands for another request, whose transfer this is. */
  Answer conflict(TransferId existing);

  /** The ledger's own refusal. */
  Answer refused(LedgerRefusal refusal);

  /** What kept the command from being carried out, or from being known to be. */
  Answer fault(Fault fault);

  /** The answer to an outcome. */
  default Answer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted(Receipt receipt) -> stored(receipt).about(receipt.id());
      case Outcome.Replayed(Receipt receipt) -> replayed(receipt).about(receipt.id());
      case Outcome.Conflict(TransferId existing) -> conflict(existing).about(existing);
      case Outcome.Refused(Refusal reason, Optional<Receipt> recorded) ->
          recorded
              .map(receipt -> stored(receipt).about(receipt.id()))
              .orElseGet(() -> refusal(reason));
      case Outcome.Overloaded overloaded -> fault(new Fault.Overloaded(overloaded.retryAfter()));
      case Outcome.Expired expired -> fault(new Fault.DeadlinePassed());
      case Outcome.Unavailable unavailable -> fault(new Fault.Unavailable());
    };
  }

  /**
   * The stored transfer, for whoever needs more than it to answer.
   *
   * @throws ApiException with {@link #answer} for an outcome that stored none
   */
  default Receipt receipt(Outcome outcome) {
    return outcome.stored().orElseThrow(() -> new ApiException(answer(outcome)));
  }

  private Answer refusal(Refusal reason) {
    return switch (reason) {
      case LedgerRefusal ledger -> refused(ledger);
      case ErrorAnswer own -> own.answer();
      case TransferIdTaken drawnTwice -> fault(new Fault.Overloaded(RETRY_AFTER_DRAWN_TWICE));
      default -> throw new IllegalStateException("a refusal that no dialect gave: " + reason);
    };
  }
}
