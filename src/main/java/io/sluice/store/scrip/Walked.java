package io.sluice.store.scrip;

import io.sluice.store.Place;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list for which no more than {@value #MOST_EXAMINED} rows are looked at: when few of
 * them are wanted, the page ends early and says where the next one begins.
 *
 * @param next where the next page begins; empty when there is none
 */
public record Walked<T>(List<T> items, Optional<Place> next) {
  /** The most rows that are looked at for one page, whether they are on it or not. */
  public static final int MOST_EXAMINED = 2_000;

  /**
   * How many rows to look at for a page.
   *
   * @param isSelective whether any of them may be left out
   */
  static long examined(boolean isSelective, int limit) {
    return isSelective ? MOST_EXAMINED : limit + 1L;
  }

  /**
   * A row that was looked at.
   *
   * @param place the how manieth it was
   * @param wanted whether it is to be listed
   */
  record Seen<T>(T item, Place at, long place, boolean wanted) {
    static <T> Seen<T> of(Row row, T item, Place at) {
      return new Seen<>(item, at, row.getLong("place"), row.getBoolean("wanted"));
    }
  }

  /**
   * Cuts what was seen to the page.
   *
   * @param seen those that are wanted, up to one more than the limit, and the last one that was
   *     looked at, if so many were
   */
  static <T> Walked<T> of(List<Seen<T>> seen, int limit, long examined) {
    if (seen.size() > limit) {
      List<Seen<T>> page = seen.subList(0, limit);
      return new Walked<>(items(page), Optional.of(page.getLast().at()));
    }
    return new Walked<>(
        items(seen.stream().filter(Seen::wanted).toList()),
        seen.stream().filter(row -> row.place() == examined).map(Seen::at).findFirst());
  }

  private static <T> List<T> items(List<Seen<T>> seen) {
    return seen.stream().map(Seen::item).toList();
  }
}
