package io.sluice.dialect.scrip;

import io.sluice.ledger.Bucket;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.PostingPages.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which of a holder's postings a request asks for. */
record HistorySearch(
    UUID holder,
    Optional<UUID> asset,
    Optional<Bucket> bucket,
    Optional<Instant> from,
    Optional<Instant> to,
    Page<Place> page) {
  static final String FROM = "from";
  static final String TO = "to";

  static HistorySearch read(Reader reader) {
    UUID holder = reader.pathId();
    Optional<UUID> asset = reader.query(EntryDetail.ASSET, Reader.ID);
    Optional<Bucket> bucket = reader.query(Reader.BUCKET_NAME, Reader.BUCKET);
    Optional<Instant> from = reader.query(FROM, Reader.TIME);
    Optional<Instant> to = reader.query(TO, Reader.TIME);
    // No entry is of an event with a time of its own.
    Optional<Instant> eventFrom = reader.query("event_from", Reader.TIME);
    Optional<Instant> eventTo = reader.query("event_to", Reader.TIME);
    Optional<Instant> first = both(from, eventFrom, true);
    Optional<Instant> last = both(to, eventTo, false);
    return new HistorySearch(
        holder,
        asset,
        bucket,
        first,
        last,
        Page.read(
            reader,
            "history",
            PostingPlace.PARTS,
            PostingPlace::of,
            holder,
            asset,
            bucket,
            first,
            last));
  }

  private static Optional<Instant> both(
      Optional<Instant> one, Optional<Instant> other, boolean later) {
    return one.isPresent() && other.isPresent() && one.get().isAfter(other.get()) == later
        ? one
        : other.or(() -> one);
  }

  /** Those accounts that are of an asset and a bucket, if a request asks for these. */
  static List<Held> only(List<Held> accounts, Optional<UUID> asset, Optional<Bucket> bucket) {
    return accounts.stream()
        .filter(account -> asset.isEmpty() || account.asset().value().equals(asset.get()))
        .filter(account -> bucket.isEmpty() || account.bucket() == bucket.get())
        .toList();
  }
}
