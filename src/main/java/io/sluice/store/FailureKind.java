package io.sluice.store;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed transaction means for whoever tries it. */
public enum FailureKind {
  /** Another process was faster; the transaction can be run again at once. */
  CONTENDED,
  /** A row stayed locked, or the database slow, for too long; it can be run again. */
  BUSY,
  /** The connection is gone. If COMMIT was under way its fate is unknown. */
  LOST,
  /** Running it again would fail again. */
  DEFECT;

  private static final Set<String> CONTENDED_STATES = Set.of("23505", "40001", "40P01");
  private static final Set<String> BUSY_STATES = Set.of("55P03", "57014");

  /** Classifies a failure of the database client. */
  public static FailureKind of(Throwable failure) {
    if (!(failure instanceof PgException refusal)) {
      return isOurs(failure) ? DEFECT : LOST;
    }
    String state = String.valueOf(refusal.getSqlState());
    if (CONTENDED_STATES.contains(state)) {
      return CONTENDED;
    }
    if (BUSY_STATES.contains(state)) {
      return BUSY;
    }
    // Class 08 is connection trouble, 57P shutdowns and crashes, 53 exhausted resources, 58 a disk
    // that fails, 25P03 a session that PostgreSQL ended because its transaction was idle for too
    // long, 25006 a server that only reads any more: another one is the primary now.
    boolean lost =
        state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || state.startsWith("58")
            || state.equals("25P03")
            || state.equals("25006");
    return lost ? LOST : DEFECT;
  }

  /** The client reports trouble with the connection by exceptions of its own, or of I/O. */
  private static boolean isOurs(Throwable failure) {
    return failure instanceof RuntimeException && !(failure instanceof VertxException);
  }
}
