package io.sluice.store.corebanq;

import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.PgHolderStore;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes ledgers while nothing can be posted to them: the holder and its account are locked as the
 * pipeline locks them, so that what is decided by the balance still holds when it is written.
 */
public final class LedgerChanges {
  /** The holder first, as whoever opens an account does. */
  private static final String LOCK =
      """
      SELECT h.id, h.kind, h.reference, h.status, h.detail, h.created_at, h.updated_at,
             a.balance, a.floor
        FROM holder h
        JOIN account a ON a.tenant_id = $1 AND a.holder_id = h.id
       WHERE h.tenant_id = $1 AND h.id = $2 AND h.kind = $3 AND h.status <> $4
         FOR NO KEY UPDATE OF h, a
      """;

  private static final String CHANGE =
      """
      WITH accounts AS (
        UPDATE account SET status = $3, floor = $4 WHERE tenant_id = $1 AND holder_id = $2)
      UPDATE holder SET status = $3, detail = $5, updated_at = $6
       WHERE tenant_id = $1 AND id = $2
      RETURNING\s\
      """
          + PgHolderStore.COLUMNS;

  private final Statements statements;
  private final Clock clock;

  /**
   * @param clock says when a change happened
   */
  public LedgerChanges(Pools pools, Clock clock) {
    this.statements = pools.lookUps();
    this.clock = clock;
  }

  /**
   * A ledger under its lock.
   *
   * @param balance what cannot be changed here
   * @param floor the balance that it may not pass, zero or less
   */
  public record State(Holder holder, Amount balance, Amount floor) {
    /** The same with what may be changed. */
    public State with(HolderStatus status, String detail, Amount newFloor) {
      return new State(holder.withStatus(status).withDetail(detail), balance, newFloor);
    }
  }

  /** What is to become of a ledger. */
  public sealed interface Verdict {
    /** It is to be so; it may be as it was. */
    record Change(State to) implements Verdict {}

    /** It stays as it is. */
    record Refuse(Refusal refusal) implements Verdict {}
  }

  /**
   * Changes a ledger.
   *
   * @param kind of the ledger's holder; one that is still being set up is none
   * @param judge decides by what is there under the lock; called again if the transaction has to be
   *     run again
   * @return the verdict, a change with the holder as it is stored; empty when there is no ledger
   */
  public Future<Optional<Verdict>> change(
      TenantId tenant, HolderId id, String kind, Function<State, Verdict> judge) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(
                    connection, LOCK, tenant.value(), id.value(), kind, HolderStatus.OPENING.code())
                .map(rows -> Rows.first(rows, row -> state(tenant, row)))
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : carryOut(connection, found.get(), judge.apply(found.get()))
                                .map(Optional::of)));
  }

  private Future<Verdict> carryOut(SqlConnection connection, State old, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refuse refuse -> Future.succeededFuture(refuse);
      case Verdict.Change(State to) when to.equals(old) -> Future.succeededFuture(verdict);
      case Verdict.Change(State to) ->
          write(connection, to)
              .map(holder -> new Verdict.Change(new State(holder, to.balance(), to.floor())));
    };
  }

  private Future<Holder> write(SqlConnection connection, State to) {
    TenantId tenant = to.holder().tenant();
    return Statements.on(
            connection,
            CHANGE,
            tenant.value(),
            to.holder().id().value(),
            to.holder().status().code(),
            Rows.numeric(to.floor()),
            to.holder().detail(),
            Rows.time(clock.instant()))
        .map(rows -> PgHolderStore.holder(tenant, rows.iterator().next()));
  }

  private static State state(TenantId tenant, Row row) {
    return new State(
        PgHolderStore.holder(tenant, row), Rows.amount(row, "balance"), Rows.amount(row, "floor"));
  }
}
