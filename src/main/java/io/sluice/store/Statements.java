package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs statements on a pool. Every failure comes as a {@link StoreException}. */
public record Statements(Pool pool) {
  private static final int TRANSACTION_ATTEMPTS = 3;

  /** Runs one statement on any client, failures left as they come. */
  public static Future<RowSet<Row>> on(SqlClient client, String sql, Object... parameters) {
    return client.preparedQuery(sql).execute(Tuple.wrap(parameters));
  }

  public <T> Future<Optional<T>> first(String sql, Function<Row, T> mapper, Object... parameters) {
    return on(pool, sql, parameters)
        .map(rows -> Rows.first(rows, mapper))
        .recover(StoreException::failed);
  }

  public <T> Future<List<T>> all(String sql, Function<Row, T> mapper, Object... parameters) {
    return on(pool, sql, parameters)
        .map(rows -> Rows.all(rows, mapper))
        .recover(StoreException::failed);
  }

  /** Runs an INSERT; false when a unique key stood in its way. */
  public Future<Boolean> insert(String sql, Object... parameters) {
    return on(pool, sql, parameters)
        .map(rows -> rows.rowCount() > 0)
        .recover(
            failure ->
                SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
                    ? Future.succeededFuture(false)
                    : StoreException.failed(failure));
  }

  /**
   * Runs work in one transaction, and again when PostgreSQL chose it as a deadlock's victim: then
   * nothing of it has happened.
   */
  public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
    return inTransaction(work, TRANSACTION_ATTEMPTS).recover(StoreException::failed);
  }

  private <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work, int attempts) {
    return pool.withTransaction(work)
        .recover(
            failure ->
                attempts > 1 && SqlState.of(failure) == SqlState.DEADLOCK
                    ? inTransaction(work, attempts - 1)
                    : Future.failedFuture(failure));
  }
}
