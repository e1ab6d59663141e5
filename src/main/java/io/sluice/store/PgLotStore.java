package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lots in PostgreSQL. */
public final class PgLotStore implements LotStore {
  private static final String SELECT =
      """
      SELECT id, account_id, amount, remaining, status, created_at, expires_at, issuer_id,
             origin_id, serial_from, parent_id, left_child_id, right_child_id
        FROM lot
      """;

  private static final String FIND_ALL = SELECT + " WHERE tenant_id = $1 AND id = ANY($2)";

  private static final String FILTER =
      """
      WHERE tenant_id = $1 AND account_id = ANY($2)
        AND ($3::smallint[] IS NULL OR status = ANY($3))
        AND ($4::timestamptz IS NULL OR created_at > $4)
        AND ($5::timestamptz IS NULL OR created_at < $5)
        AND ($6::uuid IS NULL OR issuer_id = $6)
        AND ($7::uuid[] IS NULL OR origin_id = ANY($7))
      """;

  /** A condition of its own, not a parameter, so that every plan can use the index lot_fifo. */
  private static final String REMAINING = " AND remaining > 0 ";

  private static final String OLDEST_FIRST = " ORDER BY created_at, id LIMIT $8 OFFSET $9";

  private static final String NEWEST_FIRST =
      " ORDER BY created_at DESC, id DESC LIMIT $8 OFFSET $9";

  private static final String LIST_OLDEST_FIRST = SELECT + FILTER + OLDEST_FIRST;

  private static final String LIST_NEWEST_FIRST = SELECT + FILTER + NEWEST_FIRST;

  private static final String LIST_REMAINING_OLDEST_FIRST =
      SELECT + FILTER + REMAINING + OLDEST_FIRST;

  private static final String LIST_REMAINING_NEWEST_FIRST =
      SELECT + FILTER + REMAINING + NEWEST_FIRST;

  private static final String COUNT = "SELECT count(*) AS lots FROM lot " + FILTER;

  private static final String COUNT_REMAINING = COUNT + REMAINING;

  private final Statements statements;

  public PgLotStore(Pool pool) {
    this.statements = new Statements(pool);
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

  @Override
  public Future<List<Lot>> list(LotFilter filter, Order order, int limit, long offset) {
    var parameters = parameters(filter);
    parameters.add((long) limit);
    parameters.add(offset);
    return statements.all(
        list(filter.remainingOnly(), order), PgLotStore::lot, parameters.toArray());
  }

  @Override
  public Future<Long> count(LotFilter filter) {
    return statements
        .first(
            filter.remainingOnly() ? COUNT_REMAINING : COUNT,
            row -> row.getLong("lots"),
            parameters(filter).toArray())
        .map(Optional::orElseThrow);
  }

  private static String list(boolean remainingOnly, Order order) {
    return switch (order) {
      case OLDEST_FIRST -> remainingOnly ? LIST_REMAINING_OLDEST_FIRST : LIST_OLDEST_FIRST;
      case NEWEST_FIRST -> remainingOnly ? LIST_REMAINING_NEWEST_FIRST : LIST_NEWEST_FIRST;
    };
  }

  private static List<Object> parameters(LotFilter filter) {
    var parameters = new ArrayList<Object>();
    parameters.add(filter.tenant().value());
    parameters.add(Rows.uuids(filter.accounts(), AccountId::value));
    parameters.add(filter.statuses().isEmpty() ? null : codes(filter));
    parameters.add(filter.createdAfter().map(Rows::time).orElse(null));
    parameters.add(filter.createdBefore().map(Rows::time).orElse(null));
    parameters.add(filter.issuer().map(HolderId::value).orElse(null));
    parameters.add(
        filter.origins().isEmpty() ? null : Rows.uuids(filter.origins(), Function.identity()));
    return parameters;
  }

  private static Short[] codes(LotFilter filter) {
    return filter.statuses().stream().map(status -> (short) status.code()).toArray(Short[]::new);
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
        Rows.optionalId(row, "right_child_id", LotId::new));
  }
}
