package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that one command takes from one account: one posting, whatever the number of legs. */
final class Debit {
  private final AccountRef ref;
  private final AccountState account;
  private final List<LotState> queue;
  private final Instant now;
  private final List<Leg> namedLegs = new ArrayList<>(0);
  private BigInteger total = BigInteger.ZERO;
  private BigInteger automatic = BigInteger.ZERO;
  private boolean mayOverdraw;

  Debit(AccountRef ref, AccountState account, List<LotState> queue, Instant now) {
    this.ref = ref;
    this.account = account;
    this.queue = queue;
    this.now = now;
  }

  void add(Leg leg) {
    total = total.add(leg.amount().units());
    if (leg.lots() instanceof LotRule.Named) {
      namedLegs.add(leg);
    } else {
      automatic = automatic.add(leg.amount().units());
    }
    mayOverdraw |= leg.mayOverdraw();
  }

  AccountState account() {
    return account;
  }

  /** Why the account cannot pay, if it cannot. */
  Optional<Refusal> refusal() {
    if (!Amount.fits(total)) {
      return Optional.of(new LedgerRefusal.BalanceOutOfRange(ref));
    }
    if (account.kind() == AccountKind.SYSTEM || mayOverdraw || automatic.signum() == 0) {
      return Optional.empty();
    }
    Amount required = new Amount(total);
    Amount available = available();
    if (!required.isMoreThan(available)) {
      return Optional.empty();
    }
    return Optional.of(
        queue.size() >= Needs.MAX_LOTS_PER_DEBIT && !required.isMoreThan(account.spendable())
            ? new LedgerRefusal.TooManyLots(ref, Needs.MAX_LOTS_PER_DEBIT)
            : new LedgerRefusal.InsufficientFunds(ref, available, required));
  }

  private Amount available() {
    return account.kind() == AccountKind.LOT
        ? spendableLots().minus(account.overdrawn())
        : account.spendable();
  }

  private Amount spendableLots() {
    BigInteger sum = BigInteger.ZERO;
    for (LotState lot : queue) {
      if (lot.isSpendableAt(now)) {
        sum = sum.add(lot.remaining().units());
      }
    }
    return new Amount(sum);
  }

  /** Makes the posting and moves the lots. Only after {@link #refusal()} found nothing. */
  Posting apply(LotMovements movements) {
    Amount amount = new Amount(total);
    if (account.kind() == AccountKind.LOT) {
      namedLegs.forEach(movements::debitNamed);
      Amount unpaid = movements.debitFirstIn(account.id(), queue, new Amount(automatic));
      account.overdraw(unpaid);
    } else if (account.kind() == AccountKind.SIMPLE) {
      account.overdraw(pastFloor(amount));
    }
    return account.post(amount.negated());
  }

  /** How much of the debit goes further below the floor than an overdraft has gone already. */
  private Amount pastFloor(Amount amount) {
    Amount covered = account.spendable().max(Amount.ZERO);
    return amount.minus(covered).max(Amount.ZERO);
  }
}
