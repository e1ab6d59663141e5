package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
          WHERE used.tenant_id = $1 AND used.beneficiary_id = $11
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

  private static final String FILTER =
      """
      WHERE ($4::uuid IS NULL OR o.supplier_id = $4)
        AND ($5::uuid IS NULL OR o.project_id = $5)
        AND ($6::uuid IS NULL OR o.issuance_id = $6)
        AND ($7::uuid IS NULL OR o.delivery_id = $7)
        AND ($8::uuid IS NULL OR r.retirement_id = $8)
        AND ($9::timestamptz IS NULL OR o.issued_at > $9)
        AND ($10::timestamptz IS NULL OR o.issued_at < $10)
      """;

  private static final String LIST =
      SELECT
          + HELD_OR_RETIRED_FOR
          + JOINS
          + FILTER
          + """
            AND ($12::uuid IS NULL OR (o.issued_at, l.id) %1$s (
              SELECT co.issued_at, c.id FROM lot c
                JOIN isometric_batch_origin co ON co.tenant_id = $1 AND co.id = c.origin_id
               WHERE c.tenant_id = $1 AND c.id = $12))
          ORDER BY o.issued_at %2$s, l.id %2$s LIMIT $13
          """;

  private static final String COUNT =
      "SELECT count(*) AS batches" + HELD_OR_RETIRED_FOR + JOINS + FILTER;

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
    var parameters = parameters(window.tenant(), filter);
    parameters.add(window.beyondOrNull());
    parameters.add((long) window.limit());
    String sql = ascending ? window.ascending(LIST) : window.descending(LIST);
    return lists.all(sql, BatchStore::batch, parameters.toArray());
  }

  public Future<Long> count(TenantId tenant, BatchFilter filter) {
    Function<Row, Long> number = row -> row.getLong("batches");
    return lists
        .first(COUNT, number, parameters(tenant, filter).toArray())
        .map(Optional::orElseThrow);
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

  private static List<Object> parameters(TenantId tenant, BatchFilter filter) {
    var parameters = new ArrayList<Object>();
    parameters.add(tenant.value());
    parameters.add(filter.account().value());
    parameters.add(filter.statuses().stream().map(s -> (short) s.code()).toArray(Short[]::new));
    parameters.add(filter.supplier().orElse(null));
    parameters.add(filter.project().orElse(null));
    parameters.add(filter.issuance().orElse(null));
    parameters.add(filter.delivery().orElse(null));
    parameters.add(filter.retirement().orElse(null));
    parameters.add(filter.issuedAfter().map(Rows::time).orElse(null));
    parameters.add(filter.issuedBefore().map(Rows::time).orElse(null));
    parameters.add(filter.holder().value());
    return parameters;
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
