package io.sluice.store;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import java.time.Instant;

/**
 * A stored asset.
 *
 * @param kind what a dialect calls it, such as {@code <dialect>.asset}
 * @param reference unique among the tenant's assets of that kind, such as a symbol or a currency
 *     code
 * @param scale decimals, 0 to 18
 * @param lots whether holders' balances of it are sets of lots
 * @param detail what only the dialect knows of it, as JSON text
 */
public record Asset(
    TenantId tenant,
    AssetId id,
    String kind,
    String reference,
    int scale,
    boolean lots,
    HolderStatus status,
    String detail,
    Instant createdAt,
    Instant updatedAt) {
  /** One that begins to exist now, and is active. */
  public static Asset active(
      TenantId tenant,
      AssetId id,
      String kind,
      String reference,
      int scale,
      boolean lots,
      String detail,
      Instant now) {
    return new Asset(
        tenant, id, kind, reference, scale, lots, HolderStatus.ACTIVE, detail, now, now);
  }
}
