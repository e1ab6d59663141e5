package io.sluice.store;

import io.sluice.store.StoreException.Kind;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;

/**
 * What PostgreSQL's SQLSTATEs mean here: the one table of them. The first row whose letters a state
 * begins with counts, so a single state stands before its class.
 */
public enum SqlState {
  /** Somebody else was faster, or an id or a name is taken. */
  UNIQUE_VIOLATION("23505", FailureKind.CONTENDED, Kind.DEFECT),
  SERIALIZATION_FAILURE("40001", FailureKind.CONTENDED, Kind.UNAVAILABLE),
  DEADLOCK("40P01", FailureKind.CONTENDED, Kind.UNAVAILABLE),
  ROLLBACK("40", FailureKind.CONTENDED, Kind.UNAVAILABLE),
  LOCK_TIMEOUT("55P03", FailureKind.BUSY, Kind.UNAVAILABLE),
  /** A statement that took longer than it may. */
  CANCELED("57014", FailureKind.BUSY, Kind.UNAVAILABLE),
  /** The server ends, starts or has crashed. */
  SHUTDOWN("57P", FailureKind.LOST, Kind.UNAVAILABLE),
  OPERATOR("57", FailureKind.BUSY, Kind.UNAVAILABLE),
  CONNECTION("08", FailureKind.LOST, Kind.UNAVAILABLE),
  /** No more connections, memory or disk. */
  RESOURCES("53", FailureKind.LOST, Kind.UNAVAILABLE),
  /** A disk that fails. */
  SYSTEM("58", FailureKind.LOST, Kind.UNAVAILABLE),
  /** PostgreSQL ended the session because its transaction was idle for too long. */
  IDLE_IN_TRANSACTION("25P03", FailureKind.LOST, Kind.UNAVAILABLE),
  /** A server that only reads any more: another one is the primary now. */
  READ_ONLY("25006", FailureKind.LOST, Kind.UNAVAILABLE),
  LOGIN("28", FailureKind.DEFECT, Kind.DEFECT),
  NO_SUCH_DATABASE("3D000", FailureKind.DEFECT, Kind.DEFECT),
  /** All the rest, and a failure that no server reported. */
  OTHER("", FailureKind.DEFECT, Kind.DEFECT);

  private static final SqlState[] TABLE = values();

  private final String beginning;
  private final FailureKind ofTransaction;
  private final Kind ofCall;

  SqlState(String beginning, FailureKind ofTransaction, Kind ofCall) {
    this.beginning = beginning;
    this.ofTransaction = ofTransaction;
    this.ofCall = ofCall;
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

  /** What it means for a transaction of the pipeline. */
  FailureKind ofTransaction() {
    return ofTransaction;
  }

  /** What it means for a single call. */
  Kind ofCall() {
    return ofCall;
  }
}
