package io.sluice.pipeline;

import io.sluice.store.BooksSession;
import io.sluice.store.Outage;
import io.sluice.store.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A lane's connection. When it is lost it is made again at once and then in growing intervals, so
 * that a lane is ready for what comes, also when nothing comes. For the pipeline's event loop only.
 */
final class LaneConnection {
  private static final long FIRST_BACKOFF_MS = 20;
  private static final long MAX_BACKOFF_MS = 1_000;

  private final Vertx vertx;
  private final Supplier<Future<BooksSession>> connect;
  private final Runnable changed;
  private final Outage outage;
  private Optional<BooksSession> session = Optional.empty();
  private Optional<Server> lost = Optional.empty();
  private Future<BooksSession> connecting = Future.failedFuture("not begun");
  private int failures;
  private boolean waiting;
  private boolean closed;

  /**
   * A connection that is not made yet.
   *
   * @param name as it stands in a sentence: {@code lane 1}
   * @param changed run whenever {@link #isMade()} may have changed
   */
  LaneConnection(
      Vertx vertx, String name, Supplier<Future<BooksSession>> connect, Runnable changed) {
    this.vertx = vertx;
    this.connect = connect;
    this.changed = changed;
    this.outage = new Outage(name);
  }

  boolean isMade() {
    return session.filter(BooksSession::isOpen).isPresent();
  }

  /** What is there, or else what one more attempt makes. */
  Future<BooksSession> session() {
    return session
        .filter(BooksSession::isTrusted)
        .map(Future::succeededFuture)
        .orElseGet(this::make);
  }

  private Future<BooksSession> make() {
    if (connecting.isComplete()) {
      session.ifPresent(BooksSession::close);
      connecting = connect.get().onSuccess(this::made).onFailure(this::notMade);
    }
    return connecting;
  }

  private void made(BooksSession opened) {
    if (closed) {
      opened.close();
      return;
    }
    failures = 0;
    lost.ifPresent(from -> outage.begins("the connection to " + from + " is closed"));
    lost = Optional.empty();
    outage.over(opened.server());
    session = Optional.of(opened);
    opened.whenClosed(() -> lose(opened));
    changed.run();
  }

  private void notMade(Throwable failure) {
    failures++;
    outage.begins(failure);
    lost = Optional.empty();
    makeLater();
  }

  private void lose(BooksSession ended) {
    lost = Optional.of(ended.server());
    changed.run();
    makeLater();
  }

  /** A lane that was never connected belongs to a start, which has failed then. */
  private void makeLater() {
    if (session.isPresent() && !waiting && !closed) {
      waiting = true;
      vertx.timer(backoffMs(failures), TimeUnit.MILLISECONDS).onComplete(waited -> makeAgain());
    }
  }

  private void makeAgain() {
    waiting = false;
    if (!isMade() && !closed) {
      make();
    }
  }

  /**
   * How long to wait before trying again.
   *
   * @param failed attempts so far
   */
  static long backoffMs(int failed) {
    return Math.min(FIRST_BACKOFF_MS << Math.min(failed, 10), MAX_BACKOFF_MS);
  }

  void close() {
    closed = true;
    session.ifPresent(BooksSession::close);
  }
}
