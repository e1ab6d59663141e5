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
    Instant updatedAt) {
  /** One that begins to exist now, and is active. */
  public static Holder active(
      TenantId tenant, HolderId id, String kind, String reference, String detail, Instant now) {
    return new Holder(tenant, id, kind, reference, HolderStatus.ACTIVE, detail, now, now);
  }

  /** The same holder with another status. */
  public Holder withStatus(HolderStatus other) {
    return new Holder(tenant, id, kind, reference, other, detail, createdAt, updatedAt);
  }

  /** The same holder with other detail. */
  public Holder withDetail(String other) {
    return new Holder(tenant, id, kind, reference, status, other, createdAt, updatedAt);
  }
}
