package io.sluice.ledger;

import java.util.Objects;
import java.util.UUID;

/**
 * Names who can own value: an organisation, a subledger, a participant, a group, a programme, a
 * system account's owner.
 *
 * @param value never null
 */
public record HolderId(UUID value) {
  public HolderId {
    Objects.requireNonNull(value);
  }
}
