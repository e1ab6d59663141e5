package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** Lends connections to one call each. */
public interface ConnectionPool {
  /**
   * Does something with a connection, which goes back when the future completes.
   *
   * @param party for whom, such as a tenant: parties that wait are served in turn, and none takes
   *     more than its share of the places to wait
   * @param work must not use the connection afterwards
   * @return what the work comes to, where the caller runs; a {@link StoreException} when there is
   *     no connection, or no answer on it in time; the client's own exceptions otherwise
   */
  <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work);

  /** Whether the tables that it leads to may lie on several nodes. */
  default boolean citus() {
    return false;
  }
}
