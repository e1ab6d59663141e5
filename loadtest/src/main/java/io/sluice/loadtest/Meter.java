package io.sluice.loadtest;

import io.sluice.store.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** Counts what a load takes of one server and one database in it. */
final class Meter {
  /** A load and what it took. */
  record Reading(Load load, Spent spent) {}

  private static final int LOG = 1;
  private static final int IMAGES = 2;
  private static final int DISK = 3;

  /** Partitions of the two tables have names that begin as theirs do. */
  private static final String COUNTERS =
      """
      SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
             (SELECT wal_fpi FROM pg_stat_wal),
             (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
                FROM pg_class c
               WHERE c.relkind = 'r' AND c.relname ~ '^(transfer|posting)(_|$)')
      """;

  private final long server;
  private final Database database;

  Meter(Server server, Database database) throws SQLException, IOException {
    this.server = server.pid();
    this.database = database;
  }

  /**
   * Runs a load.
   *
   * @param client the process that asks the server, if its processor time counts
   */
  Reading read(OptionalLong client, Callable<Load> run) {
    Spent before = counters(client);
    Load load;
    try {
      load = run.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new Reading(load, counters(client).since(before).on(load.transfers()));
  }

  private Spent counters(OptionalLong client) {
    long clientMicros = client.isPresent() ? ProcessorTime.of(client.getAsLong()) : 0;
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTERS)) {
      row.next();
      return new Spent(
          0,
          ProcessorTime.ofFamily(server),
          clientMicros,
          row.getLong(LOG),
          row.getLong(IMAGES),
          row.getLong(DISK));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
