package io.sluice.operations;

import io.sluice.dialect.Pieces;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Server-sent events to the pages that plot what the gateway does. There is nothing in memory for a
 * reader but his place: who does not take an event misses it, and who takes none for a while is
 * dropped. A stream ends by itself after a while; the browser comes back, and is asked again who it
 * is.
 */
final class ConsoleStreams {
  /** The most at once. */
  static final int MOST = 20;

  /** What a page that is opened is shown of the past, in events. */
  static final int KEPT = 150;

  /** After so many events a stream ends. */
  static final int EVENTS_A_STREAM = 30;

  /** Who has missed more events than this in a row is dropped. */
  static final int MOST_MISSED = 5;

  /** How long a browser waits before it comes back. */
  private static final String RETRY = "retry: 2000\n";

  private final Set<Stream> streams = new LinkedHashSet<>();
  private final Deque<String> past = new ArrayDeque<>();
  private boolean isOver;

  /** How many are open. */
  synchronized int open() {
    return streams.size();
  }

  /** Another one; empty when there are too many, or at the end of the process. */
  synchronized Optional<Pieces> join() {
    if (isOver || streams.size() >= MOST) {
      return Optional.empty();
    }
    var stream = new Stream();
    streams.add(stream);
    return Optional.of(stream);
  }

  /**
   * Tells all readers.
   *
   * @param measures a JSON object
   */
  void tell(String measures) {
    Buffer event = Buffer.buffer("event: measures\ndata: " + measures + "\n\n");
    List<Promise<Optional<Buffer>>> readers = new ArrayList<>();
    synchronized (this) {
      past.addLast(measures);
      if (past.size() > KEPT) {
        past.removeFirst();
      }
      List.copyOf(streams).forEach(stream -> stream.take().ifPresent(readers::add));
    }
    readers.forEach(reader -> reader.complete(Optional.of(event)));
  }

  /** Ends all, and opens no more. */
  void end() {
    List<Promise<Optional<Buffer>>> readers = new ArrayList<>();
    synchronized (this) {
      isOver = true;
      List.copyOf(streams).forEach(stream -> stream.take().ifPresent(readers::add));
      streams.clear();
    }
    readers.forEach(reader -> reader.complete(Optional.empty()));
  }

  private final class Stream implements Pieces {
    private Optional<Promise<Optional<Buffer>>> reader = Optional.empty();
    private int told;
    private int missed;

    @Override
    public Future<Optional<Buffer>> next() {
      synchronized (ConsoleStreams.this) {
        if (told > EVENTS_A_STREAM) {
          streams.remove(this);
        }
        if (!streams.contains(this)) {
          return Future.succeededFuture(Optional.empty());
        }
        if (told++ == 0) {
          return Future.succeededFuture(Optional.of(history()));
        }
        Promise<Optional<Buffer>> promise = Promise.promise();
        reader = Optional.of(promise);
        return promise.future();
      }
    }

    @Override
    public void left() {
      Optional<Promise<Optional<Buffer>>> waiting;
      synchronized (ConsoleStreams.this) {
        waiting = take();
        streams.remove(this);
      }
      waiting.ifPresent(reader -> reader.complete(Optional.empty()));
    }

    @Override
    public boolean isOpenEnded() {
      return true;
    }

    /** The one who waits for an event; whoever does not has missed it. */
    private Optional<Promise<Optional<Buffer>>> take() {
      Optional<Promise<Optional<Buffer>>> waiting = reader;
      reader = Optional.empty();
      missed = waiting.isPresent() ? 0 : missed + 1;
      if (missed > MOST_MISSED) {
        streams.remove(this);
      }
      return waiting;
    }

    private Buffer history() {
      return Buffer.buffer(RETRY + "event: past\ndata: [" + String.join(",", past) + "]\n\n");
    }
  }
}
