package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one lot of a lot-tracking account.
 *
 * @param value never null
 */
public record LotId(UUID value) implements Comparable<LotId> {
  public LotId {
    Objects.requireNonNull(value);
  }

  /** The order of the database, which takes the bits of an id for a number without a sign. */
  @Override
  public int compareTo(LotId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }
}
