package io.sluice.loop;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;

/**
 * Where a request is dealt with: futures that others complete elsewhere go on here.
 *
 * @param context the request's own; null off all event loops
 */
public record Here(Context context) {
  /** Where the caller runs. */
  public static Here current() {
    return new Here(Vertx.currentContext());
  }

  /** Goes on at once, or on this event loop when a future completes. */
  public <T> void then(Future<T> future, Handler<AsyncResult<T>> next) {
    if (future.isComplete()) {
      next.handle(future);
    } else {
      future.onComplete(result -> then(result, next));
    }
  }

  private <T> void then(AsyncResult<T> result, Handler<AsyncResult<T>> next) {
    if (Vertx.currentContext() == context) {
      next.handle(result);
    } else {
      context.runOnContext(nothing -> next.handle(result));
    }
  }
}
