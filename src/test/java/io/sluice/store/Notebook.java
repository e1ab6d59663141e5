package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Notes who asks for connections, and gives none. */
public final class Notebook implements ConnectionPool {
  private final List<Object> parties = new ArrayList<>();

  @Override
  public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
    parties.add(party);
    return Future.failedFuture("there is none");
  }

  /** Pools all of which ask here. */
  public Pools pools() {
    return Pools.of(this, this);
  }

  /** Those who have asked so far, in order. */
  public List<Object> parties() {
    return parties;
  }
}
