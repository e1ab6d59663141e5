package io.sluice.store;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.List;

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

  /** The unique keys of the postings; a sharded PostgreSQL appends the shard. */
  private static final List<String> POSTING_KEYS =
      List.of("transfer_debit", "transfer_credit", "listed_posting_pkey");

  /** Classifies a failure of the database client. */
  public static FailureKind of(Throwable failure) {
    if (failure instanceof PgException refusal) {
      return isBrokenChain(refusal) ? DEFECT : SqlState.of(refusal).ofTransaction();
    }
    if (failure instanceof StoreException own) {
      return own.kind() == StoreException.Kind.UNAVAILABLE ? LOST : DEFECT;
    }
    return isOurs(failure) ? DEFECT : LOST;
  }

  /**
   * Sequences are given out under the lock of their account, so nobody was faster with one that is
   * taken: the account's row and its postings disagree.
   */
  private static boolean isBrokenChain(PgException refusal) {
    String constraint = String.valueOf(refusal.getConstraint());
    return POSTING_KEYS.stream().anyMatch(constraint::startsWith);
  }

  /** The client reports trouble with the connection by exceptions of its own, or of I/O. */
  private static boolean isOurs(Throwable failure) {
    return failure instanceof RuntimeException && !(failure instanceof VertxException);
  }
}
