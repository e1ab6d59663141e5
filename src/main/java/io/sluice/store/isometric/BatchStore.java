package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads credit batches. */
public final class BatchStore {
  /** What is shown beside a lot; the transfers are read for their times. */
  private static final String JOINS =
      """
       JOIN isometric_batch_origin o ON o.tenant_id = $1 AND o.id = l.origin_id
       JOIN account a ON a.tenant_id = $1 AND a.id = l.account_id
       JOIN holder h ON h.tenant_id = $1 AND h.id = a.holder_id
       LEFT JOIN transfer d ON d.tenant_id = $1 AND d.id = l.delivered_by
       LEFT JOIN transfer r ON r.tenant_id = $1 AND r.id = l.retired_by
       LEFT JOIN holder b ON b.tenant_id = $1 AND b.id = l.retired_for
      """;

  private static final String SELECT =
      """
      SELECT l.id, l.status, l.amount, l.serial_from, l.parent_id, l.left_child_id,
             l.right_child_id, h.id AS owner_id, h.detail AS owner_detail, o.id AS origin_id,
             o.issuance_id, o.project_id, o.supplier_id, o.removal_id, o.issued_at,
             o.sequestered_on, o.country_of_issue, o.serial_prefix,
             o.serial_from AS origin_serial_from, o.kilograms, o.ccp_approved, o.buffer,
             o.carbon_removal_kg, l.delivered_by, d.created_at AS delivered_at, l.retired_by,
             r.created_at AS retired_at, b.id AS beneficiary_id, b.detail AS beneficiary_detail
      """;

  private static final String BY_ID = SELECT + " FROM lot l" + JOINS + " WHERE l.tenant_id = $1";

  private static final String FIND_ALL = BY_ID + " AND l.id = ANY($2) ORDER BY l.id";

  private static final String RETIRED =
      "SELECT id FROM lot WHERE tenant_id = $1 AND retired_by = $2 ORDER BY id";

  /** Batches as issued, in the order of their serial numbers. */
  private static final String FIND_ISSUED =
      BY_ID + " AND l.id = o.id AND o.issuance_id = $2 ORDER BY l.serial_from";

  /** What is in an account in one status. Each branch goes along an index in the list's order. */
  private static final String HELD =
      """
      FROM lot l
        WHERE l.tenant_id = $1 AND l.account_id = $2 AND l.origin_id IS NOT NULL AND l.status = ?
      """;

  /** What was used up for the holder of the account, in whose account ever. */
  private static final String RETIRED_FOR =
      """
      FROM lot l
        WHERE l.tenant_id = $1 AND l.retired_for = ? AND l.origin_id IS NOT NULL
      """;

  /** Along the index of its project, where it is what counts from one moment. */
  private static final String OF_ISSUANCE =
      """
      AND l.register_id = (SELECT i.project_id FROM isometric_issuance i
                            WHERE i.tenant_id = $1 AND i.id = ?)
      AND l.created_at = (SELECT i.issued_at FROM isometric_issuance i
                           WHERE i.tenant_id = $1 AND i.id = ?)
      AND l.origin_id IN (SELECT p.id FROM isometric_batch_origin p
                           WHERE p.tenant_id = $1 AND p.issuance_id = ?)
      """;

  private static final String TOTALS =
      """
      SELECT o.supplier_id, o.project_id, l.delivered_under, l.status, sum(l.amount) AS kilograms
        FROM lot l
        JOIN isometric_batch_origin o ON o.tenant_id = $1 AND o.id = l.origin_id
       WHERE l.tenant_id = $1 AND l.account_id = $2 AND l.origin_id IS NOT NULL
         AND l.status IN (0, 2)
       GROUP BY o.supplier_id, o.project_id, l.delivered_under, l.status
      """;

  private final Statements statements;
  private final Statements lists;

  /**
   * How much an account holds of one supplier's and project's batches in one status.
   *
   * @param order under which they were delivered, if they were
   */
  public record Total(
      HolderId supplier,
      UUID project,
      Optional<HolderId> order,
      LotStatus status,
      Amount kilograms) {}

  public BatchStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** Those of the batches that exist, by id; absent ones are left out. */
  public Future<List<Batch>> findAll(TenantId tenant, Collection<LotId> ids) {
    return statements.all(
        FIND_ALL, BatchStore::batch, tenant.value(), Rows.uuids(ids, LotId::value));
  }

  /** What a retirement used up, by id. */
  public Future<List<LotId>> retiredIds(TenantId tenant, TransferId retirement) {
    return statements.all(
        RETIRED, row -> new LotId(row.getUUID(0)), tenant.value(), retirement.value());
  }

  /** What an issuance gave out, the supplier's and the buffer pool's, by serial number. */
  public Future<List<Batch>> findIssued(TenantId tenant, UUID issuance) {
    return statements.all(FIND_ISSUED, BatchStore::batch, tenant.value(), issuance);
  }

