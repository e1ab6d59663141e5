package io.sluice.store.corebanq;

import io.sluice.store.AccountHistory.Range;
import io.sluice.store.Query;

/**
 * Which part of a list, and in what order.
 *
 * @param sort what the list is ordered by
 * @param limit the most rows
 * @param offset how many rows before them are skipped
 * @param <S> what there is to order by
 */
public record Slice<S>(S sort, boolean ascending, int limit, int offset) {
  /** The ORDER BY, with a tie-breaker. */
  String order(String column, String tieBreaker) {
    String direction = ascending ? " ASC" : " DESC";
    String first = column.equals(tieBreaker) ? "" : column + direction + ", ";
    return "ORDER BY " + first + tieBreaker + direction;
  }

  /** Adds the LIMIT and OFFSET. */
  Query page(Query query) {
    return query.add("LIMIT ? OFFSET ?", (long) limit, (long) offset);
  }

  /** The numbers of this part of what is numbered without gaps in the list's order. */
  Range of(Range whole) {
    if (ascending) {
      long above = Math.min(whole.upTo(), whole.above() + offset);
      return new Range(whole.account(), above, Math.min(whole.upTo(), above + limit));
    }
    long upTo = Math.max(whole.above(), whole.upTo() - offset);
    return new Range(whole.account(), Math.max(whole.above(), upTo - limit), upTo);
  }

  /** The same order and limit, with nothing skipped. */
  Slice<S> without() {
    return new Slice<>(sort, ascending, limit, 0);
  }
}
