package io.sluice.store;

import java.util.Optional;

/**
 * What a list is ordered by. Rows that do not differ in the column are in the order of their ids,
 * so that each has one place and a page begins behind that of the one before, whatever appears or
 * goes meanwhile.
 *
 * @param column what the key of a {@link Place} is compared with
 * @param key what is compared, with a {@code ?} for the key
 * @param id the column of the ids
 * @param descending the latest, or the last of the alphabet, first
 */
public record ListOrder(String column, String key, String id, boolean descending) {
  public ListOrder(String column, String id, boolean descending) {
    this(column, "?", id, descending);
  }

  /** The latest first. */
  public static ListOrder newest(String column, String id) {
    return new ListOrder(column, id, true);
  }

  /** By a name, whose upper and lower case are the same. */
  public static ListOrder named(String column, String id) {
    return new ListOrder("lower(" + column + ")", "lower(?)", id, false);
  }

  /** The same list from its other end. */
  public ListOrder reversed() {
    return new ListOrder(column, key, id, !descending);
  }

  /** The ORDER BY. */
  public String sql() {
    String direction = descending ? " DESC" : "";
    return "ORDER BY " + column + direction + ", " + id + direction;
  }

  /**
   * Adds to a statement's conditions what leaves the next rows only.
   *
   * @param after the place that they begin behind; empty for the first ones
   */
  public Query cut(Query query, Optional<Place> after, long limit) {
    return beyond(query, after).add(sql() + " LIMIT ?", limit);
  }

  /**
   * Adds to a statement's conditions what leaves out the rows up to a place, and orders nothing.
   *
   * @param after the place; empty where nothing is left out
   */
  public Query beyond(Query query, Optional<Place> after) {
    after.ifPresent(
        place ->
            query.add(
                "AND (%s, %s) %s (%s, ?)".formatted(column, id, descending ? "<" : ">", key),
                place.parameter(),
                place.id()));
    return query;
  }
}
