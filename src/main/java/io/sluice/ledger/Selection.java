package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a leg selects of the account that it debits, held against the books. */
final class Selection {
  /**
   * What is taken of a lot.
   *
   * @param isWhole whether it is all that there is
   */
  record Part(LotState lot, Amount amount, boolean isWhole) {}

  private final Leg leg;
  private final LotRule.Selected rule;
  private final AccountState account;
  private final Books books;
  private final Instant now;
  private final List<Part> parts = new ArrayList<>();
  private BigInteger total = BigInteger.ZERO;
  private boolean isCutShort;

  Selection(Books books, Leg leg, Instant now) {
    this.leg = leg;
    this.rule = (LotRule.Selected) leg.lots();
    this.account = books.account(leg.debit());
    this.books = books;
    this.now = now;
    if (account.kind() == AccountKind.LOT) {
      select(books.selectable(account.id(), rule.filter()));
    } else {
      total = account.spendable().min(leg.amount()).units();
    }
  }

  private void select(Books.Payable candidates) {
    Instant expiryAt = leg.debit().bucket().expiryAt(now);
    Amount wanted = leg.amount();
    for (LotState lot : candidates.lots()) {
      if (!wanted.isPositive()) {
        return;
      }
      if (isHere(lot) && rule.filter().takes(lot, expiryAt, now)) {
        Amount part = lot.remaining().min(wanted);
        parts.add(new Part(lot, part, part.equals(lot.remaining())));
        wanted = wanted.minus(part);
        total = total.add(part.units());
      }
    }
    isCutShort = wanted.isPositive() && !candidates.areAll();
  }

  private boolean isHere(LotState lot) {
    return lot.account().equals(account.id());
  }

  /** Why it cannot be, if it cannot. */
  Optional<Refusal> refusal() {
    return unknownLot().or(this::tooManyLots).or(this::tooLittle);
  }

  private Optional<Refusal> unknownLot() {
    if (rule.filter().insists()) {
      for (LotId id : rule.filter().lots()) {
        Optional<LotState> lot = books.lot(id);
        if (lot.isEmpty()) {
          return Optional.of(new LedgerRefusal.LotUnknown(id));
        }
        if (!isHere(lot.get())) {
          return Optional.of(new LedgerRefusal.LotNotHeld(id));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> tooManyLots() {
    if (!isCutShort) {
      return Optional.empty();
    }
    // What is in the lots that were not read is not known, but all lots together hold no more.
    boolean hopeless =
        rule.extent() == LotRule.Extent.EXACTLY && leg.amount().isMoreThan(account.spendable());
    return Optional.of(
        hopeless
            ? new LedgerRefusal.InsufficientFunds(leg.debit(), account.spendable(), leg.amount())
            : new LedgerRefusal.TooManyLots(leg.debit(), parts.size()));
  }

  private Optional<Refusal> tooLittle() {
    boolean enough =
        switch (rule.extent()) {
          case EXACTLY -> total.equals(leg.amount().units());
          case AT_MOST -> total.signum() > 0;
        };
    if (enough) {
      return Optional.empty();
    }
    return Optional.of(
        switch (rule.extent()) {
          case EXACTLY ->
              new LedgerRefusal.InsufficientFunds(leg.debit(), new Amount(total), leg.amount());
          case AT_MOST -> new LedgerRefusal.NothingToMove(leg.debit());
        });
  }

  /** What is moved; more than zero where nothing is refused. */
  Amount total() {
    return new Amount(total);
  }

  /** The parts of lots, oldest first; none of an account without lots. */
  List<Part> parts() {
    return parts;
  }

  LotRule.Stamp stamp() {
    return rule.stamp();
  }

  /** Whether lots move to where they can be lots again. */
  boolean isMove() {
    return leg.credit().kind() == AccountKind.LOT;
  }

  /** By when what arrives must not have expired to be spendable there. */
  Instant expiryOnArrival() {
    return leg.credit().bucket().expiryAt(now);
  }

  /** Whether what is taken is taken because it has expired. */
  boolean isExpiry() {
    return rule.filter().state() == LotFilter.State.EXPIRED;
  }
}
