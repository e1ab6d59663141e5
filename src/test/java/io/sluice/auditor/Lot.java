package io.sluice.auditor;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A lot of a {@link Purse}; of those that came together, the one made first is the older one. */
final class Lot {
  /** Where a lot is. */
  enum Bucket {
    AVAILABLE,
    HELD,
    DEFERRED
  }

  /** What a credit says of its lot. */
  record Terms(Optional<Instant> end, Optional<Instant> due, Optional<String> reference) {
    /** Nothing. */
    static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty());

    /** Where it comes to when it is for spending. */
    Bucket bucket() {
      return due.isPresent() ? Bucket.DEFERRED : Bucket.AVAILABLE;
    }
  }

  final Instant createdAt;
  final long number;
  final Optional<Instant> end;
  final Optional<Instant> due;
  BigDecimal remaining;
  Bucket bucket;
  Optional<String> reference;

  /** Whether it has come to where it is by a hold, and not by a credit. */
  boolean byHold;

  /** As the API calls it; empty until an answer has told it. */
  Optional<String> id = Optional.empty();

  Lot(Instant createdAt, long number, Terms terms, Bucket bucket, BigDecimal remaining) {
    this.createdAt = createdAt;
    this.number = number;
    this.end = terms.end();
    this.due = terms.due();
    this.reference = terms.reference();
    this.bucket = bucket;
    this.remaining = remaining;
  }

  /** A part of it, as a lot of its own. */
  Lot part(long itsNumber, BigDecimal amount) {
    var part = new Lot(createdAt, itsNumber, new Terms(end, due, reference), bucket, amount);
    part.byHold = byHold;
    return part;
  }

  /** What is held does not expire. */
  boolean hasExpired(Instant now) {
    return bucket != Bucket.HELD && isPastItsEnd(now);
  }

  boolean isPastItsEnd(Instant now) {
    return end.filter(time -> !time.isAfter(now)).isPresent();
  }

  boolean hasMatured(Instant now) {
    return bucket == Bucket.DEFERRED
        && !hasExpired(now)
        && due.filter(time -> !time.isAfter(now)).isPresent();
  }

  boolean isLive(Instant now) {
    return remaining.signum() > 0 && !hasExpired(now);
  }

  /** As the API tells it. */
  String status(Instant now) {
    if (remaining.signum() == 0) {
      return "CONSUMED";
    }
    return hasExpired(now) ? "EXPIRED" : bucket.name();
  }
}
