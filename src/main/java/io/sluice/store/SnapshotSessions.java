package io.sluice.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sessions that read the same snapshot side by side. Each takes the next of what is to be read when
 * it has done with the last, so that all are busy to the end.
 */
final class SnapshotSessions implements AutoCloseable {
  /** Something to be read, in one session and on its thread. */
  interface Reading<T> {
    T read(SnapshotSession session) throws SQLException;
  }

  private final List<SnapshotSession> sessions;
  private final ExecutorService threads;

  private SnapshotSessions(List<SnapshotSession> sessions) {
    this.sessions = sessions;
    threads =
        Executors.newFixedThreadPool(
            sessions.size(), Thread.ofPlatform().daemon().name("snapshot-", 0).factory());
  }

  /**
   * Opens them.
   *
   * @param count 1 or more
   */
  static SnapshotSessions open(Database database, int count) throws SQLException {
    var sessions = new ArrayList<SnapshotSession>(count);
    try {
      SnapshotSession first = SnapshotSession.open(database, Optional.empty());
      sessions.add(first);
      Optional<String> snapshot = count > 1 ? Optional.of(first.export()) : Optional.empty();
      while (sessions.size() < count) {
        sessions.add(SnapshotSession.open(database, snapshot));
      }
      if (count > 1) {
        for (SnapshotSession session : sessions) {
          session.withoutWorkers();
        }
      }
      return new SnapshotSessions(sessions);
    } catch (SQLException e) {
      sessions.forEach(SnapshotSession::close);
      throw e;
    }
  }

  /**
   * Reads everything, begun in its order; blocks.
   *
   * @return what was read, in the same order
   * @throws SQLException the first failure; the rest is given up
   */
  <T> List<T> read(List<Reading<T>> readings) throws SQLException {
    var results = new ConcurrentHashMap<Integer, T>();
    var next = new AtomicInteger();
    var running = new ExecutorCompletionService<Void>(threads);
    for (SnapshotSession session : sessions) {
      running.submit(
          () -> {
            for (int i = next.getAndIncrement(); i < readings.size(); i = next.getAndIncrement()) {
              results.put(i, readings.get(i).read(session));
            }
            return null;
          });
    }
    try {
      for (int i = 0; i < sessions.size(); i++) {
        running.take().get();
      }
    } catch (InterruptedException e) {
      giveUp(next, readings.size());
      Thread.currentThread().interrupt();
      throw StoreException.of(e);
    } catch (ExecutionException e) {
      giveUp(next, readings.size());
      throw failure(e.getCause());
    }
    return IntStream.range(0, readings.size()).mapToObj(results::get).toList();
  }

  /** Reads one thing; blocks. */
  <T> T one(Reading<T> reading) throws SQLException {
    return read(List.of(reading)).getFirst();
  }

  private void giveUp(AtomicInteger next, int end) {
    next.set(end);
    sessions.forEach(SnapshotSession::cancel);
  }

  /** As it was thrown; nothing checked but an SQLException can have been. */
  private static SQLException failure(Throwable cause) {
    return switch (cause) {
      case SQLException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }

  /** Waits for queries that were given up: a connection is used by one thread at a time. */
  @Override
  public void close() {
    threads.close();
    sessions.forEach(SnapshotSession::close);
  }
}
