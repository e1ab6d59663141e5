package io.sluice.dialect.pebble;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;

/** Where a tenant's pebbles lie, and where they come from. */
record Accounts(TenantId tenant) {
  AssetId asset() {
    return new AssetId(Digest.start().add(Names.PEBBLE).add(tenant.value()).toUuid());
  }

  HolderId quarry() {
    return new HolderId(Digest.start().add(Names.QUARRY).add(tenant.value()).toUuid());
  }

  AccountRef source() {
    return AccountRef.of(quarry(), asset(), Bucket.AVAILABLE, AccountKind.SYSTEM);
  }

  AccountRef in(HolderId jar) {
    return AccountRef.available(jar, asset());
  }
}
