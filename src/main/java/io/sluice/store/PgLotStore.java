package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lots in PostgreSQL. */
public final class PgLotStore implements LotStore {
  private static final String SELECT =
      """
      SELECT id, account_id, amount, remaining, status, created_at, expires_at, issuer_id,
             origin_id, serial_from, parent_id, left_child_id, right_child_id, matures_at,
             reference, by_hold
        FROM lot
      """;

  private static final String FIND_ALL = SELECT + " WHERE tenant_id = $1 AND id = ANY($2)";

  private final Statements statements;

  public PgLotStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  @Override
  public Future<Map<LotId, Lot>> findAll(TenantId tenant, Collection<LotId> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return statements
        .all(FIND_ALL, PgLotStore::lot, tenant.value(), Rows.uuids(ids, LotId::value))
        .map(
            lots ->
                lots.stream().collect(Collectors.toUnmodifiableMap(Lot::id, Function.identity())));
  }

  private static Lot lot(Row row) {
    return new Lot(
        new LotId(row.getUUID("id")),
        new AccountId(row.getUUID("account_id")),
        Rows.amount(row, "amount"),
        Rows.amount(row, "remaining"),
        LotStatus.ofCode(row.getShort("status")),
        Rows.instant(row, "created_at"),
        Rows.optionalInstant(row, "expires_at"),
        Rows.optionalId(row, "issuer_id", HolderId::new),
        Rows.optionalId(row, "origin_id", Function.identity()),
        Optional.ofNullable(row.getLong("serial_from")),
        Rows.optionalId(row, "parent_id", LotId::new),
        Rows.optionalId(row, "left_child_id", LotId::new),
        Rows.optionalId(row, "right_child_id", LotId::new),
        new LotMarks(
            Rows.optionalInstant(row, "matures_at"),
            Optional.ofNullable(row.getString("reference")),
            row.getBoolean("by_hold")));
  }
}