  /** By time of issue, then id, in the order that the window says. */
  public Future<List<Batch>> list(BatchFilter filter, Window window, boolean ascending) {
    var order = new ListOrder("l.created_at", "l.id", !ascending);
    Query query = new Query(SELECT + " FROM (", of(window.tenant(), filter));
    union(query, "l.*", filter, () -> cut(query, filter, window, order));
    query.add(") l" + JOINS).add(window.way(order).sql() + " LIMIT ?", (long) window.limit());
    return lists.all(query, BatchStore::batch);
  }

  /** A retirement's batches are few, and are found by it before they are put in order. */
  private static Query cut(Query query, BatchFilter filter, Window window, ListOrder order) {
    return filter.retirement().isPresent() ? window.beyond(query, order) : window.cut(query, order);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, BatchFilter filter) {
    Query query = Counts.of("FROM (", of(tenant, filter));
    union(query, "l.id", filter, () -> query.add("LIMIT " + Counts.MOST));
    return Counts.run(lists, query.add(") l"));
  }

  /**
   * Adds a branch for each status, and one for what was used up for somebody, most of which is in
   * his own account: what is in two branches is there once.
   *
   * @param columns what is wanted of a lot
   * @param cut adds what cuts a branch to what is wanted of it
   */
  private static void union(Query query, String columns, BatchFilter filter, Runnable cut) {
    String select = "(SELECT " + columns + " ";
    String between = "";
    for (LotStatus status : filter.statuses()) {
      filtered(query.add(between).add(select + HELD, (short) status.code()), filter);
      cut.run();
      query.add(")");
      between = "UNION";
    }
    if (filter.statuses().contains(LotStatus.RETIRED)) {
      filtered(query.add(between).add(select + RETIRED_FOR, filter.holder().value()), filter);
      cut.run();
      query.add(")");
    }
  }

  /** What an account holds, active and retired. */
  public Future<List<Total>> totals(TenantId tenant, AccountId account) {
    return lists.all(
        TOTALS,
        row ->
            new Total(
                new HolderId(row.getUUID("supplier_id")),
                row.getUUID("project_id"),
                Rows.optionalId(row, "delivered_under", HolderId::new),
                LotStatus.ofCode(row.getShort("status")),
                Rows.amount(row, "kilograms")),
        tenant.value(),
        account.value());
  }

  private static Object[] of(TenantId tenant, BatchFilter filter) {
    return new Object[] {tenant.value(), filter.account().value()};
  }

  private static void filtered(Query query, BatchFilter filter) {
    filter.supplier().ifPresent(id -> query.add("AND l.issuer_id = ?", id));
    filter.project().ifPresent(id -> query.add("AND l.register_id = ?", id));
    filter.issuance().ifPresent(id -> query.add(OF_ISSUANCE, id, id, id));
    filter.delivery().ifPresent(id -> query.add("AND l.delivered_by = ?", id));
    filter.order().ifPresent(id -> query.add("AND l.delivered_under = ?", id));
    filter.retirement().ifPresent(id -> query.add("AND l.retired_by = ?", id));
    filter.issuedAfter().ifPresent(time -> query.add("AND l.created_at > ?", Rows.time(time)));
    filter.issuedBefore().ifPresent(time -> query.add("AND l.created_at < ?", Rows.time(time)));
  }

  private static Batch batch(Row row) {
    return new Batch(
        new LotId(row.getUUID("id")),
        LotStatus.ofCode(row.getShort("status")),
        Rows.amount(row, "amount").units(),
        row.getLong("serial_from"),
        Rows.optionalId(row, "parent_id", LotId::new),
        Rows.optionalId(row, "left_child_id", LotId::new),
        Rows.optionalId(row, "right_child_id", LotId::new),
        new HolderId(row.getUUID("owner_id")),
        row.getString("owner_detail"),
        Rows.optionalId(row, "delivered_by", id -> delivery(row, id)),
        Rows.optionalId(row, "retired_by", id -> retirement(row, id)),
        origin(row));
  }

  private static Delivery delivery(Row row, UUID id) {
    return new Delivery(id, Rows.instant(row, "delivered_at"));
  }

  private static Retirement retirement(Row row, UUID id) {
    return new Retirement(
        id,
        Rows.instant(row, "retired_at"),
        new HolderId(row.getUUID("beneficiary_id")),
        row.getString("beneficiary_detail"));
  }

  private static Origin origin(Row row) {
    Long[] removal = row.getArrayOfLongs("carbon_removal_kg");
    return new Origin(
        row.getUUID("origin_id"),
        row.getUUID("issuance_id"),
        row.getUUID("project_id"),
        new HolderId(row.getUUID("supplier_id")),
        row.getUUID("removal_id"),
        Rows.instant(row, "issued_at"),
        row.getLocalDate("sequestered_on"),
        row.getString("country_of_issue"),
        row.getString("serial_prefix"),
        row.getLong("origin_serial_from"),
        row.getLong("kilograms"),
        row.getBoolean("ccp_approved"),
        row.getBoolean("buffer"),
        removal == null ? List.of() : Arrays.asList(removal));
  }
}
