package io.sluice.loadtest.jmh;

import io.sluice.store.ConnectionPool;
import io.sluice.store.Pools;
import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A pool that asks the database each question once and afterwards answers from memory, so that a
 * benchmark measures what the JVM does and not what PostgreSQL does. Reads only.
 */
final class MemoryPool implements ConnectionPool {
  private final ConnectionPool real;
  private final Map<String, Future<?>> answers = new ConcurrentHashMap<>();

  private final SqlConnection connection =
      proxy(SqlConnection.class, (self, method, arguments) -> onConnection(method, arguments));

  private volatile boolean sealed;

  MemoryPool(ConnectionPool real) {
    this.real = real;
  }

  Pools pools() {
    return Pools.of(this, this);
  }

  @Override
  public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
    return work.apply(connection);
  }

  /** From now on a question that was not asked before is a defect of the benchmark. */
  void seal() {
    sealed = true;
  }

  private Object onConnection(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("preparedQuery") && arguments.length == 1) {
      String sql = (String) arguments[0];
      return proxy(PreparedQuery.class, (self, m, a) -> onQuery(sql, m, a));
    }
    throw new UnsupportedOperationException(method + " while benchmarking");
  }

  private Object onQuery(String sql, Method method, Object[] arguments) throws Throwable {
    if (!method.getName().equals("execute") || !(arguments[0] instanceof Tuple parameters)) {
      throw new UnsupportedOperationException(method + " while benchmarking");
    }
    String question = sql + parameters.deepToString();
    Future<?> known = answers.get(question);
    if (known != null) {
      return known;
    }
    if (sealed) {
      throw new IllegalStateException("asked the database while measuring: " + question);
    }
    Future<?> answer =
        real.call("all", connected -> connected.preparedQuery(sql).execute(parameters));
    // Without the connection's context, whose thread would otherwise have to carry every answer.
    return answer.onSuccess(rows -> answers.put(question, Future.succeededFuture(rows)));
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
