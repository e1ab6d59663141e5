package io.sluice.dialect;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What of an answer is made while it is sent, so that it may be of any size. There is one piece in
 * memory at a time.
 */
@FunctionalInterface
public interface Pieces {
  /**
   * The next piece; asked for when the client's side has taken the one before.
   *
   * @return a piece, which may hold nothing, as long as there may be more; empty after the last. A
   *     failure cuts the connection: the client sees that the answer is not whole
   */
  Future<Optional<Buffer>> next();

  /** The client has gone: nothing more is sent. What waits for a piece may end at once. */
  default void left() {}

  /** Whether the client takes as much as it wants and leaves, so that this is no news. */
  default boolean isOpenEnded() {
    return false;
  }
}
