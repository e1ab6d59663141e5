package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which batches of somebody's to list: those in an account, and those retired for its holder. All
 * conditions must hold.
 *
 * @param statuses one of these
 * @param issuedAfter strictly
 * @param issuedBefore strictly
 */
public record BatchFilter(
    HolderId holder,
    AccountId account,
    Optional<UUID> supplier,
    Optional<UUID> project,
    Optional<UUID> issuance,
    Optional<UUID> delivery,
    Optional<UUID> order,
    Optional<UUID> retirement,
    Set<LotStatus> statuses,
    Optional<Instant> issuedAfter,
    Optional<Instant> issuedBefore) {}
