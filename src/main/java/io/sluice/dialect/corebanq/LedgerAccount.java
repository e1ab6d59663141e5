package io.sluice.dialect.corebanq;

import io.sluice.dialect.ErrorAnswer;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderStatus;
import java.util.Set;
import java.util.UUID;

/**
 * What moving funds needs to know of a ledger. It never changes; whether the ledger is active does,
 * so that is asked in the transaction that moves value.
 */
record LedgerAccount(UUID ledger, AccountRef account, String currencyCode) {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  Check mustBeActive() {
    return new Check.AccountStatusIn(
        account, ACTIVE, new ErrorAnswer(() -> Errors.inactive(ledger)));
  }
}
