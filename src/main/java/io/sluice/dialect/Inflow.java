package io.sluice.dialect;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The body of a request that is read while it comes, so that it may be of any size. No more of it
 * is taken from the client than is asked for. For the request's event loop only.
 */
public interface Inflow {
  /**
   * What comes next; not to be asked for again before it has come.
   *
   * @return some of the body, or empty after its end; fails with {@link FaultException} when the
   *     rest will not come
   */
  Future<Optional<Buffer>> next();

  /** Has somebody told, once, when nobody takes the answer any more, whatever was asked for. */
  void whenOver(Runnable told);

  /** Wants no more: what still comes is thrown away. */
  void stop();

  /**
   * What to answer to a failure to deal with a part of the body, in the dialect's words. What has
   * to be logged of it is.
   */
  Answer answerTo(Throwable failure);
}
