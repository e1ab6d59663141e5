package io.sluice.ledger;

import java.util.UUID;

/** Makes ids. */
@FunctionalInterface
public interface Ids {
  /**
   * A new UUIDv7: 48 bits of Unix milliseconds, then bits that make it unique. Safe from any
   * thread.
   */
  UUID next();
}
