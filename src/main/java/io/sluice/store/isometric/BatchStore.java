package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads credit batches. */
public final class BatchStore {
  /** What is in an account, and what was retired out of another for its holder. */
  private static final String HELD_OR_RETIRED_FOR =
      """
       FROM (
         SELECT * FROM lot
          WHERE tenant_id = $1 AND account_id = $2 AND origin_id IS NOT NULL AND status = ANY($3)
          UNION ALL
         SELECT other.*
           FROM isometric_retired_batch used
           JOIN lot other ON other.tenant_id = $1 AND other.id = used.lot_id
          WHERE used.tenant_id = $1 AND used.beneficiary_id = $4
            AND other.account_id <> $2 AND other.status = ANY($3)
       ) l
      """;

  private static final String JOINS =
      """
       JOIN isometric_batch_origin o ON o.tenant_id = $1 AND o.id = l.origin_id
       JOIN account a ON a.tenant_id = $1 AND a.id = l.account_id
       JOIN holder h ON h.tenant_id = $1 AND h.id = a.holder_id
       LEFT JOIN isometric_retired_batch r ON r.tenant_id = $1 AND r.lot_id = l.id
       LEFT JOIN holder b ON b.tenant_id = $1 AND b.id = r.beneficiary_id
      """;

  private static final String SELECT =
      """
      SELECT l.id, l.status, l.amount, l.serial_from, l.parent_id, l.left_child_id,
             l.right_child_id, h.id AS owner_id, h.detail AS owner_detail, o.id AS origin_id,
             o.issuance_id, o.project_id, o.supplier_id, o.removal_id, o.delivery_id,
             o.delivered_at, o.issued_at, o.sequestered_on, o.country_of_issue, o.serial_prefix,
             o.serial_from AS origin_serial_from, o.kilograms, o.ccp_approved, o.carbon_removal_kg,
             r.retirement_id, r.retired_at, b.id AS beneficiary_id, b.detail AS beneficiary_detail
      """;

  private static final String FIND_ALL =
      SELECT + " FROM lot l" + JOINS + " WHERE l.tenant_id = $1 AND l.id = ANY($2) ORDER BY l.id";

  private static final String LISTED = HELD_OR_RETIRED_FOR + JOINS + " WHERE true";

  private static final String BEYOND =
      """
      AND (o.issued_at, l.id) %s (
        SELECT co.issued_at, c.id FROM lot c
          JOIN isometric_batch_origin co ON co.tenant_id = $1 AND co.id = c.origin_id
         WHERE c.tenant_id = $1 AND c.id = ?)
      """;

  private static final String TOTALS =
      """
      SELECT o.supplier_id, o.project_id, l.status, sum(l.amount) AS kilograms
        FROM lot l
        JOIN isometric_batch_origin o ON o.tenant_id = $1 AND o.id = l.origin_id
       WHERE l.tenant_id = $1 AND l.account_id = $2 AND l.origin_id IS NOT NULL AND l.status <> 1
       GROUP BY o.supplier_id, o.project_id, l.status
       ORDER BY o.supplier_id, o.project_id, l.status
      """;

  private final Statements statements;
  private final Statements lists;

  /** How much an account holds of one supplier's and project's batches in one status. */
  public record Total(HolderId supplier, UUID project, LotStatus status, Amount kilograms) {}

  public BatchStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** Those of the batches that exist, by id; absent ones are left out. */
  public Future<List<Batch>> findAll(TenantId tenant, Collection<LotId> ids) {
    return statements.all(
        FIND_ALL, BatchStore::batch, tenant.value(), Rows.uuids(ids, LotId::value));
  }

  /** By time of issue, then id, in the order that the window says. */
  public Future<List<Batch>> list(BatchFilter filter, Window window, boolean ascending) {
    Window.Way way = window.way(ascending);
    Query query = filtered(new Query(SELECT + LISTED, of(window.tenant(), filter)), filter);
    window.beyond().ifPresent(id -> query.add(BEYOND.formatted(way.comparison()), id));
    query.add(
        "ORDER BY o.issued_at %1$s, l.id %1$s LIMIT ?".formatted(way.order()),
        (long) window.limit());
    return lists.all(query, BatchStore::batch);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, BatchFilter filter) {
    return Counts.run(lists, filtered(Counts.of(LISTED, of(tenant, filter)), filter));
  }

  /** What an account holds, active and retired. */
  public Future<List<Total>> totals(TenantId tenant, AccountId account) {
    return lists.all(
        TOTALS,
        row ->
            new Total(
                new HolderId(row.getUUID("supplier_id")),
                row.getUUID("project_id"),
                LotStatus.ofCode(row.getShort("status")),
                Rows.amount(row, "kilograms")),
        tenant.value(),
        account.value());
  }

  private static Object[] of(TenantId tenant, BatchFilter filter) {
    Object statuses = filter.statuses().stream().map(s -> (short) s.code()).toArray(Short[]::new);
    return new Object[] {
      tenant.value(), filter.account().value(), statuses, filter.holder().value()
    };
  }

  private static Query filtered(Query query, BatchFilter filter) {
    filter.supplier().ifPresent(id -> query.add("AND o.supplier_id = ?", id));
    filter.project().ifPresent(id -> query.add("AND o.project_id = ?", id));
    filter.issuance().ifPresent(id -> query.add("AND o.issuance_id = ?", id));
    filter.delivery().ifPresent(id -> query.add("AND o.delivery_id = ?", id));
    filter.retirement().ifPresent(id -> query.add("AND r.retirement_id = ?", id));
    filter.issuedAfter().ifPresent(time -> query.add("AND o.issued_at > ?", Rows.time(time)));
    filter.issuedBefore().ifPresent(time -> query.add("AND o.issued_at < ?", Rows.time(time)));
    return query;
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
        Rows.optionalId(row, "retirement_id", id -> retirement(row, id)),
        origin(row));
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
        Rows.optionalId(row, "delivery_id", Function.identity()),
        Rows.optionalInstant(row, "delivered_at"),
        Rows.instant(row, "issued_at"),
        row.getLocalDate("sequestered_on"),
        row.getString("country_of_issue"),
        row.getString("serial_prefix"),
        row.getLong("origin_serial_from"),
        row.getLong("kilograms"),
        row.getBoolean("ccp_approved"),
        removal == null ? List.of() : Arrays.asList(removal));
  }
}
