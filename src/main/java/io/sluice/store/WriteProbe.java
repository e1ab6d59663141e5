package io.sluice.store;

import io.vertx.core.Future;

/** Finds out whether the books can be written now, by writing something that is no book. */
public final class WriteProbe {
  /**
   * Takes the locks that writing takes on the tables that a transfer may write, and those that
   * reading takes on what it reads, and changes no row. What it writes is a message in the
   * write-ahead log that nobody reads: its commit must reach the disk, and whatever standbys must
   * confirm commits.
   */
  private static final String SQL =
      """
      WITH transfers AS (INSERT INTO transfer SELECT * FROM transfer WHERE false),
           postings AS (INSERT INTO listed_posting SELECT * FROM listed_posting WHERE false),
           movements AS (INSERT INTO lot_movement SELECT * FROM lot_movement WHERE false),
           lots AS (UPDATE lot SET remaining = remaining WHERE false),
           accounts AS (UPDATE account SET balance = balance WHERE false)
      SELECT pg_logical_emit_message(true, 'sluice', 'probe')::text AS position,
             (SELECT count(*) FROM posting WHERE false),
             (SELECT count(*) FROM credential WHERE false),
             (SELECT count(*) FROM holder WHERE false)
      """;

  private WriteProbe() {}

  /** Succeeds when it has been committed; fails with a {@link StoreException}. */
  public static Future<Void> run(Pools pools) {
    return pools.lookUps().run(SQL).mapEmpty();
  }
}
