package io.sluice.ledger;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A condition that a dialect attaches to a command. Checks are looked at in order, after the
 * idempotency key and before funds; the first that fails decides the answer. What they look at is
 * read in the transaction that moves the value.
 */
public sealed interface Check {
  /** The same condition, asked of the holder itself instead of an account. */
  OfHolder ofHolder();

  /** A condition that no account is needed for. */
  sealed interface OfHolder extends Check {
    HolderId holder();

    @Override
    default OfHolder ofHolder() {
      return this;
    }
  }

  /**
   * A holder that is no party to the transfer, such as a programme, must have one of these
   * statuses.
   *
   * @param refusal what to answer when it has not
   */
  record HolderStatusIn(HolderId holder, Set<HolderStatus> allowed, Refusal refusal)
      implements OfHolder {
    public HolderStatusIn {
      Objects.requireNonNull(holder);
      Objects.requireNonNull(refusal);
      allowed = Set.copyOf(allowed);
    }
  }

  /**
   * No amount may exceed the ceiling that a holder carries, such as one that stands for an asset.
   *
   * @param holder whose ceiling counts; none is as good as one that is never reached
   * @param amount the largest that the command moves
   * @param refusal what to answer when that is more than the ceiling
   */
  record WithinCeiling(HolderId holder, Amount amount, Function<Amount, Refusal> refusal)
      implements OfHolder {
    public WithinCeiling {
      Objects.requireNonNull(holder);
      Objects.requireNonNull(amount);
      Objects.requireNonNull(refusal);
    }
  }

  /**
   * The holder of an account that the command moves must have one of these statuses.
   *
   * @param refusal what to answer when it has not
   */
  record AccountStatusIn(AccountRef account, Set<HolderStatus> allowed, Refusal refusal)
      implements Check {
    public AccountStatusIn {
      Objects.requireNonNull(account);
      Objects.requireNonNull(refusal);
      allowed = Set.copyOf(allowed);
    }

    @Override
    public OfHolder ofHolder() {
      return new HolderStatusIn(account.holder(), allowed, refusal);
    }
  }
}
