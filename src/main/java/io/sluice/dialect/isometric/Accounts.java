package io.sluice.dialect.isometric;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;

/** Where credits are. All ids are derived, the same for every tenant, so nobody looks them up. */
final class Accounts {
  /** The kilogram of removed carbon dioxide. */
  static final AssetId CREDIT = new AssetId(Digest.start().add(Names.CREDIT).toUuid());

  static final HolderId SYSTEM = new HolderId(Digest.start().add(Names.SYSTEM).toUuid());

  /** Where issued credits come from. */
  static final AccountRef ISSUED =
      AccountRef.of(SYSTEM, CREDIT, Bucket.AVAILABLE, AccountKind.SYSTEM);

  static final HolderId RETIREMENTS = new HolderId(Digest.start().add(Names.RETIRED).toUuid());

  /** Where the value of retired credits goes, and never comes back from. */
  static final AccountRef RETIRED =
      AccountRef.of(RETIREMENTS, CREDIT, Bucket.AVAILABLE, AccountKind.SYSTEM);

  /** The kilogram that was ordered and is not delivered yet. */
  static final AssetId ORDERED = new AssetId(Digest.start().add(Names.ORDERED).toUuid());

  /** What has been ordered less what has been delivered is what this is below zero. */
  static final AccountRef ORDERS =
      AccountRef.of(SYSTEM, ORDERED, Bucket.AVAILABLE, AccountKind.SYSTEM);

  /** What is open of an order. */
  static AccountRef open(HolderId order) {
    return AccountRef.of(order, ORDERED, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }

  private Accounts() {}

  /** Where an organisation's credit batches are. */
  static AccountRef of(HolderId organisation) {
    return AccountRef.of(organisation, CREDIT, Bucket.AVAILABLE, AccountKind.LOT);
  }
}
