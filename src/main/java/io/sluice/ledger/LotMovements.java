package io.sluice.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one transfer does to lots, as it is being done. */
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

  /** Pays from the oldest lots that have not expired; returns what they could not pay. */
  Amount debitFirstIn(AccountId account, List<LotState> queue, Amount amount) {
    Amount unpaid = amount;
    for (LotState lot : queue) {
      if (unpaid.isZero()) {
        break;
      }
      if (lot.isSpendableAt(now)) {
        Amount part = lot.remaining().min(unpaid);
        lot.take(part);
        unpaid = unpaid.minus(part);
        all.add(new LotMovement(lot.id(), account, part.negated()));
      }
    }
    return unpaid;
  }

  /** Takes a named lot off the debited account, splitting it where only a part moves. */
  void debitNamed(Leg leg) {
    LotRule.Named named = (LotRule.Named) leg.lots();
    LotState lot = books.lot(named.lot()).orElseThrow();
    Amount size = lot.remaining();
    all.add(new LotMovement(lot.id(), leg.debit().id(), size.negated()));
    if (leg.amount().equals(size)) {
      lot.moveTo(leg.credit().id());
      all.add(new LotMovement(lot.id(), leg.credit().id(), size));
    } else {
      split(leg, named, lot, size);
    }
  }

  private void split(Leg leg, LotRule.Named named, LotState lot, Amount size) {
    LotState.Issue issue = lot.issue().orElseThrow();
    long boundary = Math.addExact(issue.serialFrom(), leg.amount().units().longValueExact());
    arrive(child(lot, named.leftChild(), leg.credit().id(), leg.amount(), issue));
    arrive(
        child(
            lot,
            named.rightChild(),
            leg.debit().id(),
            size.minus(leg.amount()),
            issue.from(boundary)));
    lot.split(named.leftChild(), named.rightChild());
  }

  private static LotState child(
      LotState parent, LotId id, AccountId owner, Amount amount, LotState.Issue issue) {
    return new LotState.Builder(id, owner)
        .amount(amount)
        .createdAt(parent.createdAt())
        .expiresAt(parent.expiresAt())
        .issue(Optional.of(issue))
        .parent(parent.id())
        .fresh();
  }

  /**
   * Gives a lot-tracking account the lot of a credit.
   *
   * @param unspent the credit, less what went to pay an overdraft back
   */
  void credit(Leg leg, AccountState account, Amount unspent) {
    switch (leg.lots()) {
      case LotRule.Named named -> {
        // The lot itself, or its left child, has moved with the debit.
      }
      case LotRule.Issue issue ->
          arrive(
              lot(issue.lot(), account, leg.amount(), unspent)
                  .issue(
                      Optional.of(
                          new LotState.Issue(issue.issuer(), issue.origin(), issue.serialFrom())))
                  .fresh());
      case LotRule.Automatic rule ->
          arrive(
              lot(new LotId(ids.next()), account, leg.amount(), unspent)
                  .expiresAt(rule.expiresAt())
                  .fresh());
    }
  }

  private LotState.Builder lot(LotId id, AccountState account, Amount amount, Amount unspent) {
    return new LotState.Builder(id, account.id()).amount(amount).remaining(unspent).createdAt(now);
  }

  private void arrive(LotState lot) {
    books.arrive(lot);
    if (lot.remaining().isPositive()) {
      all.add(new LotMovement(lot.id(), lot.account(), lot.remaining()));
    }
  }
}
