package io.sluice.dialect.corebanq;

import io.sluice.ledger.Amount;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A ledger in its client's words. Its creation fixes most of them.
 *
 * @param openingBalance what the ledger starts with; in cents
 * @param openingDate as the client gave it; otherwise the ledger opened when it was created
 * @param createdBy the user who created it
 */
record Ledger(
    String description,
    String type,
    Currency currency,
    Overdraft overdraft,
    long openingBalance,
    Optional<Instant> openingDate,
    Optional<UUID> parent,
    Metadata metadata,
    UUID createdBy) {
  /** The same with what may be changed. */
  Ledger with(String newDescription, Overdraft newOverdraft, Metadata newMetadata) {
    return new Ledger(
        newDescription,
        type,
        currency,
        newOverdraft,
        openingBalance,
        openingDate,
        parent,
        newMetadata,
        createdBy);
  }

  /** A currency by both its names. */
  record Currency(UUID id, String code) {}

  /**
   * How far below zero a balance may go.
   *
   * @param limit in cents; without meaning unless enabled
   */
  record Overdraft(boolean enabled, long limit) {
    static final Overdraft NONE = new Overdraft(false, 0);

    /** The balance that a ledger may not pass, zero or less. */
    Amount floor() {
      return enabled ? Amount.of(limit).negated() : Amount.ZERO;
    }
  }
}
