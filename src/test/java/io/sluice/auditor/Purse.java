package io.sluice.auditor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has of one of Scrip's assets, as the rules have it: a number, or lots and debts.
 */
final class Purse {
  private final boolean inLots;
  private BigDecimal number = BigDecimal.ZERO;
  private BigDecimal overdrawn = BigDecimal.ZERO;
  private final List<Lot> lots = new ArrayList<>();

  /** A lot; the older ones come before it. */
  static final class Lot {
    private final Optional<Instant> end;
    private BigDecimal remaining;

    Lot(Optional<Instant> end, BigDecimal remaining) {
      this.end = end;
      this.remaining = remaining;
    }

    private boolean hasExpired(Instant now) {
      return end.filter(time -> !time.isAfter(now)).isPresent();
    }

    BigDecimal remaining() {
      return remaining;
    }

    /** As the API tells it. */
    String status(Instant now) {
      if (remaining.signum() == 0) {
        return "CONSUMED";
      }
      return hasExpired(now) ? "EXPIRED" : "AVAILABLE";
    }
  }

  /** What was taken of a lot. */
  record Part(Lot lot, BigDecimal amount) {}

  Purse(boolean inLots) {
    this.inLots = inLots;
  }

  List<Lot> lots() {
    return lots;
  }

  BigDecimal available(Instant now) {
    return inLots
        ? lots.stream()
            .filter(lot -> !lot.hasExpired(now))
            .map(Lot::remaining)
            .reduce(overdrawn.negate(), BigDecimal::add)
        : number;
  }

  void credit(BigDecimal amount, Optional<Instant> end) {
    number = number.add(amount);
    if (inLots) {
      lots.add(new Lot(end, amount.subtract(repay(amount))));
    }
  }

  private BigDecimal repay(BigDecimal amount) {
    BigDecimal repaid = overdrawn.min(amount);
    overdrawn = overdrawn.subtract(repaid);
    return repaid;
  }

  /** Takes from the oldest; what they have not, it owes. */
  List<Part> take(BigDecimal amount, Instant now) {
    number = number.subtract(amount);
    List<Part> parts = new ArrayList<>();
    BigDecimal open = amount;
    for (Lot lot : lots) {
      BigDecimal part = lot.hasExpired(now) ? BigDecimal.ZERO : lot.remaining.min(open);
      if (part.signum() > 0) {
        lot.remaining = lot.remaining.subtract(part);
        open = open.subtract(part);
        parts.add(new Part(lot, part));
      }
    }
    if (inLots) {
      overdrawn = overdrawn.add(open);
    }
    return parts;
  }

  /**
   * Gives back of what was taken: the youngest first, of which the rest has come back already.
   *
   * @param left how much of it had not, before
   */
  void giveBack(List<Part> taken, BigDecimal left, BigDecimal amount, Instant now) {
    number = number.add(amount);
    BigDecimal end = left;
    BigDecimal from = left.subtract(amount);
    BigDecimal before = BigDecimal.ZERO;
    for (Part each : taken) {
      BigDecimal after = before.add(each.amount());
      BigDecimal part = after.min(end).subtract(before.max(from));
      if (part.signum() > 0) {
        Lot lot = each.lot();
        BigDecimal kept = lot.hasExpired(now) ? part : part.subtract(repay(part));
        lot.remaining = lot.remaining.add(kept);
      }
      before = after;
    }
  }
}
