package io.sluice.loadtest.jmh;

import io.sluice.store.ConnectionPool;
import io.sluice.store.Pools;
import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A pool that hands everything to a real one and remembers its answers until it is sealed, and from
 * then on answers from memory, so that a benchmark measures what the JVM does and not what
 * PostgreSQL does. What is done once, such as opening the accounts of a tenant, must be done
 * before.
 */
final class MemoryPool implements ConnectionPool {
  private final ConnectionPool real;
  private final Map<String, Future<?>> answers = new ConcurrentHashMap<>();

  private final SqlConnection memory =
      proxy(SqlConnection.class, (self, method, arguments) -> inMemory(method, arguments));

  private volatile boolean sealed;

  MemoryPool(ConnectionPool real) {
    this.real = real;
  }

  Pools pools() {
    return Pools.of(this, this);
  }

  @Override
  public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
    return sealed ? work.apply(memory) : real.call(party, lent -> work.apply(heard(lent)));
  }

  /** From now on a question that was not asked before is a defect of the benchmark. */
  void seal() {
    sealed = true;
  }

  /** A connection whose answers are remembered. */
  private SqlConnection heard(SqlConnection lent) {
    return proxy(
        SqlConnection.class,
        (self, method, arguments) -> {
          Object made = invoke(method, lent, arguments);
          return isQuery(method, arguments)
              ? heard((String) arguments[0], (PreparedQuery<?>) made)
              : made;
        });
  }

  private PreparedQuery<?> heard(String sql, PreparedQuery<?> query) {
    return proxy(
        PreparedQuery.class,
        (self, method, arguments) -> {
          var answer = (Future<?>) invoke(method, query, arguments);
          String question = question(sql, method, arguments);
          // Without the connection's context, whose thread would otherwise have to carry every
          // answer.
          return answer.onSuccess(rows -> answers.put(question, Future.succeededFuture(rows)));
        });
  }

  private Object inMemory(Method method, Object[] arguments) {
    if (!isQuery(method, arguments)) {
      throw new UnsupportedOperationException(method + " while benchmarking");
    }
    String sql = (String) arguments[0];
    return proxy(PreparedQuery.class, (self, m, a) -> remembered(question(sql, m, a)));
  }

  private Future<?> remembered(String question) {
    Future<?> known = answers.get(question);
    if (known == null) {
      throw new IllegalStateException("asked the database while measuring: " + question);
    }
    return known;
  }

  private static boolean isQuery(Method method, Object[] arguments) {
    return method.getName().equals("preparedQuery") && arguments.length == 1;
  }

  /** Arrays among the parameters are told by what is in them. */
  private static String question(String sql, Method method, Object[] arguments) {
    if (!method.getName().equals("execute") || !(arguments[0] instanceof Tuple parameters)) {
      throw new UnsupportedOperationException(method + " while benchmarking");
    }
    Object[] values =
        IntStream.range(0, parameters.size()).mapToObj(parameters::getValue).toArray();
    return sql + Arrays.deepToString(values);
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
