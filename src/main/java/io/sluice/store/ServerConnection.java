package io.sluice.store;

import io.sluice.loop.EventLoop;
import io.sluice.loop.Hearing;
import io.vertx.core.Closeable;
import io.vertx.pgclient.PgConnection;
import java.util.Optional;

/**
 * One connection to PostgreSQL, with the socket under it. Its statements complete on the event loop
 * that opened it.
 */
final class ServerConnection {
  private final Server server;
  private final EventLoop loop;
  private final PgConnection client;
  private final Closeable socket;
  private final int confidence;
  private final long openedNanos = System.nanoTime();
  private Optional<Hearing> hearing = Optional.empty();
  private Runnable whenClosed = () -> {};
  private boolean open = true;

  /**
   * @param socket closes what the client opened, whatever the client is waiting for
   * @param confidence how often servers had been doubted when it was opened
   */
  ServerConnection(
      Server server, EventLoop loop, PgConnection client, Closeable socket, int confidence) {
    this.server = server;
    this.loop = loop;
    this.client = client;
    this.socket = socket;
    this.confidence = confidence;
    client.closeHandler(closed -> close());
    // A handler must be set, or the client prints what it reports to each future as well.
    client.exceptionHandler(failure -> close());
  }

  Server server() {
    return server;
  }

  EventLoop loop() {
    return loop;
  }

  PgConnection client() {
    return client;
  }

  /** From now on it is noted when something comes, which costs a look at the clock each time. */
  void listen() {
    hearing = Optional.of(Hearing.of(client));
  }

  /** When something last came, by {@link System#nanoTime()}; when it was opened where none is. */
  long heardNanos() {
    return hearing.map(Hearing::lastNanos).orElse(openedNanos);
  }

  int confidence() {
    return confidence;
  }

  /** For how long it has been open, in nanoseconds. */
  long ageNanos() {
    return System.nanoTime() - openedNanos;
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** Has something run once, when the connection ends; at once when it has ended already. */
  void whenClosed(Runnable task) {
    synchronized (this) {
      if (open) {
        whenClosed = task;
        return;
      }
    }
    task.run();
  }

  /**
   * Closes the socket. The client's own way would wait until all that was sent is answered, which a
   * connection that has fallen silent never does. PostgreSQL rolls back what is open.
   */
  void close() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    socket.close((done, failure) -> {});
    whenClosed.run();
  }
}
