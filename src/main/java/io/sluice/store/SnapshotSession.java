package io.sluice.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** A connection that reads one snapshot of the books, however long that takes, and no more. */
final class SnapshotSession implements AutoCloseable {
  /** What one sort or hash of PostgreSQL may use before it goes on on disk. */
  private static final String WORK_MEMORY = "64MB";

  /** Limits that a role or a database may have by default; a long read must not meet them. */
  private static final String LIFT_LIMITS =
      """
      SELECT set_config(name, '0', true) FROM pg_settings
       WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                      'transaction_timeout')
      """;

  private static final String SET_MEMORY =
      "SELECT set_config('work_mem', '" + WORK_MEMORY + "', true), set_config('jit', 'off', true)";

  /** What reads in parallel already is not divided once more by PostgreSQL. */
  private static final String WITHOUT_WORKERS =
      "SELECT set_config('max_parallel_workers_per_gather', '0', true)";

  /** As PostgreSQL says that it has given a query up. */
  private static final String CANCELED = "57014";

  private static final String EXPORT = "SELECT pg_export_snapshot()";

  /** Makes something of a row. */
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private volatile boolean givenUp;

  private SnapshotSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens one.
   *
   * @param snapshot that of another session that is still open; empty takes a new one
   */
  static SnapshotSession open(Database database, Optional<String> snapshot) throws SQLException {
    var session = new SnapshotSession(database.dataSource().getConnection());
    try {
      session.begin(snapshot);
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  private void begin(Optional<String> snapshot) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    if (snapshot.isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.get() + "'");
      }
    }
    query(LIFT_LIMITS, row -> row.getString(1));
    query(SET_MEMORY, row -> row.getString(1));
  }

  /** Lets others open sessions with this one's snapshot for as long as it is open. */
  String export() throws SQLException {
    return query(EXPORT, row -> row.getString(1)).getFirst();
  }

  /** From now on a query has one process of PostgreSQL. */
  void withoutWorkers() throws SQLException {
    query(WITHOUT_WORKERS, row -> row.getString(1));
  }

  <T> List<T> query(String sql, RowMapper<T> mapper) throws SQLException {
    requireGoingOn();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      var result = new ArrayList<T>();
      while (row.next()) {
        result.add(mapper.map(row));
      }
      return result;
    }
  }

  /** Takes in the rows of a query one after the other as they come, whatever their number. */
  void copy(String sql, Consumer<CopiedRow> consumer) throws SQLException {
    requireGoingOn();
    CopyOut rows =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
    try {
      var row = new CopiedRow();
      for (byte[] sent = rows.readFromCopy(); sent != null; sent = rows.readFromCopy()) {
        if (row.take(sent)) {
          consumer.accept(row);
        }
      }
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
  }

  private void requireGoingOn() throws SQLException {
    if (givenUp) {
      throw new SQLException("the reading was given up", CANCELED);
    }
  }

  /**
   * Has PostgreSQL give up the query that another thread is waiting for, if there is one; that
   * thread begins no other.
   */
  void cancel() {
    givenUp = true;
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // The connection is lost, and the query with it.
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // Nothing was written, so nothing is left undone.
    }
  }
}
