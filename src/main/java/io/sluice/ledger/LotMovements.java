package io.sluice.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one transfer does to lots, as it is being done: first all debits, then the credits. */
final class LotMovements {
  private final Books books;
  private final Ids ids;
  private final Instant now;
  private final List<LotMovement> all = new ArrayList<>(0);

  LotMovements(Books books, Ids ids, Instant now) {
    this.books = books;
    this.ids = ids;
    this.now = now;
  }

  List<LotMovement> all() {
    return all;
  }

  /**
   * Pays from the oldest lots that have not expired; returns what they could not pay.
   *
   * @param expiryAt by when they must not have
   */
  Amount debitFirstIn(AccountState account, List<LotState> queue, Amount amount, Instant expiryAt) {
    Amount unpaid = amount;
    for (LotState lot : queue) {
      if (unpaid.isZero()) {
        break;
      }
      if (lot.isSpendableAt(expiryAt)) {
        Amount part = lot.remaining().min(unpaid);
        lot.take(part);
        unpaid = unpaid.minus(part);
        record(lot, account, part.negated());
      }
    }
    return unpaid;
  }

  /** Takes a named lot off the debited account, splitting it where only a part moves. */
  void debitNamed(Leg leg, AccountState account) {
    LotRule.Named named = (LotRule.Named) leg.lots();
    LotState lot = books.lot(named.lot()).orElseThrow();
    Amount size = lot.remaining();
    record(lot, account, size.negated());
    if (leg.amount().equals(size)) {
      books.depart(lot);
    } else {
      Amount rest = size.minus(leg.amount());
      arrive(child(lot, named.rightChild(), account, rest, leg.amount()), account);
      lot.split(named.leftChild(), named.rightChild());
    }
  }

  /**
   * Gives a lot-tracking account the lot of a credit.
   *
   * @param unspent the credit, less what went to pay an overdraft back
   */
  void credit(Leg leg, AccountState account, Amount unspent) {
    switch (leg.lots()) {
      case LotRule.Named named -> creditNamed(leg, named, account);
      case LotRule.Issue issue ->
          arrive(
              lot(issue.lot(), account, leg.amount(), unspent)
                  .issue(
                      Optional.of(
                          new LotState.Issue(issue.issuer(), issue.origin(), issue.serialFrom())))
                  .fresh(),
              account);
      case LotRule.Automatic rule ->
          arrive(
              lot(new LotId(ids.next()), account, leg.amount(), unspent)
                  .expiresAt(rule.expiresAt())
                  .fresh(),
              account);
    }
  }

  /** The lot itself, or its left child. */
  private void creditNamed(Leg leg, LotRule.Named named, AccountState account) {
    LotState lot = books.lot(named.lot()).orElseThrow();
    if (lot.status() == LotStatus.SPLIT) {
      arrive(child(lot, named.leftChild(), account, leg.amount(), Amount.ZERO), account);
    } else {
      lot.moveTo(account.id());
      arrive(lot, account);
    }
  }

  /**
   * A part of a lot.
   *
   * @param before how many units of the lot come before the part's
   */
  private static LotState child(
      LotState parent, LotId id, AccountState owner, Amount amount, Amount before) {
    return new LotState.Builder(id, owner.id())
        .amount(amount)
        .createdAt(parent.createdAt())
        .expiresAt(parent.expiresAt())
        .issue(parent.issue().map(issue -> issue.after(before)))
        .parent(parent.id())
        .fresh();
  }

  private LotState.Builder lot(LotId id, AccountState account, Amount amount, Amount unspent) {
    return new LotState.Builder(id, account.id()).amount(amount).remaining(unspent).createdAt(now);
  }

  private void arrive(LotState lot, AccountState account) {
    books.arrive(lot);
    if (lot.remaining().isPositive()) {
      record(lot, account, lot.remaining());
    }
  }

  private void record(LotState lot, AccountState account, Amount change) {
    account.changeLots(change);
    all.add(new LotMovement(lot.id(), account.id(), change));
  }
}
