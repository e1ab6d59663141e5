package io.sluice.loadtest;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a thread that is no event loop wait for a future. */
public final class Awaiting {
  private static final long LIMIT_S = 300;

  private Awaiting() {}

  /** The result of a future, at once if it is there already; its failure is thrown as it is. */
  public static <T> T result(Future<T> future) {
    try {
      return future.succeeded() ? future.result() : future.await(LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing within " + LIMIT_S + " s", e);
    }
  }
}
