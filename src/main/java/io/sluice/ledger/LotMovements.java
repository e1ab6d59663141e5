package io.sluice.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one transfer does to lots, as it is being done: first all debits, then the credits. */
final class LotMovements {
  private final TransferId transfer;
  private final Books books;
  private final Ids ids;
  private final Instant now;
  private final List<LotMovement> all = new ArrayList<>(0);
  private Optional<Selection> selected = Optional.empty();

  LotMovements(TransferId transfer, Books books, Ids ids, Instant now) {
    this.transfer = transfer;
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

  /** Takes a named lot off the debited account, splitting it where only a part is used. */
  void debitNamed(Leg leg, LotRule.Named named, AccountState account) {
    LotState lot = books.lot(named.lot()).orElseThrow();
    use(lot, leg.amount(), account, named.children(), named.use());
  }

  /** Takes the oldest lots off the debited account, of which there are enough. */
  void debitOldest(LotRule.Oldest rule, AccountState account, List<LotState> lots, Amount amount) {
    Amount open = amount;
    for (LotState lot : lots) {
      if (open.isZero()) {
        return;
      }
      Amount part = lot.remaining().min(open);
      use(lot, part, account, rule.children(), rule.use());
      open = open.minus(part);
    }
  }

  private void use(
      LotState lot,
      Amount amount,
      AccountState account,
      LotRule.Children children,
      LotRule.Use use) {
    Amount size = lot.remaining();
    record(lot, account, size.negated());
    books.depart(lot);
    LotState used = lot;
    if (!amount.equals(size)) {
      used = child(lot, children.left(), account, amount, Amount.ZERO);
      books.add(used);
      arrive(child(lot, children.right(), account, size.minus(amount), amount), account);
      lot.split(children);
    }
    switch (use) {
      case LotRule.Use.Move move -> {
        // It comes to somebody with the credit, and nothing else becomes of it.
      }
      case LotRule.Use.Deliver(HolderId order) ->
          used.deliver(new LotState.Delivery(transfer, order));
      case LotRule.Use.Retire(HolderId beneficiary) ->
          used.retire(new LotState.Retirement(transfer, beneficiary));
    }
  }

  /** Takes selected lots off the debited account, whole or in part. */
  void debitSelected(Selection selection, AccountState account) {
    selected = Optional.of(selection);
    for (Selection.Part part : selection.parts()) {
      LotState lot = part.lot();
      record(lot, account, part.amount().negated());
      if (selection.isMove() && part.isWhole()) {
        books.depart(lot);
      } else {
        lot.take(part.amount());
      }
      if (selection.isExpiry() && part.isWhole()) {
        lot.expire();
      }
    }
  }

  /**
   * Gives a lot-tracking account the lot of a credit.
   *
   * @param unspent the credit, less what went to pay an overdraft back
   */
  void credit(Leg leg, AccountState account, Amount unspent) {
    switch (leg.lots()) {
      case LotRule.Named named -> creditNamed(named, account);
      case LotRule.Oldest oldest -> throw new IllegalStateException("credited with what is gone");
      case LotRule.Selected rule -> creditSelected(selected.orElseThrow(), account);
      case LotRule.Restore rule -> restore(rule, leg, account);
      case LotRule.Issue issue ->
          arrive(
              lot(issue.lot(), account, leg.amount(), unspent)
                  .createdAt(issue.issuedAt())
                  .issue(Optional.of(described(issue)))
                  .fresh(),
              account);
      case LotRule.Automatic rule ->
          arrive(
              lot(new LotId(ids.next()), account, leg.amount(), unspent)
                  .expiresAt(rule.expiresAt())
                  .marks(rule.marks())
                  .fresh(),
              account);
    }
  }

  private static LotState.Issue described(LotRule.Issue issue) {
    return new LotState.Issue(
        issue.issuer(), issue.register(), issue.origin(), issue.serialFrom(), issue.producedOn());
  }

  /** The lot itself, or its left child. */
  private void creditNamed(LotRule.Named named, AccountState account) {
    LotState lot = books.lot(named.lot()).orElseThrow();
    LotState used = lot.children().flatMap(children -> books.lot(children.left())).orElse(lot);
    used.moveTo(account.id());
    arrive(used, account);
  }

  private void creditSelected(Selection selection, AccountState account) {
    for (Selection.Part part : selection.parts()) {
      LotState lot =
          part.isWhole()
              ? part.lot()
              : fresh(part.lot(), part.amount(), part.lot().marks(), account);
      lot.stamp(selection.stamp());
      lot.moveTo(account.id());
      repay(lot, account, selection.expiryOnArrival());
      arrive(lot, account);
    }
  }

  /**
   * Gives lots back. The youngest of what was taken have come back already, as far as nothing of
   * them is left; the youngest of the rest come now.
   */
  private void restore(LotRule.Restore rule, Leg leg, AccountState account) {
    Amount open = rule.left().map(left -> books.account(left).spendable()).orElse(Amount.ZERO);
    Amount end = open.plus(leg.amount());
    Instant expiryAt = leg.credit().bucket().expiryAt(now);
    Amount before = Amount.ZERO;
    for (Books.Taken taken : books.taken(rule.taken())) {
      Amount after = before.plus(taken.amount());
      Amount part = after.min(end).minus(before.max(open));
      if (part.isPositive()) {
        restore(taken.lot(), part, account, expiryAt);
      }
      before = after;
    }
    Defect.unless(!end.isMoreThan(before), "transfer", rule.taken().value(), "took less of lots");
  }

  private void restore(LotState lot, Amount part, AccountState account, Instant expiryAt) {
    Amount repaid = lot.isExpiredAt(expiryAt) ? Amount.ZERO : account.repay(part);
    Amount kept = part.minus(repaid);
    if (!kept.isPositive()) {
      return;
    }
    if (!lot.isOn(account.id())) {
      arrive(fresh(lot, kept, lot.marks().asCredited(), account), account);
      return;
    }
    books.depart(lot);
    lot.giveBack(kept);
    books.arrive(lot);
    record(lot, account, kept);
  }

  /** A lot that can be spent pays an overdraft back, like any credit. */
  private void repay(LotState lot, AccountState account, Instant expiryAt) {
    if (lot.isSpendableAt(expiryAt)) {
      Amount repaid = account.repay(lot.remaining());
      if (repaid.isPositive()) {
        lot.take(repaid);
      }
    }
  }

  /** A part that becomes a lot of its own. */
  private LotState fresh(LotState from, Amount amount, LotMarks marks, AccountState owner) {
    return new LotState.Builder(new LotId(ids.next()), owner.id())
        .amount(amount)
        .createdAt(from.createdAt())
        .expiresAt(from.expiresAt())
        .parent(from.parent().or(() -> Optional.of(from.id())))
        .marks(marks)
        .fresh();
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
        .parent(Optional.of(parent.id()))
        .marks(LotMarks.NONE)
        .delivery(parent.delivery())
        .fresh();
  }

  private LotState.Builder lot(LotId id, AccountState account, Amount amount, Amount unspent) {
    return new LotState.Builder(id, account.id())
        .amount(amount)
        .remaining(unspent)
        .createdAt(now)
        .marks(LotMarks.NONE);
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
