package io.sluice.dialect.scrip;

import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.store.Asset;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What never changes about an asset, so that it may be cached.
 *
 * @param scale decimals, 0 to 18
 * @param lots whether participants' and groups' balances are sets of lots
 * @param prefunded whether credits come out of a programme's wallet
 * @param ceiling what no single credit or debit may exceed
 */
record ScripAsset(
    AssetId id, int scale, boolean lots, boolean prefunded, Optional<Amount> ceiling) {
  static ScripAsset of(Asset asset) {
    var detail = Json.parse(asset.detail());
    Optional<Amount> ceiling =
        Optional.ofNullable(detail.get("max_transaction_amount"))
            .map(node -> new BigDecimal(node.textValue()))
            .flatMap(value -> Decimals.amount(value, asset.scale()));
    boolean prefunded = detail.get("issuance_policy").textValue().equals(Policy.PREFUNDED.name());
    return new ScripAsset(asset.id(), asset.scale(), asset.lots(), prefunded, ceiling);
  }

  /** Where new value comes from. */
  enum Policy {
    UNLIMITED,
    PREFUNDED
  }

  /** What a participant or a group has of this asset in one bucket. */
  AccountRef account(HolderId holder, Bucket bucket) {
    return AccountRef.of(holder, id, bucket, lots ? AccountKind.LOT : AccountKind.SIMPLE);
  }

  /** A programme's wallet: a plain number, also for a LOT asset. */
  AccountRef wallet(HolderId program) {
    return AccountRef.available(program, id);
  }

  /** An account of one of the tenant's system holders. */
  AccountRef system(HolderId holder) {
    return AccountRef.of(holder, id, Bucket.AVAILABLE, AccountKind.SYSTEM);
  }

  /** The same asset without its ceiling. */
  ScripAsset uncapped() {
    return new ScripAsset(id, scale, lots, prefunded, Optional.empty());
  }

  String text(Amount amount) {
    return Decimals.text(amount, scale);
  }

  /** The error in a single amount, if there is one: too fine, too long, or above the ceiling. */
  Optional<ErrorAnswer> refusal(String field, BigDecimal value) {
    int decimals = Decimals.decimals(value);
    if (decimals > scale) {
      return Optional.of(ScripErrors.invalidScale(field, decimals, scale));
    }
    Optional<Amount> amount = Decimals.amount(value, scale);
    if (amount.isEmpty()) {
      return Optional.of(
          ScripErrors.invalidRequest(
              field + " has more than " + Decimals.MAX_DIGITS + " digits at the asset's scale"));
    }
    return ceiling
        .filter(limit -> amount.get().isMoreThan(limit))
        .map(limit -> ScripErrors.ceilingExceeded(field, text(limit)));
  }

  /** An amount that {@link #refusal} has nothing against. */
  Amount amount(BigDecimal value) {
    return Decimals.amount(value, scale).orElseThrow();
  }
}
