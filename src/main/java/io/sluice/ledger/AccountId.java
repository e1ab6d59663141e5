package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one account. It is derived from the account's holder, asset and bucket, so that it needs no
 * look-up.
 *
 * @param value never null
 */
public record AccountId(UUID value) {
  public AccountId {
    Objects.requireNonNull(value);
  }
}
