package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.isometric.TransferRequest.BatchQuantity;
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
      case LedgerRefusal.LotUnknown r ->
          Errors.notFound(IdPrefix.CREDIT_BATCH, part(r.lot()).batch());
      case LedgerRefusal.LotNotHeld r -> Errors.batchNotOwned(part(r.lot()).batch());
      case LedgerRefusal.LotIssuerMismatch r ->
          Errors.batchOfOtherSupplier(part(r.lot()).batch(), request.supplier());
      case LedgerRefusal.LotUnavailable r ->
          Errors.batchOutOfUse(part(r.lot()).batch(), r.status());
      case LedgerRefusal.LotTooSmall r -> tooSmall(part(r.lot()), r.size().units());
      case LedgerRefusal.BalanceOutOfRange r -> Errors.balanceOutOfRange();
      // The balance is the sum of the batches, each of which was found large enough.
      case LedgerRefusal.InsufficientFunds r -> throw new IllegalStateException("refused: " + r);
      case LedgerRefusal.TooManyLots r -> throw new IllegalStateException("refused: " + r);
      case LedgerRefusal.NothingToMove r -> throw new IllegalStateException("refused: " + r);
      // Drawn again, so this is only ever seen when drawing again did not help.
      case LedgerRefusal.LotIdTaken r -> Errors.noFreeId();
    };
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }

  private static Answer tooSmall(BatchQuantity part, BigInteger size) {
    return Errors.batchTooSmall(part.batch(), size, part.kilograms());
  }

  private BatchQuantity part(LotId lot) {
    return request.partOf(lot, codec);
  }
}
