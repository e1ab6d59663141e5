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
  private final Books.Payable payable;
  private final Instant expiryAt;
  private final List<Leg> namedLegs = new ArrayList<>(0);
  private Optional<LotRule.Oldest> oldest = Optional.empty();
  private BigInteger total = BigInteger.ZERO;
  private boolean mayOverdraw;
  private Optional<Selection> selection = Optional.empty();

  Debit(AccountRef ref, AccountState account, Books.Payable payable, Instant now) {
    this.ref = ref;
    this.account = account;
    this.payable = payable;
    expiryAt = ref.bucket().expiryAt(now);
  }

  void add(Leg leg) {
    total = total.add(leg.amount().units());
    switch (leg.lots()) {
      case LotRule.Named named -> namedLegs.add(leg);
      case LotRule.Oldest rule -> oldest = Optional.of(rule);
      case LotRule.Issue issue -> {
        // Its account has no lots.
      }
      case LotRule.Automatic automatic -> {
        // The oldest pay, of any kind.
      }
      case LotRule.Restore restore -> {
        // Here, too.
      }
      case LotRule.Selected selected -> {
        // What it takes is told apart, once it is known.
      }
    }
    mayOverdraw |= leg.mayOverdraw();
  }

  /** Those that name the lots that they take: all do, or none. */
  List<Leg> namedLegs() {
    return namedLegs;
  }

  /** Notes that what it pays has been selected, and found to be there. */
  void take(Selection selected) {
    selection = Optional.of(selected);
  }

  AccountRef ref() {
    return ref;
  }

  AccountState account() {
    return account;
  }

  /** What all legs together take; more than zero. */
  BigInteger total() {
    return total;
  }

  /**
   * Why the account cannot pay, if it cannot. That named and selected lots can has been found out
   * before.
   */
  Optional<Refusal> refusal() {
    if (!Amount.fits(total)) {
      return Optional.of(new LedgerRefusal.BalanceOutOfRange(ref));
    }
    if (account.kind() == AccountKind.SYSTEM || isNamed() || selection.isPresent()) {
      return Optional.empty();
    }
    Amount required = new Amount(total);
    Amount available = available();
    if (!required.isMoreThan(available)) {
      return Optional.empty();
    }
    if (payable.areAll()) {
      return mayOverdraw
          ? overdraftOutOfRange(available, required)
          : Optional.of(insufficient(available, required));
    }
    // What is in the lots that were not read is not known, but all lots together hold no more.
    return required.isMoreThan(account.spendable()) && !mayOverdraw
        ? Optional.of(insufficient(account.spendable(), required))
        : Optional.of(new LedgerRefusal.TooManyLots(ref, payable.lots().size()));
  }

  /** What is overdrawn is a sum of its own, larger than the balance where lots have expired. */
  private Optional<Refusal> overdraftOutOfRange(Amount available, Amount required) {
    return Amount.fits(required.units().subtract(available.units()))
        ? Optional.empty()
        : Optional.of(new LedgerRefusal.BalanceOutOfRange(ref));
  }

  private Refusal insufficient(Amount available, Amount required) {
    return new LedgerRefusal.InsufficientFunds(ref, available, required);
  }

  /** Whether the legs name the lots that they take: all do, or none. */
  private boolean isNamed() {
    return !namedLegs.isEmpty();
  }

  private Amount available() {
    return account.kind() == AccountKind.LOT
        ? spendableLots().minus(account.overdrawn())
        : account.spendable();
  }

  private Amount spendableLots() {
    BigInteger sum = BigInteger.ZERO;
    for (LotState lot : payable.lots()) {
      if (lot.isSpendableAt(expiryAt)) {
        sum = sum.add(lot.remaining().units());
      }
    }
    return new Amount(sum);
  }

  /** Makes the posting and takes the lots. Only after {@link #refusal()} found nothing. */
  Posting apply(LotMovements movements) {
    Amount amount = new Amount(total);
    switch (account.kind()) {
      case LOT -> takeLots(movements, amount);
      case SIMPLE -> overdraw(pastFloor(amount));
      case SYSTEM -> {
        // It has neither lots nor a floor.
      }
    }
    return account.post(amount.negated());
  }

  private void takeLots(LotMovements movements, Amount amount) {
    if (selection.isPresent()) {
      movements.debitSelected(selection.get(), account);
    } else if (isNamed()) {
      namedLegs.forEach(leg -> movements.debitNamed(leg, (LotRule.Named) leg.lots(), account));
    } else if (oldest.isPresent()) {
      movements.debitOldest(oldest.get(), account, payable.lots(), amount);
    } else {
      overdraw(movements.debitFirstIn(account, payable.lots(), amount, expiryAt));
    }
  }

  private void overdraw(Amount unpaid) {
    Defect.unless(
        mayOverdraw || unpaid.isZero(), "account", ref.id().value(), "may not be overdrawn");
    account.overdraw(unpaid);
  }

  /** How much of the debit goes further below the floor than an overdraft has gone already. */
  private Amount pastFloor(Amount amount) {
    Amount covered = account.spendable().max(Amount.ZERO);
    return amount.minus(covered).max(Amount.ZERO);
  }
}
