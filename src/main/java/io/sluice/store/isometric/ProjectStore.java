package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
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

  private final Statements statements;

  public ProjectStore(Pools pools) {
    this.statements = pools.lookUps();
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
