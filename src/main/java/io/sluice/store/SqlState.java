package io.sluice.store;

import io.sluice.store.StoreException.Kind;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/**
 * What PostgreSQL's SQLSTATEs mean here: the one table of them. The first row whose letters a state
 * begins with counts, so a single state stands before its class.
 */
public enum SqlState {
  /** Somebody else was faster, or an id or a name is taken. */
  UNIQUE_VIOLATION("23505", FailureKind.CONTENDED, Kind.DEFECT, "it is there already"),
  SERIALIZATION_FAILURE(
      "40001", FailureKind.CONTENDED, Kind.UNAVAILABLE, "another transaction was faster"),
  DEADLOCK("40P01", FailureKind.CONTENDED, Kind.UNAVAILABLE, "a deadlock"),
  ROLLBACK("40", FailureKind.CONTENDED, Kind.UNAVAILABLE, "the transaction was rolled back"),
  LOCK_TIMEOUT("55P03", FailureKind.BUSY, Kind.UNAVAILABLE, "a row stayed locked for too long"),
  /** A statement that took longer than it may. */
  CANCELED("57014", FailureKind.BUSY, Kind.UNAVAILABLE, "the statement took too long"),
  /** The server ends, starts or has crashed. */
  SHUTDOWN(
      "57P", FailureKind.LOST, Kind.UNAVAILABLE, "the server is ending, starting or has crashed"),
  OPERATOR("57", FailureKind.BUSY, Kind.UNAVAILABLE, "the server was told to stop it"),
  CONNECTION("08", FailureKind.LOST, Kind.UNAVAILABLE, "the connection failed"),
  /** No more connections, memory or disk. */
  RESOURCES(
      "53",
      FailureKind.LOST,
      Kind.UNAVAILABLE,
      "the server has no more connections, memory or disk"),
  /** A disk that fails. */
  SYSTEM("58", FailureKind.LOST, Kind.UNAVAILABLE, "the server's disk or system fails"),
  /** PostgreSQL ended the session because its transaction was idle for too long. */
  IDLE_IN_TRANSACTION(
      "25P03", FailureKind.LOST, Kind.UNAVAILABLE, "the transaction was idle for too long"),
  /** A server that only reads any more: another one is the primary now. */
  READ_ONLY("25006", FailureKind.LOST, Kind.UNAVAILABLE, "the server takes no writes"),
  /** A password that was changed, or a server that is not ready to know us: it may come right. */
  LOGIN("28", FailureKind.LOST, Kind.UNAVAILABLE, "user or password are refused"),
  /** A right is missing. */
  FORBIDDEN("42501", FailureKind.DEFECT, Kind.DEFECT, "the role may not do that"),
  NO_SUCH_DATABASE("3D000", FailureKind.LOST, Kind.UNAVAILABLE, "the database does not exist"),
  /** All the rest, and a failure that no server reported. */
  OTHER("", FailureKind.DEFECT, Kind.DEFECT, "it is not among those that are expected");

  private static final SqlState[] TABLE = values();

  private final String beginning;
  private final FailureKind ofTransaction;
  private final Kind ofCall;
  private final String words;

  SqlState(String beginning, FailureKind ofTransaction, Kind ofCall, String words) {
    this.beginning = beginning;
    this.ofTransaction = ofTransaction;
    this.ofCall = ofCall;
    this.words = words;
  }

  /** The meaning of a failure of either client. */
  public static SqlState of(Throwable failure) {
    return switch (failure) {
      case PgException server -> of(server.getSqlState());
      case SQLException jdbc -> of(jdbc.getSQLState());
      default -> OTHER;
    };
  }

  private static SqlState of(String state) {
    if (state != null) {
      for (SqlState row : TABLE) {
        if (state.startsWith(row.beginning)) {
          return row;
        }
      }
    }
    return OTHER;
  }

  /** What a failure says, in words for people and without any value. */
  public static String explain(Throwable failure) {
    return switch (failure) {
      case PgException server ->
          "SQLSTATE %s, %s".formatted(server.getSqlState(), of(server).words);
      case StoreException own -> own.reason();
      case TimeoutException late -> "no answer in time";
      case UnknownHostException unknown -> "unknown host";
      case ConnectException refused -> "it cannot be reached";
      default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
    };
  }

  /** What it means for a transaction of the pipeline. */
  FailureKind ofTransaction() {
    return ofTransaction;
  }

  /** What it means for a single call. */
  Kind ofCall() {
    return ofCall;
  }
}
