package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/**
 * A failure of the database, or of how it is used. It names the SQLSTATE and the objects involved,
 * never a value or a secret, so it may be logged as it is.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller can do about a failure. */
  public enum Kind {
    /** The database cannot be reached or has no room now; the same call may work later. */
    UNAVAILABLE,
    /** The call is wrong, or the database is; the same call would fail again. */
    DEFECT
  }

  private final Kind kind;
  private final String reason;

  private StoreException(Kind kind, String reason) {
    super("database: " + reason);
    this.kind = kind;
    this.reason = reason;
  }

  /** An outage that was noticed on this side, which has no stack to look at. */
  static StoreException unavailable(String reason) {
    var exception = new StoreException(Kind.UNAVAILABLE, reason);
    exception.setStackTrace(new StackTraceElement[0]);
    return exception;
  }

  public Kind kind() {
    return kind;
  }

  /** What has happened, without saying that it is the database. */
  String reason() {
    return reason;
  }

  /** The failure in this type. The original is not kept, because its text may hold values. */
  public static StoreException of(Throwable failure) {
    if (failure instanceof StoreException already) {
      return already;
    }
    if (failure instanceof PgException pg) {
      return ofServer(pg);
    }
    if (failure instanceof SQLException jdbc) {
      return ofJdbc(jdbc);
    }
    // The client reports trouble with a connection, and a pool that has none, by its own
    // exceptions.
    boolean passing =
        failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof TimeoutException;
    Kind kind = passing ? Kind.UNAVAILABLE : Kind.DEFECT;
    var exception = new StoreException(kind, failure.getClass().getSimpleName());
    exception.setStackTrace(failure.getStackTrace());
    return exception;
  }

  private static StoreException ofServer(PgException failure) {
    var message = new StringBuilder("SQLSTATE ").append(failure.getSqlState());
    append(message, " table ", failure.getTable());
    append(message, " column ", failure.getColumn());
    append(message, " constraint ", failure.getConstraint());
    return new StoreException(SqlState.of(failure).ofCall(), message.toString());
  }

  private static StoreException ofJdbc(SQLException failure) {
    var exception =
        new StoreException(SqlState.of(failure).ofCall(), "SQLSTATE " + failure.getSQLState());
    exception.setStackTrace(failure.getStackTrace());
    return exception;
  }

  private static void append(StringBuilder message, String label, String name) {
    if (name != null) {
      message.append(label).append(name);
    }
  }

  /** For {@link Future#recover}: the same failure in this type. */
  public static <T> Future<T> failed(Throwable failure) {
    return Future.failedFuture(of(failure));
  }
}
