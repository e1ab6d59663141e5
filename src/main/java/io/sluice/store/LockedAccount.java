package io.sluice.store;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Amount;

/**
 * An account's row as it was read, beside what the batch makes of it.
 *
 * @param ref as the commands name it
 * @param state changes while the batch is decided; the rest does not
 * @param place where PostgreSQL keeps the row
 * @param number names the account in the record of what moved
 */
record LockedAccount(
    AccountRef ref,
    AccountState state,
    String place,
    long number,
    long sequence,
    Amount balance,
    Amount overdrawn) {
  /**
   * A row as it is locked.
   *
   * @throws IllegalStateException when it is of another kind than the commands take it for: they
   *     would be decided without its lots
   */
  static LockedAccount of(AccountRef ref, AccountState state, String place, long number) {
    if (state.kind() != ref.kind()) {
      throw new IllegalStateException(
          "account " + ref.id().value() + " is " + state.kind() + ", not " + ref.kind());
    }
    return new LockedAccount(
        ref, state, place, number, state.sequence(), state.balance(), state.overdrawn());
  }
}
