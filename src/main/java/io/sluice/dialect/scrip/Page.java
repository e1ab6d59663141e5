package io.sluice.dialect.scrip;

import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.scrip.Reader.After;
import io.sluice.ledger.Digest;
import io.sluice.store.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of a list a request asks for.
 *
 * @param tag the list and what it is narrowed by and ordered by, which is the first part of its
 *     cursors: one of another list, or of other filters, leads nowhere
 * @param after the place where the page before ended
 * @param <P> what a place is
 */
record Page<P>(String tag, int limit, Optional<P> after) {
  /**
   * Reads {@code limit} and {@code cursor}.
   *
   * @param list the list's name
   * @param parts how many parts its places have
   * @param place makes the place of them
   * @param filters everything else that decides what is on the list, and in which order
   */
  static <P> Page<P> read(
      Reader reader,
      String list,
      int parts,
      Function<List<String>, Optional<P>> place,
      Object... filters) {
    return read(reader, reader.limit(), list, parts, place, filters);
  }

  /**
   * Reads them of a list whose places are told by what it is ordered by.
   *
   * @param form how they are told
   */
  static Page<Place> read(Reader reader, String list, PlaceForm form, Object... filters) {
    return read(reader, list, PlaceForm.PARTS, form::read, filters);
  }

  /** The same, where pages have a length of their own. */
  static <P> Page<P> read(
      Reader reader,
      int limit,
      String list,
      int parts,
      Function<List<String>, Optional<P>> place,
      Object... filters) {
    Digest digest = Digest.start().add(list);
    for (Object filter : filters) {
      digest.add(filter.toString());
    }
    String tag = digest.toUuid().toString();
    return new Page<>(
        tag,
        limit,
        reader.query(
            "cursor",
            new After<>(tag, parts + 1, found -> place.apply(found.subList(1, parts + 1)))));
  }
}
