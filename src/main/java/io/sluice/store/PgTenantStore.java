package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;

/** Tenants in PostgreSQL. */
public final class PgTenantStore implements TenantStore {
  private static final String COLUMNS = "id, name, status, created_at";

  private static final String CREATE =
      "INSERT INTO tenant (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING " + COLUMNS;

  private static final String FIND = "SELECT " + COLUMNS + " FROM tenant WHERE id = $1";

  private static final String FIND_BY_NAME = "SELECT " + COLUMNS + " FROM tenant WHERE name = $1";

  private static final String LIST =
      "SELECT " + COLUMNS + " FROM tenant WHERE id > $2 ORDER BY id LIMIT $1";

  /** What is closed stays closed. */
  private static final String SET_STATUS =
      "UPDATE tenant SET status = $2 WHERE id = $1 AND (status < $3 OR status = $2) RETURNING "
          + COLUMNS;

  private static final String RENAME = "UPDATE tenant SET name = $2 WHERE id = $1";

  private final Statements statements;

  public PgTenantStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  @Override
  public Future<Optional<Tenant>> create(String name) {
    return statements.first(CREATE, PgTenantStore::tenant, name);
  }

  @Override
  public Future<Optional<Tenant>> find(TenantId id) {
    return statements.first(FIND, PgTenantStore::tenant, id.value());
  }

  @Override
  public Future<Optional<Tenant>> findByName(String name) {
    if (!Rows.isStorable(name)) {
      return Future.succeededFuture(Optional.empty());
    }
    return statements.first(FIND_BY_NAME, PgTenantStore::tenant, name);
  }

  @Override
  public Future<List<Tenant>> list(int limit, int after) {
    return statements.all(LIST, PgTenantStore::tenant, (long) limit, after);
  }

  @Override
  public Future<Optional<Tenant>> setStatus(TenantId id, TenantStatus status) {
    return statements.first(
        SET_STATUS, PgTenantStore::tenant, id.value(), status.code(), TenantStatus.CLOSED.code());
  }

  /** No other unique key than that of the names can stand in the way. */
  @Override
  public Future<Boolean> rename(TenantId id, String name) {
    return statements.insert(RENAME, id.value(), name);
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        new TenantId(row.getInteger("id")),
        row.getString("name"),
        TenantStatus.ofCode(row.getShort("status")),
        Rows.instant(row, "created_at"));
  }
}
