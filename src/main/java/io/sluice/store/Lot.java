package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored lot: a dated part of an account's balance, as last committed.
 *
 * @param account who holds it; for a lot that is used up, who held it last
 * @param amount its size when it came into being, more than zero
 * @param remaining what is left of it, zero to {@code amount}
 * @param expiresAt from when on it can no longer be spent
 * @param issuer who issued it, where the dialect says so
 * @param origin what all pieces of one issue share: key of the dialect's own description
 * @param serialFrom the number of its first unit, where units are numbered
 * @param parent the lot that it was split from, or that it is a part of
 * @param leftChild the part that moved when this lot was split
 * @param rightChild the part that stayed when this lot was split
 * @param marks what else it carries
 */
public record Lot(
    LotId id,
    AccountId account,
    Amount amount,
    Amount remaining,
    LotStatus status,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<HolderId> issuer,
    Optional<UUID> origin,
    Optional<Long> serialFrom,
    Optional<LotId> parent,
    Optional<LotId> leftChild,
    Optional<LotId> rightChild,
    LotMarks marks) {}
