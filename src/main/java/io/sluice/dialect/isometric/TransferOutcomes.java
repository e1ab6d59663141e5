package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import java.math.BigInteger;

/** Says in the registry's words what became of one request for a transfer. */
record TransferOutcomes(TransferRequest request, TransferDetail detail, IdCodec codec)
    implements OutcomeWords {
  @Override
  public Answer stored(Receipt receipt) {
    return detail.answer(receipt);
  }

  @Override
  public Answer conflict(TransferId existing) {
    return Errors.keyOfAnotherRequest();
  }

  @Override
  public Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.LotUnknown r -> Errors.notFound(IdPrefix.CREDIT_BATCH, id(r.lot()));
      case LedgerRefusal.LotNotHeld r -> Errors.batchNotOwned(id(r.lot()));
      case LedgerRefusal.LotIssuerMismatch r ->
          Errors.batchOfOtherSupplier(id(r.lot()), request.supplier());
      case LedgerRefusal.LotUnavailable r -> Errors.batchOutOfUse(id(r.lot()), r.status());
      case LedgerRefusal.LotTooSmall r -> tooSmall(id(r.lot()), r.size().units());
      case LedgerRefusal.BalanceOutOfRange r -> Errors.balanceOutOfRange();
      // The balance is the sum of the batches, each of which was found large enough.
      case LedgerRefusal.InsufficientFunds r -> throw new IllegalStateException("refused: " + r);
      case LedgerRefusal.TooManyLots r -> throw new IllegalStateException("refused: " + r);
      // Drawn again, so this is only ever seen when drawing again did not help.
      case LedgerRefusal.LotIdTaken r -> Errors.noFreeId();
    };
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }

  private Answer tooSmall(String batch, BigInteger size) {
    return Errors.batchTooSmall(batch, size, request.kilogramsOf(batch));
  }

  private String id(LotId lot) {
    return codec.encode(IdPrefix.CREDIT_BATCH, lot.value());
  }
}
