package io.sluice.ledger;

import java.util.Objects;

/**
 * Where value sits: one holder, one asset, one bucket. It also says how to open the account if it
 * does not exist yet, so that a first credit needs no set-up call.
 *
 * @param id derived from the three
 * @param holder who owns the account
 * @param asset what is counted
 * @param bucket which part of the holder's balance
 * @param kind how an account that does not exist yet is opened
 */
public record AccountRef(
    AccountId id, HolderId holder, AssetId asset, Bucket bucket, AccountKind kind) {
  public AccountRef {
    Objects.requireNonNull(id);
    Objects.requireNonNull(holder);
    Objects.requireNonNull(asset);
    Objects.requireNonNull(bucket);
    Objects.requireNonNull(kind);
  }

  public static AccountRef of(HolderId holder, AssetId asset, Bucket bucket, AccountKind kind) {
    var id = Digest.start().add(holder.value()).add(asset.value()).add(bucket.code()).toUuid();
    return new AccountRef(new AccountId(id), holder, asset, bucket, kind);
  }

  /** A holder's spendable account of a SIMPLE asset. */
  public static AccountRef available(HolderId holder, AssetId asset) {
    return of(holder, asset, Bucket.AVAILABLE, AccountKind.SIMPLE);
  }
}
