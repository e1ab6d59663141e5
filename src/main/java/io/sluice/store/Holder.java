package io.sluice.store;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import java.time.Instant;

/**
 * A stored holder.
 *
 * @param kind what a dialect calls it, such as {@code <dialect>.participant}
 * @param reference unique among the tenant's holders of that kind; the client's own name for it, or
 *     the id where the dialect has none
 * @param detail what only the dialect knows of it, as JSON text
 */
public record Holder(
    TenantId tenant,
    HolderId id,
    String kind,
    String reference,
    HolderStatus status,
    String detail,
    Instant createdAt,
    Instant updatedAt) {}
