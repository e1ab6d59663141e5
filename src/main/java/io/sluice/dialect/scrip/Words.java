package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.TransferId;

/** What Scrip says of outcomes, whatever was asked for. */
interface Words extends OutcomeWords {
  /** The answer when somebody holds too little. */
  Answer unpaid(InsufficientFunds funds);

  @Override
  default Answer conflict(TransferId existing) {
    return Errors.idempotencyConflict();
  }

  @Override
  default Answer refused(LedgerRefusal refusal) {
    return Errors.refused(refusal, this::unpaid);
  }

  @Override
  default Answer fault(Fault fault) {
    return Errors.fault(fault);
  }
}
