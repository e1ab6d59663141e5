package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FaultException;
import io.sluice.dialect.Inflow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A body that its handler takes chunk by chunk. What was not asked for stays with the client. While
 * a chunk is waited for it stands in a line of the loop, so that a client that sends nothing, or a
 * gateway that stops, does not let the handler wait for ever.
 */
final class BodyInflow extends Timed implements Inflow {
  private final HttpServerRequest request;
  private final LoopRequests loop;
  private final Function<Throwable, Answer> failures;

  /** Whoever waits for a chunk; null when nobody does. */
  private Promise<Optional<Buffer>> waiting;

  /** Told when the request is over. */
  private Runnable over = () -> {};

  private boolean whole;
  private boolean stopped;

  /** Why the rest will not come; null when it will, as far as anybody knows. */
  private FaultException broken;

  /**
   * @param request paused
   * @param failures how failures are answered
   */
  BodyInflow(HttpServerRequest request, LoopRequests loop, Function<Throwable, Answer> failures) {
    this.request = request;
    this.loop = loop;
    this.failures = failures;
    loop.flowBegins();
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (loop.state().isDraining()) {
      fail(new Fault.Overloaded(RequestBody.RETRY_AFTER));
    }
    if (broken != null) {
      return Future.failedFuture(broken);
    }
    if (whole) {
      return Future.succeededFuture(Optional.empty());
    }
    Promise<Optional<Buffer>> promise = Promise.promise();
    waiting = promise;
    waitIn(loop.flowing(), loop.state().nanoTime());
    request.fetch(1);
    return promise.future();
  }

  @Override
  public void whenOver(Runnable told) {
    over = told;
  }

  /** Nobody takes the answer any more: all of it has been sent, or the client has gone. */
  void end(Fault fault) {
    fail(fault);
    Runnable told = over;
    over = () -> {};
    told.run();
  }

  @Override
  public void stop() {
    if (!stopped) {
      close();
      stopped = true;
      leave();
      request.resume();
    }
  }

  @Override
  public Answer answerTo(Throwable failure) {
    return failures.apply(failure);
  }

  /** Hands a chunk on; false when nobody wants it. */
  boolean received(Buffer chunk) {
    if (stopped) {
      return false;
    }
    keep(promise -> promise.complete(Optional.of(chunk)));
    return true;
  }

  /** All has come. */
  void receivedAll() {
    close();
    whole = true;
    keep(promise -> promise.complete(Optional.empty()));
  }

  /** The rest will not come, or is not taken. */
  void fail(Fault fault) {
    if (broken == null && !whole) {
      broken = new FaultException(fault);
      stop();
      keep(promise -> promise.fail(broken));
    }
  }

  /** No more of it is handed on, for the first reason that there is. */
  private void close() {
    if (!stopped && !whole) {
      loop.flowEnds();
    }
  }

  private void keep(Consumer<Promise<Optional<Buffer>>> word) {
    leave();
    if (waiting != null) {
      Promise<Optional<Buffer>> promise = waiting;
      waiting = null;
      word.accept(promise);
    }
  }

  /** No chunk came in time, or none is wanted any more as the gateway stops. */
  @Override
  void late() {
    fail(
        loop.state().isDraining()
            ? new Fault.Overloaded(RequestBody.RETRY_AFTER)
            : Exchange.LATE_BODY);
  }
}
