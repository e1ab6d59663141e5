package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.isometric.BatchQuantities.Part;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LotId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says in the registry's words what became of one request to do something with credit batches.
 *
 * @param supplier the supplier's id as the request has it
 * @param stored how what was done is shown
 * @param shortage what to say where an account holds too little
 * @param reference the administrator's, where that is the key of the request
 */
record BatchOutcomes(
    Deed deed,
    BatchQuantities quantities,
    String supplier,
    Function<Receipt, Answer> stored,
    Function<LedgerRefusal.InsufficientFunds, Answer> shortage,
    Optional<String> reference,
    IdCodec codec)
    implements OutcomeWords {
  /** For a client's request. */
  BatchOutcomes(
      Deed deed,
      BatchQuantities quantities,
      String supplier,
      Function<Receipt, Answer> stored,
      Function<LedgerRefusal.InsufficientFunds, Answer> shortage,
      IdCodec codec) {
    this(deed, quantities, supplier, stored, shortage, Optional.empty(), codec);
  }

  /** For what takes from no account but by the batch, each of which was found large enough. */
  static Answer noShortage(LedgerRefusal.InsufficientFunds refusal) {
    throw new IllegalStateException("refused: " + refusal);
  }

  @Override
  public Answer stored(Receipt receipt) {
    return stored.apply(receipt);
  }

  @Override
  public Answer conflict(TransferId existing) {
    return reference.map(Errors::referenceOfAnotherRequest).orElseGet(Errors::keyOfAnotherRequest);
  }

  @Override
  public Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.LotUnknown r ->
          Errors.notFound(IdPrefix.CREDIT_BATCH, part(r.lot()).batch());
      case LedgerRefusal.LotNotHeld r -> Errors.batchNotOwned(part(r.lot()).batch(), deed);
      case LedgerRefusal.LotIssuerMismatch r ->
          Errors.batchOfOtherSupplier(part(r.lot()).batch(), supplier);
      case LedgerRefusal.LotUnavailable r ->
          Errors.batchOutOfUse(part(r.lot()).batch(), r.status(), deed);
      case LedgerRefusal.LotTooSmall r ->
          Errors.batchTooSmall(part(r.lot()).batch(), r.size().units(), part(r.lot()).kilograms());
      case LedgerRefusal.BalanceOutOfRange r -> Errors.balanceOutOfRange(deed);
      case LedgerRefusal.InsufficientFunds r -> shortage.apply(r);
      case LedgerRefusal.TooManyLots r -> Errors.tooManyBatches(r.limit());
      case LedgerRefusal.NothingToMove r -> throw new IllegalStateException("refused: " + r);
      // Drawn again, so this is only ever seen when drawing again did not help.
      case LedgerRefusal.LotIdTaken r -> Errors.noFreeId();
    };
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }

  private Part part(LotId lot) {
    return quantities.partOf(lot, codec);
  }
}
