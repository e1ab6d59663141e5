package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.LedgerRefusal;

/** What is said of the outcome of anything that moves dollars. */
interface Words extends OutcomeWords {
  @Override
  default Answer refused(LedgerRefusal refusal) {
    return Errors.refused(refusal);
  }

  @Override
  default Answer fault(Fault fault) {
    return Errors.fault(fault);
  }
}
