package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.LotStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which of an account's batches to list; all conditions must hold.
 *
 * @param statuses one of these
 * @param issuedAfter strictly
 * @param issuedBefore strictly
 */
public record BatchFilter(
    AccountId account,
    Set<LotStatus> statuses,
    Optional<UUID> supplier,
    Optional<UUID> project,
    Optional<UUID> issuance,
    Optional<UUID> delivery,
    Optional<Instant> issuedAfter,
    Optional<Instant> issuedBefore) {}
