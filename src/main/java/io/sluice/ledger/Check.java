package io.sluice.ledger;

import java.util.Objects;
import java.util.Set;

/**
 * A condition that a dialect attaches to a command. Checks are looked at in order, after the
 * idempotency key and before funds; the first that fails decides the answer. What they look at is
 * read in the transaction that moves the value.
 */
public sealed interface Check {
  /** What to answer when the condition does not hold. */
  Refusal refusal();

  /** The same condition, asked of the holder itself instead of an account. */
  HolderStatusIn ofHolder();

  /**
   * A holder that is no party to the transfer, such as a programme, must have one of these
   * statuses.
   */
  record HolderStatusIn(HolderId holder, Set<HolderStatus> allowed, Refusal refusal)
      implements Check {
    public HolderStatusIn {
      Objects.requireNonNull(holder);
      Objects.requireNonNull(refusal);
      allowed = Set.copyOf(allowed);
    }

    @Override
    public HolderStatusIn ofHolder() {
      return this;
    }
  }

  /** The holder of an account that the command moves must have one of these statuses. */
  record AccountStatusIn(AccountRef account, Set<HolderStatus> allowed, Refusal refusal)
      implements Check {
    public AccountStatusIn {
      Objects.requireNonNull(account);
      Objects.requireNonNull(refusal);
      allowed = Set.copyOf(allowed);
    }

    @Override
    public HolderStatusIn ofHolder() {
      return new HolderStatusIn(account.holder(), allowed, refusal);
    }
  }
}
