package io.sluice.loadtest;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings the write-ahead log of a new server into the state of one that has run for a while. A new
 * server has to make and zero-fill each 16 MB segment that it comes to, and commits wait for that;
 * a checkpoint renames segments that are no longer needed so that they are used again.
 */
final class WriteAheadLog {
  private static final String SEGMENTS_KEPT =
      "SELECT (SELECT setting::bigint FROM pg_settings WHERE name = 'min_wal_size') * 1048576"
          + " / (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size')";
  private static final String SEGMENTS_AHEAD =
      "SELECT count(*) FROM pg_ls_waldir() WHERE name >"
          + " pg_walfile_name(pg_current_wal_insert_lsn()) AND name ~ '^[0-9A-F]{24}$'";

  private final Server server;

  WriteAheadLog(Server server) {
    this.server = server;
  }

  /** Runs through as many segments as the server keeps, which makes them, and has them recycled. */
  void age() throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      long segments = number(statement, SEGMENTS_KEPT);
      for (long i = ahead(); i < segments; i++) {
        statement.execute("SELECT pg_logical_emit_message(false, 'loadtest', '')");
        statement.execute("SELECT pg_switch_wal()");
      }
    }
    checkpoint();
  }

  /**
   * Writes out what has changed and recycles segments, so that neither happens within a
   * measurement.
   */
  void checkpoint() throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  /** How many segments are there to be written to before one must be made. */
  long ahead() throws SQLException {
    try (Connection connection = server.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      return number(statement, SEGMENTS_AHEAD);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
