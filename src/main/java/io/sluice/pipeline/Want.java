package io.sluice.pipeline;

import io.sluice.store.SqlState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the database lacks, as transfers find out: disk, memory or connections. A probe that writes
 * next to nothing may succeed on a disk where no transfer does. It counts until a transfer is
 * committed, or for some seconds without any: then somebody has to try again. Noted by the
 * pipeline's event loop, read by any thread.
 */
final class Want {
  /** More than a batch waits between two attempts, so that it counts as long as one is tried. */
  static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier nanoTime;
  private volatile Found latest;

  private record Found(String what, long nanos) {}

  /**
   * @param nanoTime tells time as {@link System#nanoTime} does
   */
  Want(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes that a transaction failed. */
  void failed(Throwable failure) {
    switch (SqlState.of(failure)) {
      case RESOURCES, SYSTEM -> latest = new Found(SqlState.explain(failure), nanoTime.getAsLong());
      case UNIQUE_VIOLATION,
          SERIALIZATION_FAILURE,
          DEADLOCK,
          ROLLBACK,
          LOCK_TIMEOUT,
          CANCELED,
          SHUTDOWN,
          OPERATOR,
          CONNECTION,
          IDLE_IN_TRANSACTION,
          READ_ONLY,
          LOGIN,
          FORBIDDEN,
          NO_SUCH_DATABASE,
          OTHER -> {}
    }
  }

  /** Notes that a transaction was committed. */
  void over() {
    if (latest != null) {
      latest = null;
    }
  }

  /** In words for people; empty when nothing is known to be lacking. */
  Optional<String> now() {
    Found found = latest;
    return found == null || nanoTime.getAsLong() - found.nanos() > COUNTS_NANOS
        ? Optional.empty()
        : Optional.of(found.what());
  }
}
