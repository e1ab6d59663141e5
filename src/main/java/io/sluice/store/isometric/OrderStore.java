package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/** Orders in PostgreSQL: by the date of their contracts, the newest first. */
public final class OrderStore {
  /** An order is a holder, so that it can have an account of what is open. */
  private static final String INSERT_HOLDER =
      """
      INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at)
      VALUES ($1, $2, 'isometric.order', $3, $4, $4)
      ON CONFLICT DO NOTHING
      """;

  private static final String INSERT =
      """
      INSERT INTO isometric_order (tenant_id, id, reference, buyer_id, supplier_id, kilograms,
                                   effective_on)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String COLUMNS =
      "SELECT o.id, o.reference, o.buyer_id, o.supplier_id, o.kilograms, o.effective_on, ";

  private static final String FIND_REGISTERED =
      COLUMNS
          + "o.kilograms::numeric AS open, h.created_at AS changed_at FROM isometric_order o"
          + " JOIN holder h ON h.tenant_id = $1 AND h.id = o.id"
          + " WHERE o.tenant_id = $1 AND o.reference = $2";

  /** An order is placed once its account has a first posting. */
  private static final String PLACED =
      """
      FROM isometric_order o
      JOIN account a ON a.tenant_id = $1 AND a.holder_id = o.id AND a.sequence > 0
      WHERE o.tenant_id = $1
      """;

  private static final String SELECT =
      COLUMNS + "a.balance AS open, a.updated_at AS changed_at " + PLACED;

  private static final ListOrder NEWEST = ListOrder.newest("o.effective_on", "o.id");

  private final Statements statements;
  private final Statements lists;

  /** Which orders to list; all conditions must hold. */
  public record Filter(Optional<HolderId> buyer, Optional<HolderId> supplier) {}

  public OrderStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** The order as registered: the one given, or an earlier one of the same reference. */
  public Future<Order> register(TenantId tenant, Order order) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(
                    connection,
                    INSERT_HOLDER,
                    tenant.value(),
                    order.id().value(),
                    order.reference(),
                    Rows.time(order.changedAt()))
                .compose(
                    inserted ->
                        inserted.rowCount() == 0
                            ? Future.succeededFuture()
                            : Statements.on(
                                connection,
                                INSERT,
                                tenant.value(),
                                order.id().value(),
                                order.reference(),
                                order.buyer().value(),
                                order.supplier().value(),
                                order.kilograms(),
                                order.effectiveOn()))
                .compose(
                    done ->
                        Statements.on(
                            connection, FIND_REGISTERED, tenant.value(), order.reference()))
                .map(rows -> order(rows.iterator().next())));
  }

  public Future<Optional<Order>> find(TenantId tenant, HolderId id) {
    return statements.first(
        SELECT + " AND o.id = $2", OrderStore::order, tenant.value(), id.value());
  }

  public Future<List<Order>> list(Filter filter, Window window) {
    Query query = filtered(new Query(SELECT, window.tenant().value()), filter);
    return lists.all(window.cut(query, NEWEST), OrderStore::order);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Filter filter) {
    return Counts.run(lists, filtered(Counts.of(PLACED, tenant.value()), filter));
  }

  private static Query filtered(Query query, Filter filter) {
    filter.buyer().ifPresent(id -> query.add("AND o.buyer_id = ?", id.value()));
    filter.supplier().ifPresent(id -> query.add("AND o.supplier_id = ?", id.value()));
    return query;
  }

  private static Order order(Row row) {
    return new Order(
        new HolderId(row.getUUID("id")),
        row.getString("reference"),
        new HolderId(row.getUUID("buyer_id")),
        new HolderId(row.getUUID("supplier_id")),
        row.getLong("kilograms"),
        row.getLocalDate("effective_on"),
        row.getNumeric("open").longValue(),
        Rows.instant(row, "changed_at"));
  }
}
