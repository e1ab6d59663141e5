package io.sluice.auditor;

import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.Lot.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What somebody has of one of Scrip's assets, as the rules have it: numbers, or lots and debts. */
final class Purse {
  private static final Predicate<Lot> ANY = lot -> true;

  private final boolean inLots;
  private final Map<Bucket, BigDecimal> numbers = new EnumMap<>(Bucket.class);
  private BigDecimal overdrawn = BigDecimal.ZERO;
  private final List<Lot> lots = new ArrayList<>();
  private long made;

  /** What was taken of a lot, or came of it. */
  record Part(Lot lot, BigDecimal amount) {}

  Purse(boolean inLots) {
    this.inLots = inLots;
  }

  /** The oldest first. */
  List<Lot> lots() {
    lots.sort(Comparator.comparing((Lot lot) -> lot.createdAt).thenComparing(lot -> lot.number));
    return lots;
  }

  /** What can be spent, or would be if it were in that bucket no more; below zero by a debt. */
  BigDecimal in(Bucket bucket, Instant now) {
    if (!inLots) {
      return numbers.getOrDefault(bucket, BigDecimal.ZERO);
    }
    BigDecimal owed = bucket == Bucket.AVAILABLE ? overdrawn : BigDecimal.ZERO;
    return matching(bucket, ANY, now).subtract(owed);
  }

  BigDecimal available(Instant now) {
    return in(Bucket.AVAILABLE, now);
  }

  BigDecimal total(Instant now) {
    BigDecimal total = BigDecimal.ZERO;
    for (Bucket bucket : Bucket.values()) {
      total = total.add(in(bucket, now));
    }
    return total;
  }

