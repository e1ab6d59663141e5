package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a leg does with lots, on the sides whose account is of kind {@link AccountKind#LOT}. */
public sealed interface LotRule {
  /**
   * The debited account pays from its lots, oldest first, never from expired ones; the credited
   * account gets one fresh lot. Without lot-tracking accounts nothing happens.
   */
  record Automatic(Optional<Instant> expiresAt) implements LotRule {}

  /** The usual rule: fresh lots do not expire. */
  LotRule AUTOMATIC = new Automatic(Optional.empty());

  /**
   * A named lot moves, whole or in part. A part splits the lot: the left child moves, the right
   * child stays.
   *
   * <p>The children's ids are fixed before anything is tried, like the transfer's own, because the
   * dialect that shows them decides what an id looks like. A lot that moves whole leaves them
   * unused.
   *
   * @param lot which lot
   * @param issuer who must have issued it
   * @param leftChild the id of the child that moves, should the lot be split
   * @param rightChild the id of the child that stays, should the lot be split
   */
  record Named(LotId lot, HolderId issuer, LotId leftChild, LotId rightChild) implements LotRule {
    public Named {
      Objects.requireNonNull(lot);
      Objects.requireNonNull(issuer);
      Objects.requireNonNull(leftChild);
      Objects.requireNonNull(rightChild);
    }
  }

  /**
   * A new lot comes into being on the credited account.
   *
   * @param lot the new lot's id
   * @param issuer who issues it
   * @param origin what all pieces of this lot share: key of the dialect's own description of it
   * @param serialFrom the number of the lot's first unit, 0 or more; its last is this plus the
   *     amount, exclusive
   */
  record Issue(LotId lot, HolderId issuer, UUID origin, long serialFrom) implements LotRule {
    public Issue {
      Objects.requireNonNull(lot);
      Objects.requireNonNull(issuer);
      Objects.requireNonNull(origin);
    }

    /** Whether the numbers of so many units fit a long. */
    boolean hasSerialsFor(Amount units) {
      return serialFrom >= 0
          && units.units().add(BigInteger.valueOf(serialFrom)).bitLength() < Long.SIZE;
    }
  }
}
