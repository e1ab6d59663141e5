package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one transfer. It is a UUIDv7, so ids sort by the time the transfer was asked for.
 *
 * @param value never null
 */
public record TransferId(UUID value) {
  public TransferId {
    Objects.requireNonNull(value);
  }
}
