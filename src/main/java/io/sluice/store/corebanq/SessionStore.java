package io.sluice.store.corebanq;

import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Sessions that refresh tokens prolong. */
public final class SessionStore {
  /** Of one user; a further one ends the oldest. */
  public static final int MAX_SESSIONS = 20;

  private static final String OPEN =
      """
      WITH gone AS (
        DELETE FROM corebanq_session
         WHERE tenant_id = $1 AND credential_id = $3
           AND (expires_at <= $7
                OR id IN (SELECT id FROM corebanq_session
                           WHERE tenant_id = $1 AND credential_id = $3
                           ORDER BY issued_at DESC, id DESC OFFSET $10)))
      INSERT INTO corebanq_session (tenant_id, id, credential_id, generation, app, token_hash,
                                    issued_at, expires_at, ends_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  /** All that must fit, in one statement: of two that present one token, one comes first. */
  private static final String PROLONG =
      """
      UPDATE corebanq_session s
         SET token_hash = $7, issued_at = $8, expires_at = least($9, s.ends_at)
        FROM tenant t
       WHERE t.id = $1 AND t.status = 0 AND s.tenant_id = $1 AND s.id = $2 AND s.credential_id = $3
         AND s.generation = $4 AND s.app = $5 AND s.token_hash = $6 AND s.expires_at > $8
         AND (t.tokens_not_before IS NULL OR t.tokens_not_before <= s.issued_at)
      """;

  private static final String END = "DELETE FROM corebanq_session WHERE tenant_id = $1 AND id = $2";

  private final Statements statements;

  public SessionStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * From when a refresh token is good until when.
   *
   * @param until when it expires
   */
  public record Span(Instant from, Instant until) {
    /** A span of this length. */
    public static Span of(Instant from, Duration length) {
      return new Span(from, from.plus(length));
    }
  }

  /**
   * Begins a session.
   *
   * @param token how long its first refresh token is good
   * @param end when the session ends, however often it is prolonged
   */
  public Future<Void> open(Grantee grantee, Span token, Instant end) {
    return statements
        .run(OPEN, grantee.columns(token, Rows.time(end), (long) MAX_SESSIONS - 1))
        .mapEmpty();
  }

  /**
   * Takes a new secret in place of the one that is presented.
   *
   * @param presented what the bearer has shown
   * @return false when anything of it is not what the session knows, or it is over
   */
  public Future<Boolean> prolong(Grantee presented, Buffer newHash, Span token) {
    return statements
        .run(
            PROLONG,
            presented.tenant().value(),
            presented.id(),
            presented.user().id(),
            presented.user().generation(),
            presented.app(),
            presented.hash(),
            newHash,
            Rows.time(token.from()),
            Rows.time(token.until()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Ends a session; false when there was none. */
  public Future<Boolean> end(TenantId tenant, UUID session) {
    return statements.run(END, tenant.value(), session).map(rows -> rows.rowCount() == 1);
  }
}