  /** How much is in those lots of a bucket that fit; without lots, all that is there. */
  BigDecimal matching(Bucket bucket, Predicate<Lot> which, Instant now) {
    if (!inLots) {
      return numbers.getOrDefault(bucket, BigDecimal.ZERO);
    }
    return lots.stream()
        .filter(lot -> lot.bucket == bucket && lot.isLive(now) && which.test(lot))
        .map(lot -> lot.remaining)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void change(Bucket bucket, BigDecimal by) {
    numbers.merge(bucket, by, BigDecimal::add);
  }

  /** A credit for spending, now or later. */
  void credit(BigDecimal amount, Terms terms, Instant now) {
    credit(terms.bucket(), amount, terms, now);
  }

  void credit(Bucket bucket, BigDecimal amount, Terms terms, Instant now) {
    change(bucket, amount);
    if (inLots) {
      BigDecimal repaid = bucket == Bucket.AVAILABLE ? repay(amount) : BigDecimal.ZERO;
      lots.add(new Lot(now, made++, terms, bucket, amount.subtract(repaid)));
    }
  }

  private BigDecimal repay(BigDecimal amount) {
    BigDecimal repaid = overdrawn.min(amount);
    overdrawn = overdrawn.subtract(repaid);
    return repaid;
  }

  /** Takes from the oldest; what they have not, it owes. */
  List<Part> take(BigDecimal amount, Instant now) {
    List<Part> parts = take(Bucket.AVAILABLE, amount, ANY, now);
    if (inLots) {
      overdrawn = overdrawn.add(amount.subtract(sum(parts)));
    }
    return parts;
  }

  /** Takes from the oldest of the lots of a bucket that fit. */
  List<Part> take(Bucket bucket, BigDecimal amount, Predicate<Lot> which, Instant now) {
    change(bucket, amount.negate());
    List<Part> parts = parts(bucket, amount, which, now);
    parts.forEach(part -> part.lot().remaining = part.lot().remaining.subtract(part.amount()));
    return parts;
  }

  /** What the oldest of some lots can give of an amount. */
  private List<Part> parts(Bucket bucket, BigDecimal amount, Predicate<Lot> which, Instant now) {
    List<Part> parts = new ArrayList<>();
    BigDecimal open = amount;
    for (Lot lot : lots()) {
      boolean fits = lot.bucket == bucket && lot.isLive(now) && which.test(lot);
      BigDecimal part = fits ? lot.remaining.min(open) : BigDecimal.ZERO;
      if (part.signum() > 0) {
        open = open.subtract(part);
        parts.add(new Part(lot, part));
      }
    }
    return parts;
  }

  static BigDecimal sum(List<Part> parts) {
    return parts.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Gives back of what was taken from a bucket: the youngest first, of which the rest has come back
   * already. Of a lot that is in another bucket by now comes a lot of its own.
   *
   * @param left how much of it had not, before
   */
  void giveBack(Bucket to, List<Part> taken, BigDecimal left, BigDecimal amount, Instant now) {
    change(to, amount);
    BigDecimal from = left.subtract(amount);
    BigDecimal before = BigDecimal.ZERO;
    for (Part each : taken) {
      BigDecimal after = before.add(each.amount());
      BigDecimal part = after.min(left).subtract(before.max(from));
      if (part.signum() > 0) {
        giveBack(to, each.lot(), part, now);
      }
      before = after;
    }
  }

  private void giveBack(Bucket to, Lot lot, BigDecimal part, Instant now) {
    boolean repays = to == Bucket.AVAILABLE && !lot.isPastItsEnd(now);
    BigDecimal kept = repays ? part.subtract(repay(part)) : part;
    if (kept.signum() == 0) {
      return;
    }
    if (lot.bucket == to) {
      lot.remaining = lot.remaining.add(kept);
    } else {
      Optional<String> reference = lot.byHold ? Optional.empty() : lot.reference;
      var terms = new Terms(lot.end, lot.due, reference);
      lots.add(new Lot(lot.createdAt, made++, terms, to, kept));
    }
  }

  /**
   * Holds of what is available.
   *
   * @return what is held of it now
   */
  List<Part> hold(
      BigDecimal amount, Predicate<Lot> which, Optional<String> reference, Instant now) {
    change(Bucket.AVAILABLE, amount.negate());
    change(Bucket.HELD, amount);
    List<Part> held = new ArrayList<>();
    for (Part part : parts(Bucket.AVAILABLE, amount, which, now)) {
      Lot moved = apart(part);
      moved.bucket = Bucket.HELD;
      moved.byHold = true;
      moved.reference = reference.or(() -> moved.reference);
      held.add(new Part(moved, part.amount()));
    }
    return held;
  }

  /**
   * Releases what is held; what has not expired by then pays a debt first.
   *
   * @return what is left of it
   */
  List<Part> release(BigDecimal amount, Predicate<Lot> which, Instant now) {
    change(Bucket.HELD, amount.negate());
    change(Bucket.AVAILABLE, amount);
    List<Part> released = new ArrayList<>();
    for (Part part : parts(Bucket.HELD, amount, which, now)) {
      Lot moved = apart(part);
      moved.byHold = false;
      moved.reference = Optional.empty();
      come(moved, now);
      if (moved.remaining.signum() > 0) {
        released.add(new Part(moved, moved.remaining));
      }
    }
    return released;
  }

  /** What is deferred until now becomes spendable, the oldest first. */
  void mature(Instant now) {
    lots().stream().filter(lot -> lot.hasMatured(now)).forEach(lot -> come(lot, now));
  }

  private void come(Lot lot, Instant now) {
    lot.bucket = Bucket.AVAILABLE;
    if (!lot.hasExpired(now)) {
      lot.remaining = lot.remaining.subtract(repay(lot.remaining));
    }
  }

  /** The lot itself, or the part of it as a lot of its own. */
  private Lot apart(Part part) {
    Lot whole = part.lot();
    if (whole.remaining.compareTo(part.amount()) == 0) {
      return whole;
    }
    whole.remaining = whole.remaining.subtract(part.amount());
    Lot own = whole.part(made++, part.amount());
    lots.add(own);
    return own;
  }
}
