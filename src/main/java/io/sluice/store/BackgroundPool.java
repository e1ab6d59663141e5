package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * A pool as work in the background sees it. Who does such work waits in turn and has a share as
 * anybody else, but is nobody whom clients would have to leave connections to.
 */
record BackgroundPool(ConnectionPool pool) implements ConnectionPool {
  /**
   * For whom something is done in the background.
   *
   * @param of such as the tenant whose things are looked at
   */
  record Chore(Object of) {}

  @Override
  public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
    return pool.call(new Chore(party), work);
  }

  @Override
  public boolean citus() {
    return pool.citus();
  }
}
