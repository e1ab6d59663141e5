package io.sluice.auditor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What somebody has of one of Scrip's assets, as the rules have it: numbers, or lots and debts. */
final class Purse {
  private final boolean inLots;
  private BigDecimal free = BigDecimal.ZERO;
  private BigDecimal held = BigDecimal.ZERO;
  private BigDecimal overdrawn = BigDecimal.ZERO;
  private final List<Lot> lots = new ArrayList<>();
  private long made;

  /** A lot; of those that came together, the one that was made first is the older one. */
  static final class Lot {
    private final Instant createdAt;
    private final long number;
    private final Optional<Instant> end;
    private BigDecimal remaining;
    private boolean isHeld;
    private Optional<String> reference = Optional.empty();

    private Lot(Instant createdAt, long number, Optional<Instant> end, BigDecimal remaining) {
      this.createdAt = createdAt;
      this.number = number;
      this.end = end;
      this.remaining = remaining;
    }

    private boolean hasExpired(Instant now) {
      return !isHeld && end.filter(time -> !time.isAfter(now)).isPresent();
    }

    BigDecimal remaining() {
      return remaining;
    }

    /** As the API tells it. */
    String status(Instant now) {
      if (remaining.signum() == 0) {
        return "CONSUMED";
      }
      if (isHeld) {
        return "HELD";
      }
      return hasExpired(now) ? "EXPIRED" : "AVAILABLE";
    }
  }

  /** What was taken of a lot. */
  record Part(Lot lot, BigDecimal amount) {}

  Purse(boolean inLots) {
    this.inLots = inLots;
  }

  /** The oldest first. */
  List<Lot> lots() {
    lots.sort(Comparator.comparing((Lot lot) -> lot.createdAt).thenComparing(lot -> lot.number));
    return lots;
  }

  BigDecimal available(Instant now) {
    return inLots ? sum(lot -> !lot.isHeld && !lot.hasExpired(now)).subtract(overdrawn) : free;
  }

  BigDecimal held() {
    return inLots ? sum(lot -> lot.isHeld) : held;
  }

  private BigDecimal sum(Predicate<Lot> which) {
    return lots.stream().filter(which).map(Lot::remaining).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  void credit(BigDecimal amount, Optional<Instant> end, Instant now) {
    free = free.add(amount);
    if (inLots) {
      lots.add(new Lot(now, made++, end, amount.subtract(repay(amount))));
    }
  }

  private BigDecimal repay(BigDecimal amount) {
    BigDecimal repaid = overdrawn.min(amount);
    overdrawn = overdrawn.subtract(repaid);
    return repaid;
  }

  /** Takes from the oldest; what they have not, it owes. */
  List<Part> take(BigDecimal amount, Instant now) {
    free = free.subtract(amount);
    List<Part> parts = parts(amount, lot -> !lot.isHeld && !lot.hasExpired(now));
    parts.forEach(part -> part.lot().remaining = part.lot().remaining.subtract(part.amount()));
    if (inLots) {
      overdrawn = overdrawn.add(amount.subtract(sum(parts)));
    }
    return parts;
  }

  /** What the oldest of some lots can give of an amount. */
  private List<Part> parts(BigDecimal amount, Predicate<Lot> which) {
    List<Part> parts = new ArrayList<>();
    BigDecimal open = amount;
    for (Lot lot : lots()) {
      BigDecimal part = which.test(lot) ? lot.remaining.min(open) : BigDecimal.ZERO;
      if (part.signum() > 0) {
        open = open.subtract(part);
        parts.add(new Part(lot, part));
      }
    }
    return parts;
  }

  private static BigDecimal sum(List<Part> parts) {
    return parts.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Gives back of what was taken: the youngest first, of which the rest has come back already. Of a
   * lot that is held by now comes a lot of its own.
   *
   * @param left how much of it had not, before
   */
  void giveBack(List<Part> taken, BigDecimal left, BigDecimal amount, Instant now) {
    free = free.add(amount);
    BigDecimal from = left.subtract(amount);
    BigDecimal before = BigDecimal.ZERO;
    for (Part each : taken) {
      BigDecimal after = before.add(each.amount());
      BigDecimal part = after.min(left).subtract(before.max(from));
      if (part.signum() > 0) {
        giveBack(each.lot(), part, now);
      }
      before = after;
    }
  }

  private void giveBack(Lot lot, BigDecimal part, Instant now) {
    boolean hasExpired = lot.end.filter(time -> !time.isAfter(now)).isPresent();
    BigDecimal kept = hasExpired ? part : part.subtract(repay(part));
    if (kept.signum() == 0) {
      return;
    }
    if (lot.isHeld) {
      lots.add(new Lot(lot.createdAt, made++, lot.end, kept));
    } else {
      lot.remaining = lot.remaining.add(kept);
    }
  }

  /** Holds of what is available. */
  void hold(BigDecimal amount, Optional<String> reference, Instant now) {
    free = free.subtract(amount);
    held = held.add(amount);
    for (Part part : parts(amount, lot -> !lot.isHeld && !lot.hasExpired(now))) {
      Lot moved = apart(part);
      moved.isHeld = true;
      moved.reference = reference;
    }
  }

  /** How much of what is held may be released or forfeited under a reference, if there is one. */
  BigDecimal held(Optional<String> reference) {
    return inLots ? sum(lot -> isHeldUnder(lot, reference)) : held;
  }

  private static boolean isHeldUnder(Lot lot, Optional<String> reference) {
    return lot.isHeld && (reference.isEmpty() || lot.reference.equals(reference));
  }

  /** Releases what is held; what has not expired by then pays a debt first. */
  void release(BigDecimal amount, Optional<String> reference, Instant now) {
    held = held.subtract(amount);
    free = free.add(amount);
    for (Part part : parts(amount, lot -> isHeldUnder(lot, reference))) {
      Lot moved = apart(part);
      moved.isHeld = false;
      moved.reference = Optional.empty();
      if (!moved.hasExpired(now)) {
        moved.remaining = moved.remaining.subtract(repay(moved.remaining));
      }
    }
  }

  /** Gives up what is held. */
  void forfeit(BigDecimal amount, Optional<String> reference) {
    held = held.subtract(amount);
    parts(amount, lot -> isHeldUnder(lot, reference))
        .forEach(part -> part.lot().remaining = part.lot().remaining.subtract(part.amount()));
  }

  /** The lot itself, or the part of it as a lot of its own. */
  private Lot apart(Part part) {
    if (part.lot().remaining.compareTo(part.amount()) == 0) {
      return part.lot();
    }
    part.lot().remaining = part.lot().remaining.subtract(part.amount());
    var own = new Lot(part.lot().createdAt, made++, part.lot().end, part.amount());
    lots.add(own);
    return own;
  }
}
