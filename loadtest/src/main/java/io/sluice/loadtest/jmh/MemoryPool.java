package io.sluice.loadtest.jmh;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pool that asks the database each question once and afterwards answers from memory, so that a
 * benchmark measures what the JVM does and not what PostgreSQL does. Reads only.
 */
final class MemoryPool {
  private final Pool real;
  private final Map<String, Future<?>> answers = new ConcurrentHashMap<>();

  private volatile boolean sealed;

  MemoryPool(Pool real) {
    this.real = real;
  }

  Pool pool() {
    return proxy(Pool.class, (self, method, arguments) -> onPool(method, arguments));
  }

  /** From now on a question that was not asked before is a defect of the benchmark. */
  void seal() {
    sealed = true;
  }

  private Object onPool(Method method, Object[] arguments) throws Throwable {
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
    Future<?> answer;
    try {
      answer = (Future<?>) method.invoke(real.preparedQuery(sql), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    // Without the connection's context, whose thread would otherwise have to carry every answer.
    return answer.onSuccess(rows -> answers.put(question, Future.succeededFuture(rows)));
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
