package io.sluice.store;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
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

  private static final String UNIQUE_VIOLATION = "23505";

  private static final String DEADLOCK = "40P01";

  /** Classes: connection exception, insufficient resources, rollback, operator, system error. */
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "40", "57", "58");

  /** Read-only (a demoted primary), idle-in-transaction timeout, lock timeout. */
  private static final Set<String> UNAVAILABLE_STATES = Set.of("25006", "25P03", "55P03");

  private final Kind kind;

  private StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
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
    boolean passing =
        failure instanceof VertxException client && !isWrongUse(client)
            || failure instanceof IOException
            || failure instanceof TimeoutException;
    Kind kind = passing ? Kind.UNAVAILABLE : Kind.DEFECT;
    var exception = new StoreException(kind, "database: " + failure.getClass().getSimpleName());
    exception.setStackTrace(failure.getStackTrace());
    return exception;
  }

  /** The client has one exception for a lost connection and for a parameter of the wrong type. */
  private static boolean isWrongUse(VertxException failure) {
    return String.valueOf(failure.getMessage()).contains("arameter");
  }

  private static StoreException ofServer(PgException failure) {
    var message = new StringBuilder("database: SQLSTATE ").append(failure.getSqlState());
    append(message, " table ", failure.getTable());
    append(message, " column ", failure.getColumn());
    append(message, " constraint ", failure.getConstraint());
    return new StoreException(kind(failure.getSqlState()), message.toString());
  }

  private static StoreException ofJdbc(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    var exception = new StoreException(kind(state), "database: SQLSTATE " + state);
    exception.setStackTrace(failure.getStackTrace());
    return exception;
  }

  private static Kind kind(String state) {
    boolean passing =
        UNAVAILABLE_STATES.contains(state) || UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
    return passing ? Kind.UNAVAILABLE : Kind.DEFECT;
  }

  private static void append(StringBuilder message, String label, String name) {
    if (name != null) {
      message.append(label).append(name);
    }
  }

  /** For {@link Future#recover}: the same failure in this type. */
  static <T> Future<T> failed(Throwable failure) {
    return Future.failedFuture(of(failure));
  }

  static boolean isUniqueViolation(Throwable failure) {
    return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
  }

  static boolean isDeadlock(Throwable failure) {
    return failure instanceof PgException pg && DEADLOCK.equals(pg.getSqlState());
  }
}
