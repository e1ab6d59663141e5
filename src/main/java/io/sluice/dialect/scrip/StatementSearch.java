package io.sluice.dialect.scrip;

import io.sluice.ledger.Bucket;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.PostingPages.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A holder's statement as a request asks for it. */
record StatementSearch(
    UUID holder,
    UUID asset,
    Optional<Bucket> bucket,
    Optional<Instant> from,
    Optional<Instant> to,
    Page<Start> page) {
  private static final String END = "[0-9]{1,18}:[0-9]{1,18}";

  /**
   * Where a page begins.
   *
   * @param place the last posting of the page before
   * @param ends by account number, the last posting of the whole statement: as the first page saw
   *     them, so that all pages are of one statement
   */
  record Start(Place place, Map<Long, Long> ends) {
    static Optional<Start> of(List<String> parts) {
      List<String> ends = Arrays.asList(parts.getLast().split(","));
      return ends.stream().allMatch(end -> end.matches(END))
          ? PostingPlace.of(parts.subList(0, PostingPlace.PARTS))
              .map(place -> new Start(place, ends(ends)))
          : Optional.empty();
    }

    private static Map<Long, Long> ends(List<String> texts) {
      return texts.stream()
          .map(text -> text.split(":"))
          .collect(
              Collectors.toMap(
                  pair -> Long.parseLong(pair[0]), pair -> Long.parseLong(pair[1]), Math::min));
    }

    List<String> parts() {
      var parts = new ArrayList<>(PostingPlace.parts(place));
      parts.add(
          ends.entrySet().stream()
              .map(end -> end.getKey() + ":" + end.getValue())
              .collect(Collectors.joining(",")));
      return parts;
    }
  }

  /** Those of a holder's accounts that it is about. */
  List<Held> only(List<Held> held) {
    return HistorySearch.only(held, Optional.of(asset), bucket);
  }

  static StatementSearch read(Reader reader) {
    UUID holder = reader.pathId();
    UUID asset = reader.requiredQuery(EntryDetail.ASSET, Reader.ID);
    Optional<Bucket> bucket = reader.query(Reader.BUCKET_NAME, Reader.BUCKET);
    Optional<Instant> from = reader.query(HistorySearch.FROM, Reader.TIME);
    Optional<Instant> to = reader.query(HistorySearch.TO, Reader.TIME);
    return new StatementSearch(
        holder,
        asset,
        bucket,
        from,
        to,
        Page.read(
            reader,
            "statement",
            PostingPlace.PARTS + 1,
            Start::of,
            holder,
            asset,
            bucket,
            from,
            to));
  }
}
