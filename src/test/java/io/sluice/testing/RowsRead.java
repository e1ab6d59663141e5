package io.sluice.testing;

import io.sluice.store.Pools;
import io.sluice.store.Statements;

/** How many rows PostgreSQL has read for what reads lists, one statement after the other. */
public final class RowsRead {
  private RowsRead() {}

  /**
   * Since the database was made.
   *
   * @param tables with commas between
   */
  public static long of(Pools pools, String tables) {
    Statements lists = pools.lists();
    Await.result(lists.run("SELECT pg_stat_force_next_flush()"));
    return Await.result(
            lists.first(
                """
                SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::bigint
                  FROM pg_stat_user_tables WHERE relname = ANY (string_to_array($1, ','))
                """,
                row -> row.getLong(0),
                tables))
        .orElseThrow();
  }
}
