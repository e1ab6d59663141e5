package io.sluice.store.scrip;

import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.sluice.store.scrip.Walked.Seen;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a list along an index, row by row, until its page is full or enough rows were looked at.
 */
final class Walk {
  private final ListOrder order;
  private final List<Condition> leading = new ArrayList<>();
  private final List<Condition> single = new ArrayList<>();
  private final List<Condition> looked = new ArrayList<>();

  private record Condition(String sql, Object... values) {}

  Walk(ListOrder order) {
    this.order = order;
  }

  /** A condition by which an index in the list's order leads to what is wanted. */
  void lead(String sql, Object... values) {
    leading.add(new Condition(sql, values));
  }

  /** A condition that leaves one row at the most, which is found before anything is ordered. */
  void find(String sql, Object... values) {
    single.add(new Condition(sql, values));
  }

  /** A condition for which each row has to be looked at, as one of {@code examined}. */
  void look(String sql, Object... values) {
    looked.add(new Condition(sql, values));
  }

  /**
   * Reads a page.
   *
   * @param columns what is read of a row
   * @param from the table, and what is common to all rows of the list, with the tenant as $1
   * @param item what a row is
   * @param key what a row has in the order's column, which is the column {@code sorted}
   */
  <T> Future<Walked<T>> page(
      Statements lists,
      TenantId tenant,
      String columns,
      String from,
      Window window,
      Function<Row, T> item,
      Function<Row, Place.Key> key) {
    long examined = Walked.examined(!looked.isEmpty(), window.limit());
    var sorted = new ListOrder("sorted", "id", order.descending()).sql();
    var query = new Query("SELECT * FROM (SELECT examined.*,", tenant.value());
    query.add("row_number() OVER (" + sorted + ") AS place, (true");
    looked.forEach(condition -> query.add("AND " + condition.sql(), condition.values()));
    query.add(") AS wanted FROM (SELECT " + columns + ", " + order.column() + " AS sorted");
    if (single.isEmpty()) {
      query.add(from);
    } else {
      query.add("FROM (SELECT * " + from);
      single.forEach(condition -> query.add("AND " + condition.sql(), condition.values()));
      query.add("OFFSET 0) found WHERE true");
    }
    leading.forEach(condition -> query.add("AND " + condition.sql(), condition.values()));
    order.cut(query, window.after(), examined);
    // In the order of the walk, so that it ends where the page does.
    query.add(") examined) seen WHERE wanted OR place = ?", examined);
    query.add(sorted + " LIMIT ?", window.limit() + 1L);
    return lists
        .all(
            query,
            row -> Seen.of(row, item.apply(row), new Place(key.apply(row), row.getUUID("id"))))
        .map(seen -> Walked.of(seen, window.limit(), examined));
  }

  /**
   * Which part of the list.
   *
   * @param after what comes after this place in the order
   */
  record Window(Optional<Place> after, int limit) {}
}
