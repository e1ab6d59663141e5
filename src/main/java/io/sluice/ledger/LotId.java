package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one lot of a lot-tracking account.
 *
 * @param value never null
 */
public record LotId(UUID value) {
  public LotId {
    Objects.requireNonNull(value);
  }
}
