package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs statements on a pool. Every failure comes as a {@link StoreException}. A statement's first
 * parameter, which is the tenant wherever there is one, is the party that waits for a connection.
 */
public record Statements(ConnectionPool pool) {
  private static final int TRANSACTION_ATTEMPTS = 3;

  /** Statements without parameters are about all tenants, and no client's. */
  private static final Object NOBODY = new BackgroundPool.Chore("");

  /** Runs one statement on any client, failures left as they come. */
  public static Future<RowSet<Row>> on(SqlClient client, String sql, Object... parameters) {
    return client.preparedQuery(sql).execute(Tuple.wrap(parameters));
  }

  public Future<RowSet<Row>> run(String sql, Tuple parameters) {
    return run(party(parameters), sql, parameters);
  }

  /** Runs a statement for a party that its parameters do not name. */
  public Future<RowSet<Row>> run(Object party, String sql, Tuple parameters) {
    return execute(party, sql, parameters).recover(StoreException::failed);
  }

  public Future<RowSet<Row>> run(String sql, Object... parameters) {
    return run(sql, Tuple.wrap(parameters));
  }

  public <T> Future<Optional<T>> first(String sql, Function<Row, T> mapper, Object... parameters) {
    return execute(sql, parameters)
        .map(rows -> Rows.first(rows, mapper))
        .recover(StoreException::failed);
  }

  public <T> Future<List<T>> all(String sql, Function<Row, T> mapper, Object... parameters) {
    return execute(sql, parameters)
        .map(rows -> Rows.all(rows, mapper))
        .recover(StoreException::failed);
  }

  /** All rows of a statement in the form that the database takes. */
  public <T> Future<List<T>> all(Forms forms, Function<Row, T> mapper, Object... parameters) {
    return all(forms.of(pool.citus()), mapper, parameters);
  }

  /** All rows of a statement that was put together. */
  public <T> Future<List<T>> all(Query query, Function<Row, T> mapper) {
    return all(query.text(), mapper, query.parameters());
  }

  /** Runs an INSERT; false when a unique key stood in its way. */
  public Future<Boolean> insert(String sql, Object... parameters) {
    return execute(sql, parameters)
        .map(rows -> rows.rowCount() > 0)
        .recover(
            failure ->
                SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
                    ? Future.succeededFuture(false)
                    : StoreException.failed(failure));
  }

  private Future<RowSet<Row>> execute(String sql, Object... parameters) {
    Tuple all = Tuple.wrap(parameters);
    return execute(party(all), sql, all);
  }

  private Future<RowSet<Row>> execute(Object party, String sql, Tuple parameters) {
    return pool.call(party, connection -> connection.preparedQuery(sql).execute(parameters));
  }

  private static Object party(Tuple parameters) {
    return parameters.size() == 0 ? NOBODY : parameters.getValue(0);
  }

  /**
   * Runs work in one transaction, and again when PostgreSQL chose it as the victim of a deadlock or
   * could not put it in order with others: then nothing of it has happened.
   */
  public <T> Future<T> inTransaction(TenantId tenant, Function<SqlConnection, Future<T>> work) {
    return inTransaction(tenant, work, StoreException::failed);
  }

  /** The same for a party of whom it is not known yet whether it is the tenant's. */
  public <T> Future<T> inTransactionFor(Object party, Function<SqlConnection, Future<T>> work) {
    return inTransaction(party, work, TRANSACTION_ATTEMPTS).recover(StoreException::failed);
  }

  /** The same, with an answer for those failures that are one. */
  public <T> Future<T> inTransaction(
      TenantId tenant,
      Function<SqlConnection, Future<T>> work,
      Function<Throwable, Future<T>> onFailure) {
    return inTransaction(tenant.value(), work, TRANSACTION_ATTEMPTS).recover(onFailure);
  }

  private <T> Future<T> inTransaction(
      Object party, Function<SqlConnection, Future<T>> work, int attempts) {
    return pool.call(party, connection -> transaction(connection, work))
        .recover(
            failure ->
                attempts > 1 && isVictim(SqlState.of(failure))
                    ? inTransaction(party, work, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private static boolean isVictim(SqlState state) {
    return state == SqlState.DEADLOCK || state == SqlState.SERIALIZATION_FAILURE;
  }

  private static <T> Future<T> transaction(
      SqlConnection connection, Function<SqlConnection, Future<T>> work) {
    return connection
        .begin()
        .compose(
            transaction ->
                Future.succeededFuture(connection)
                    .compose(work)
                    .compose(
                        result -> transaction.commit().map(result),
                        failure -> undo(transaction, failure)));
  }

  /** What failed first is told. A connection whose transaction cannot be ended is closed. */
  private static <T> Future<T> undo(Transaction transaction, Throwable failure) {
    return transaction.rollback().transform(done -> Future.failedFuture(failure));
  }
}
