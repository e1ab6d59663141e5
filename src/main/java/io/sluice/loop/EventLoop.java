package io.sluice.loop;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** One event loop: a thread that owns state, so that nobody else needs to lock it. */
public final class EventLoop {
  private final ContextInternal context;

  private EventLoop(ContextInternal context) {
    this.context = context;
  }

  /** A place of its own on one of the event loops. */
  public static EventLoop create(Vertx vertx) {
    return new EventLoop(((VertxInternal) vertx).createEventLoopContext());
  }

  /** Where the caller runs; a new place when it runs on no event loop. */
  public static EventLoop current(Vertx vertx) {
    return new EventLoop((ContextInternal) vertx.getOrCreateContext());
  }

  /**
   * A place of its own on the event loop that the caller runs on; on any when it runs on none. What
   * is opened there does not end with the caller.
   */
  public static EventLoop beside(Vertx vertx) {
    return Vertx.currentContext() instanceof ContextInternal here
        ? new EventLoop(here.owner().contextBuilder().withEventLoop(here.nettyEventLoop()).build())
        : create(vertx);
  }

  /**
   * A promise whose future completes where the caller runs, whoever keeps the promise; at once when
   * the caller runs on no event loop.
   */
  public static <T> Promise<T> callersPromise() {
    return Vertx.currentContext() instanceof ContextInternal context
        ? context.promise()
        : Promise.promise();
  }

  /** Runs a task after what the caller's event loop runs now; at once when it runs on none. */
  public static void afterwards(Runnable task) {
    if (Vertx.currentContext() instanceof ContextInternal context) {
      context.nettyEventLoop().execute(() -> context.dispatch(task));
    } else {
      task.run();
    }
  }

  /** Takes a step; what it throws is how its future fails. */
  public static <T> Future<T> attempt(Supplier<Future<T>> step) {
    try {
      return step.get();
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }

  /** A promise whose future completes here, whoever keeps it. */
  public <T> Promise<T> promise() {
    return context.promise();
  }

  /** Whether the caller runs on this thread. */
  public boolean isHere() {
    return context.inThread();
  }

  /** Runs a task here, later; tasks of one thread run in the order of its calls. */
  public void run(Handler<Void> task) {
    context.runOnContext(task);
  }

  /** Runs a task here; the future, which has no place of its own, tells what it came to. */
  public <T> Future<T> call(Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    run(here -> Future.succeededFuture().compose(now -> task.get()).onComplete(promise));
    return promise.future();
  }

  /**
   * Makes sure that the caller may touch what this event loop owns.
   *
   * @throws IllegalStateException on any other thread: a defect
   */
  public void assertOwner() {
    if (!context.inThread()) {
      throw new IllegalStateException("on " + Thread.currentThread().getName() + ", not the owner");
    }
  }
}
