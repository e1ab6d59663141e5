package io.sluice.dialect.isometric;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;

/** How the registry's world is laid out in the ledger. The same for every tenant. */
final class Names {
  static final String DIALECT = "isometric";
  static final String ORGANISATION_KIND = "isometric.organisation";
  static final String SUPPLIER_KIND = "isometric.supplier";
  static final String SYSTEM_KIND = "isometric.system";
  static final String ASSET_KIND = "isometric.credit";
  static final String TRANSFER_KIND = "isometric.transfer";
  static final String ISSUANCE_KIND = "isometric.issuance";

  /** The kilogram of removed carbon dioxide. Derived, so that nobody needs to look it up. */
  static final AssetId ASSET = new AssetId(Digest.start().add(ASSET_KIND).toUuid());

  /** The holder of the account that issued credits come from. */
  static final HolderId SYSTEM = new HolderId(Digest.start().add(SYSTEM_KIND).toUuid());

  static final AccountRef ISSUED =
      AccountRef.of(SYSTEM, ASSET, Bucket.AVAILABLE, AccountKind.SYSTEM);

  private Names() {}

  /** Where an organisation's credit batches are. */
  static AccountRef account(HolderId organisation) {
    return AccountRef.of(organisation, ASSET, Bucket.AVAILABLE, AccountKind.LOT);
  }
}
