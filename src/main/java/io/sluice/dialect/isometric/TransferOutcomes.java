package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.isometric.Errors.Model;
import io.sluice.dialect.isometric.TransferRequest.BatchQuantity;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferIdTaken;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Says in the registry's words what became of one request for a transfer.
 *
 * @param note what is stored of the request when value moves; empty when none can
 */
record TransferOutcomes(
    TransferDetail view, IdCodec codec, TransferRequest request, Optional<TransferNote> note) {
  Answer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted posted -> view.answer(posted.receipt(), note.orElseThrow());
      case Outcome.Replayed replayed -> view.answer(replayed.receipt());
      case Outcome.Conflict conflict -> Errors.keyOfAnotherRequest();
      case Outcome.Refused refused -> refused(refused.reason());
      case Outcome.Overloaded overloaded -> Errors.overloaded(overloaded.retryAfter());
      case Outcome.Expired expired -> Errors.deadlinePassed();
      case Outcome.Unavailable unavailable -> Errors.unavailable();
    };
  }

  private Answer refused(Refusal reason) {
    return switch (reason) {
      case ErrorAnswer known -> known.answer();
      case TransferIdTaken taken -> Errors.noFreeId();
      case LedgerRefusal ledger -> refused(ledger);
      default -> throw new IllegalStateException("a refusal that nobody asked for: " + reason);
    };
  }

  private Answer refused(LedgerRefusal reason) {
    return switch (reason) {
      case LedgerRefusal.LotUnknown r -> Errors.notFound(Model.CREDIT_BATCH, id(r.lot()));
      case LedgerRefusal.LotNotHeld r -> Errors.batchNotOwned(id(r.lot()));
      case LedgerRefusal.LotIssuerMismatch r ->
          Errors.batchOfOtherSupplier(id(r.lot()), request.supplier());
      case LedgerRefusal.LotUnavailable r -> Errors.batchOutOfUse(id(r.lot()), r.status());
      case LedgerRefusal.LotTooSmall r -> tooSmall(id(r.lot()), r.size().units());
      case LedgerRefusal.BalanceOutOfRange r -> Errors.balanceOutOfRange();
      // The balance is the sum of the batches, each of which was found large enough.
      case LedgerRefusal.InsufficientFunds r -> throw new IllegalStateException("refused: " + r);
      case LedgerRefusal.TooManyLots r -> throw new IllegalStateException("refused: " + r);
      case LedgerRefusal.LotIdTaken r -> Errors.noFreeId();
    };
  }

  private Answer tooSmall(String batch, BigInteger size) {
    BigInteger wanted =
        request.batches().stream()
            .filter(quantity -> quantity.batch().equals(batch))
            .map(BatchQuantity::kilograms)
            .findFirst()
            .orElseThrow();
    return Errors.batchTooSmall(batch, size, wanted);
  }

  private String id(LotId lot) {
    return codec.encode(IdPrefix.CREDIT_BATCH, lot.value());
  }
}
