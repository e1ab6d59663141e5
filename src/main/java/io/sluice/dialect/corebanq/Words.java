package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is said of a transaction. A replay is answered like the first time.
 *
 * @param transaction what the client calls it
 * @param rendering the answer to what is stored: of transfers and entries each their own
 */
record Words(UUID transaction, Function<Receipt, Answer> rendering) implements OutcomeWords {
  @Override
  public Answer stored(Receipt receipt) {
    return rendering.apply(receipt);
  }

  @Override
  public Answer conflict(TransferId existing) {
    return Errors.duplicateTransaction(transaction);
  }

  @Override
  public Answer refused(LedgerRefusal refusal) {
    return Errors.refused(refusal);
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }
}
