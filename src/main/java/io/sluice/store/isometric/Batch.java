package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A credit batch: a lot and what it shares with all pieces of the batch as issued.
 *
 * @param kilograms how large it is, or was before it was split; more than zero
 * @param serialFrom the number of its first unit
 * @param ownerDetail what the dialect keeps with the owner
 */
public record Batch(
    LotId id,
    LotStatus status,
    BigInteger kilograms,
    long serialFrom,
    Optional<LotId> parent,
    Optional<LotId> leftChild,
    Optional<LotId> rightChild,
    HolderId owner,
    String ownerDetail,
    Optional<Delivery> delivery,
    Optional<Retirement> retirement,
    Origin origin) {}
