package io.sluice.dialect.scrip;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Receipt;

/**
 * What is told of a holder whose balance has changed, whatever changed it.
 *
 * @param holderKind of a participant or a group
 * @param entry what the journal's entry says of itself
 * @param bucket where value came into being or was taken; of value that changed buckets, where it
 *     is now
 */
record BalanceChange(String holderKind, HolderId holder, EntryDetail entry, Bucket bucket) {
  /**
   * Writes the members of an event's {@code data}.
   *
   * @param asset which was moved
   * @param receipt of the one leg that moved it
   */
  void write(JsonWriter json, AssetRules asset, Receipt receipt) {
    json.uuid(holderKind.equals(Names.GROUP) ? "group_id" : "participant_id", holder.value())
        .uuid(EntryDetail.PROGRAM, entry.program())
        .uuid(EntryDetail.ASSET, entry.asset())
        .text("amount", asset.text(receipt.postings().getLast().amount()))
        .text("bucket", bucket.name())
        .uuid("journal_entry_id", receipt.id().value())
        .text(EntryDetail.DESCRIPTION, entry.description());
    entry.reference().ifPresent(name -> json.text(EntryDetail.REFERENCE, name));
  }
}
