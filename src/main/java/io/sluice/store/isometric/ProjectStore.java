package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Projects in PostgreSQL. */
public final class ProjectStore {
  private static final String INSERT =
      """
      INSERT INTO isometric_project (tenant_id, id, supplier_id, name, short_code, pathway,
                                     country_code, detail, next_serial, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT DO NOTHING
      """;

  private static final String SELECT =
      """
      SELECT id, supplier_id, name, short_code, pathway, country_code, detail, next_serial,
             created_at
        FROM isometric_project
      """;

  private static final String FIND = SELECT + " WHERE tenant_id = $1 AND id = $2";

  private static final String FIND_BY_CODE = SELECT + " WHERE tenant_id = $1 AND short_code = $2";

  private static final String ALL = "FROM isometric_project p WHERE p.tenant_id = $1";

  private static final ListOrder BY_NAME = ListOrder.named("p.name", "p.id");
  private static final ListOrder NEWEST = ListOrder.newest("p.created_at", "p.id");

  private static final String TOTALS =
      """
      SELECT made.project_id, made.issued, made.to_pool, coalesce(used.retired, 0) AS retired,
             coalesce(used.from_pool, 0) AS from_pool
        FROM (SELECT i.project_id, sum(i.supplier_kilograms::numeric + i.buffer_kilograms) AS issued,
                     sum(i.buffer_kilograms) AS to_pool
                FROM isometric_issuance i
               WHERE i.tenant_id = $1 AND i.project_id = ANY($2)
                 AND EXISTS (SELECT FROM lot l WHERE l.tenant_id = $1 AND l.id = i.first_batch_id
                                AND l.origin_id = l.id)
               GROUP BY i.project_id) made
        LEFT JOIN (SELECT o.project_id, sum(l.amount) AS retired,
                          sum(l.amount) FILTER (WHERE l.account_id = $3) AS from_pool
                     FROM isometric_batch_origin o
                     JOIN lot l ON l.tenant_id = $1 AND l.origin_id = o.id
                      AND l.retired_by IS NOT NULL
                    WHERE o.tenant_id = $1 AND o.project_id = ANY($2)
                    GROUP BY o.project_id) used ON used.project_id = made.project_id
      """;

  private final Statements statements;
  private final Statements lists;

  public ProjectStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** Stores a new project; false when the registry has that short code already. */
  public Future<Boolean> insert(Project project) {
    return statements.insert(
        INSERT,
        project.tenant().value(),
        project.id(),
        project.supplier().value(),
        project.name(),
        project.shortCode(),
        project.pathway(),
        project.countryCode(),
        project.detail(),
        project.nextSerial(),
        Rows.time(project.createdAt()));
  }

  public Future<Optional<Project>> find(TenantId tenant, UUID id) {
    return statements.first(FIND, row -> project(tenant, row), tenant.value(), id);
  }

  public Future<Optional<Project>> findByCode(TenantId tenant, String shortCode) {
    return statements.first(FIND_BY_CODE, row -> project(tenant, row), tenant.value(), shortCode);
  }

  /** By name without case, then by id. */
  public Future<List<Project>> list(Window window) {
    var query = new Query("SELECT p.* " + ALL, window.tenant().value());
    return lists.all(window.cut(query, BY_NAME), row -> project(window.tenant(), row));
  }

  /** A supplier's, newest first. */
  public Future<List<Project>> list(HolderId supplier, Window window) {
    var query = new Query("SELECT p.* " + ALL, window.tenant().value());
    return lists.all(
        window.cut(query.add("AND p.supplier_id = ?", supplier.value()), NEWEST),
        row -> project(window.tenant(), row));
  }

  /** How many there are, all or a supplier's, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Optional<HolderId> supplier) {
    Query query = Counts.of(ALL, tenant.value());
    supplier.ifPresent(id -> query.add("AND p.supplier_id = ?", id.value()));
    return Counts.run(lists, query);
  }

  /**
   * What came of projects; those for which nothing was issued are left out. It costs what was
   * retired of them.
   *
   * @param pool where the credits of the buffer pool are
   */
  public Future<Map<UUID, ProjectTotals>> totals(
      TenantId tenant, Collection<UUID> projects, AccountId pool) {
    return lists
        .run(TOTALS, tenant.value(), projects.toArray(UUID[]::new), pool.value())
        .map(
            rows -> {
              var totals = new HashMap<UUID, ProjectTotals>();
              rows.forEach(row -> totals.put(row.getUUID("project_id"), totals(row)));
              return totals;
            });
  }

  private static ProjectTotals totals(Row row) {
    return new ProjectTotals(
        Rows.amount(row, "issued").units(),
        Rows.amount(row, "to_pool").units(),
        Rows.amount(row, "retired").units(),
        Rows.amount(row, "from_pool").units());
  }

  private static Project project(TenantId tenant, Row row) {
    return new Project(
        tenant,
        row.getUUID("id"),
        new HolderId(row.getUUID("supplier_id")),
        row.getString("name"),
        row.getString("short_code"),
        row.getString("pathway"),
        row.getString("country_code"),
        row.getString("detail"),
        row.getLong("next_serial"),
        Rows.instant(row, "created_at"));
  }
}
