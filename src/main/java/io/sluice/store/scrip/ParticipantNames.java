package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.SqlState;
import io.sluice.store.Statements;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.UUID;

/**
 * Changes external ids. A name that a participant once had is never anybody else's: who has
 * remembered whom it stands for, as every gateway does, can then never be wrong. So it is kept as
 * an archived holder that owns nothing, of the same kind, whose detail names the participant.
 */
public final class ParticipantNames {
  private static final String KIND = "scrip.participant";

  /** Key columns change, so that whoever opens an account meanwhile has to wait. */
  private static final String LOCK =
      "SELECT reference FROM holder WHERE tenant_id = $1 AND id = $2 FOR UPDATE";

  /** One's own former name may be taken again. */
  private static final String FORGET =
      "DELETE FROM holder WHERE tenant_id = $1 AND kind = $2 AND reference = $3 AND status = $4"
          + " AND detail = $5";

  private static final String RENAME =
      "UPDATE holder SET reference = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2";

  private static final String REMEMBER =
      """
      INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
      """;

  private final Statements statements;

  public ParticipantNames(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * A participant's new external id.
   *
   * @param former the id of the holder that keeps the former name
   * @param detail of that holder: always the same for this participant
   */
  public record Renaming(HolderId participant, String name, UUID former, String detail) {}

  /**
   * Renames a participant that exists.
   *
   * @return false when the name is or was somebody else's; nothing changed then
   */
  public Future<Boolean> rename(TenantId tenant, Renaming wanted, Instant at) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), wanted.participant().value())
                .map(rows -> rows.iterator().next().getString("reference"))
                .compose(
                    name ->
                        name.equals(wanted.name())
                            ? Future.succeededFuture(true)
                            : rename(connection, tenant, wanted, name, at)),
        failure ->
            SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
                ? Future.succeededFuture(false)
                : StoreException.failed(failure));
  }

  private static Future<Boolean> rename(
      SqlConnection connection, TenantId tenant, Renaming wanted, String before, Instant at) {
    Object owner = tenant.value();
    Object archived = (short) HolderStatus.ARCHIVED.code();
    return Statements.on(connection, FORGET, owner, KIND, wanted.name(), archived, wanted.detail())
        .compose(
            done ->
                Statements.on(
                    connection,
                    RENAME,
                    owner,
                    wanted.participant().value(),
                    wanted.name(),
                    Rows.time(at)))
        .compose(
            done ->
                Statements.on(
                    connection,
                    REMEMBER,
                    owner,
                    wanted.former(),
                    KIND,
                    before,
                    archived,
                    wanted.detail(),
                    Rows.time(at)))
        .map(done -> true);
  }
}
