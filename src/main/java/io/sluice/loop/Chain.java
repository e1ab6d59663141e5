package io.sluice.loop;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Goes on with what a future holds, at once where that is there. A future's own methods make
 * another one for each step, and have it listen, also where nothing waits: and nearly all that a
 * request asks before it reaches the pipeline is in memory.
 */
public final class Chain {
  private Chain() {}

  /** As {@link Future#map(Function)}: what the step throws is how the future fails. */
  public static <T, R> Future<R> map(Future<T> future, Function<? super T, R> next) {
    if (!future.succeeded()) {
      return future.map(next);
    }
    try {
      return Future.succeededFuture(next.apply(future.result()));
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }

  /** As {@link Future#compose(Function)}: what the step throws is how the future fails. */
  public static <T, R> Future<R> compose(Future<T> future, Function<? super T, Future<R>> next) {
    if (!future.succeeded()) {
      return future.compose(next);
    }
    try {
      return next.apply(future.result());
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }
}
