package io.sluice.gateway;

import io.sluice.dialect.Pieces;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * Sends an answer piece by piece, each when the one before has left. Used on one event loop, where
 * it also comes back to. There is no chain of futures, which would grow with the answer.
 */
final class PieceWise {
  private final HttpServerResponse http;
  private final Context context;
  private final Pieces pieces;
  private final Timed reader;
  private final LoopRequests loop;
  private final Promise<Void> sent = Promise.promise();
  private long bytes;

  /**
   * @param reader waits in a line of the loop while a piece is not taken
   */
  PieceWise(
      HttpServerResponse http, Context context, Pieces pieces, Timed reader, LoopRequests loop) {
    this.http = http;
    this.context = context;
    this.pieces = pieces;
    this.reader = reader;
    this.loop = loop;
  }

  /** Completes when the last piece is out; fails when one could not be made or sent. */
  Future<Void> send() {
    http.closeHandler(gone -> pieces.left());
    next();
    return sent.future();
  }

  long bytes() {
    return bytes;
  }

  private void next() {
    Future.succeededFuture()
        .compose(now -> pieces.next())
        .onComplete(
            piece -> context.runOnContext(nothing -> write(piece)),
            failure -> context.runOnContext(nothing -> sent.fail(failure)));
  }

  private void write(Optional<Buffer> piece) {
    if (piece.isEmpty()) {
      http.end().onComplete(sent);
      return;
    }
    if (piece.get().length() == 0) {
      next();
      return;
    }
    bytes += piece.get().length();
    reader.waitIn(loop.sending(), loop.state().nanoTime());
    http.write(piece.get()).onComplete(this::written);
  }

  private void written(AsyncResult<Void> result) {
    reader.leave();
    if (result.failed()) {
      sent.fail(result.cause());
    } else {
      next();
    }
  }
}
