package io.sluice.store.isometric;

import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;

/** Counts what a list has, as far as that is done for one page of it. */
public final class Counts {
  /** Whoever has more is told of this many: counting costs what it counts. */
  public static final int MOST = 10_000;

  private Counts() {}

  /** Begins a count of what a FROM with its conditions lets through. */
  static Query of(String from, Object... parameters) {
    return new Query("SELECT count(*) AS counted FROM (SELECT 1 " + from, parameters);
  }

  /** Runs what {@link #of} has begun. */
  static Future<Long> run(Statements statements, Query query) {
    return statements
        .all(query.add("LIMIT " + MOST + ") AS listed"), row -> row.getLong("counted"))
        .map(List::getFirst);
  }
}
