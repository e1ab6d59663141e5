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

  // Written out because each leg looks its accounts up several times: those that Java generates for
  // a record go through method handles, which are not always compiled into their callers.

  @Override
  public boolean equals(Object o) {
    return o instanceof AccountId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
