package io.sluice.store.corebanq;

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
    return " ORDER BY " + first + tieBreaker + direction;
  }

  /** The LIMIT and OFFSET. */
  String page(Conditions conditions) {
    return " LIMIT " + conditions.bind((long) limit) + " OFFSET " + conditions.bind((long) offset);
  }
}
