package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a unit of value.
 *
 * @param value never null
 */
public record AssetId(UUID value) {
  public AssetId {
    Objects.requireNonNull(value);
  }
}
