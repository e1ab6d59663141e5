package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a leg does with lots, on the sides whose account is of kind {@link AccountKind#LOT}. */
public sealed interface LotRule {
  /**
   * The debited account pays from its lots, oldest first, never from expired ones; the credited
   * account gets one fresh lot. Without lot-tracking accounts nothing happens.
   */
  record Automatic(Optional<Instant> expiresAt, LotMarks marks) implements LotRule {
    public Automatic {
      Objects.requireNonNull(expiresAt);
      Objects.requireNonNull(marks);
    }

    /** Without marks. */
    public Automatic(Optional<Instant> expiresAt) {
      this(expiresAt, LotMarks.NONE);
    }
  }

  /** The usual rule: fresh lots do not expire. */
  LotRule AUTOMATIC = new Automatic(Optional.empty());

  /**
   * The debited account pays from those of its lots that a filter selects, oldest first. Where the
   * credited account tracks lots, too, they move there with their dates: whole, or as a part that
   * becomes a lot of its own; one that has not expired pays an overdraft back first. Anywhere else
   * they are used up. An account without lots takes part with its balance.
   *
   * <p>The amount of the leg is decided together with the lots, under the locks. What it comes to
   * is what all legs of the movement move.
   *
   * @param filter {@link LotFilter#ANY} for an account that does not track lots
   * @param extent how the leg's amount is meant
   * @param stamp what becomes of the marks of the lots
   */
  record Selected(LotFilter filter, Extent extent, Stamp stamp) implements LotRule {
    public Selected {
      Objects.requireNonNull(filter);
      Objects.requireNonNull(extent);
      Objects.requireNonNull(stamp);
    }
  }

  /** How an amount is meant. */
  enum Extent {
    /** Neither less nor more. */
    EXACTLY,
    /** As much of it as there is, but more than nothing. */
    AT_MOST
  }

  /** What becomes of the marks of lots that move. */
  sealed interface Stamp {
    /** Nothing. */
    record Kept() implements Stamp {}

    /**
     * They are held from now on.
     *
     * @param reference marks them; where there is none, they keep theirs
     */
    record Held(Optional<String> reference) implements Stamp {
      public Held {
        Objects.requireNonNull(reference);
      }
    }

    /** They are held no more, and have no reference. */
    record Cleared() implements Stamp {}
  }

  /**
   * The credited account gets back what an earlier transfer took of its lots: the youngest of them
   * first, which were taken last, with their old dates. What is on the account still, be it used up
   * or expired, becomes the larger by it; of what has moved on, a new lot is made. Those that can
   * be spent pay an overdraft back first. The debited account pays as usual.
   *
   * <p>How much of it has been given back before follows from what is left.
   *
   * @param taken the transfer, which took nothing but lots
   * @param left an account that holds what is left to give back, and from which the same movement
   *     takes as much as this leg moves; none where this leg gives back all of it at once
   */
  record Restore(TransferId taken, Optional<AccountRef> left) implements LotRule {
    public Restore {
      Objects.requireNonNull(taken);
      Objects.requireNonNull(left);
    }

    /** A part of what was taken, or what is left of it. */
    public Restore(TransferId taken, AccountRef left) {
      this(taken, Optional.of(left));
    }

    /** All that was taken. */
    public Restore(TransferId taken) {
      this(taken, Optional.empty());
    }
  }

  /**
   * A named lot is used, whole or in part. A part splits the lot: the left child is used, the right
   * child stays as it was.
   *
   * <p>The children's ids are fixed before anything is tried, like the transfer's own, because the
   * dialect that shows them decides what an id looks like. A lot that moves whole leaves them
   * unused.
   *
   * @param lot which lot
   * @param issuer who must have issued it
   * @param children the ids of the two parts, should the lot be split
   * @param use what becomes of the lot or the part
   */
  record Named(LotId lot, HolderId issuer, Children children, Use use) implements LotRule {
    public Named {
      Objects.requireNonNull(lot);
      Objects.requireNonNull(issuer);
      Objects.requireNonNull(children);
      Objects.requireNonNull(use);
    }

    /** A lot that just changes hands. */
    public Named(LotId lot, HolderId issuer, Children children) {
      this(lot, issuer, children, Use.MOVE);
    }
  }

  /**
   * The oldest lots of an issuer are used up, whole ones until the rest fits into one, which is
   * then split. Which ones that are is found out under the account's lock, so a command that wants
   * it has a batch to itself.
   *
   * @param choice the lots that come into question
   * @param children the ids of the two parts of the lot that is split
   * @param use for whom they are used up
   */
  record Oldest(Choice choice, Children children, Use.Retire use) implements LotRule {
    public Oldest {
      Objects.requireNonNull(choice);
      Objects.requireNonNull(children);
      Objects.requireNonNull(use);
    }
  }

  /**
   * The ids of the two lots that a split makes.
   *
   * @param left of the part that is used
   * @param right of the part that stays
   */
  record Children(LotId left, LotId right) {
    public Children {
      Objects.requireNonNull(left);
      Objects.requireNonNull(right);
    }
  }

  /** What becomes of a lot of a registered issue. */
  sealed interface Use {
    /** It changes hands. */
    record Move() implements Use {}

    /** The usual use. */
    Use MOVE = new Move();

    /**
     * It changes hands under an order, and carries that until it is delivered again.
     *
     * @param order the holder that stands for the order
     */
    record Deliver(HolderId order) implements Use {
      public Deliver {
        Objects.requireNonNull(order);
      }
    }

    /**
     * It is used up and never moves again; it stays where it is.
     *
     * @param beneficiary for whom
     */
    record Retire(HolderId beneficiary) implements Use {
      public Retire {
        Objects.requireNonNull(beneficiary);
      }
    }
  }

  /**
   * Which lots of an account come into question.
   *
   * @param year the year in which it was produced, 1 to 9999; any, if there is none
   * @param order the order under which it was delivered; any or none, if there is none
   */
  record Choice(HolderId issuer, Optional<Integer> year, Optional<HolderId> order) {
    public Choice {
      Objects.requireNonNull(issuer);
      Objects.requireNonNull(year);
      Objects.requireNonNull(order);
    }
  }

  /**
   * A new lot comes into being on the credited account.
   *
   * @param lot the new lot's id
   * @param issuer who issues it
   * @param register whose numbers its units have
   * @param origin what all pieces of this lot share: key of the dialect's own description of it
   * @param serialFrom the number of the lot's first unit, 0 or more; its last is this plus the
   *     amount, exclusive
   * @param issuedAt since when it counts, whole microseconds: that is how old it is
   * @param producedOn when what it stands for was produced
   */
  record Issue(
      LotId lot,
      HolderId issuer,
      UUID register,
      UUID origin,
      long serialFrom,
      Instant issuedAt,
      LocalDate producedOn)
      implements LotRule {
    public Issue {
      Objects.requireNonNull(lot);
      Objects.requireNonNull(issuer);
      Objects.requireNonNull(register);
      Objects.requireNonNull(origin);
      Objects.requireNonNull(issuedAt);
      Objects.requireNonNull(producedOn);
    }

    /** Whether the numbers of so many units fit a long. */
    boolean hasSerialsFor(Amount units) {
      return serialFrom >= 0
          && units.units().add(BigInteger.valueOf(serialFrom)).bitLength() < Long.SIZE;
    }
  }
}
