package io.sluice.store;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Assets in PostgreSQL. */
public final class PgAssetStore implements AssetStore {
  /** What {@link #asset} reads. */
  public static final String COLUMNS =
      "id, kind, reference, scale, lots, status, detail, created_at, updated_at";

  private static final String INSERT =
      """
      INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, status, detail, created_at,
                         updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM asset WHERE tenant_id = $1 AND id = $2";

  private static final String FIND_ALL =
      "SELECT " + COLUMNS + " FROM asset WHERE tenant_id = $1 AND id = ANY($2)";

  private static final String FIND_BY_REFERENCE =
      "SELECT " + COLUMNS + " FROM asset WHERE tenant_id = $1 AND kind = $2 AND reference = $3";

  private final Statements statements;

  public PgAssetStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  @Override
  public Future<Boolean> insert(Asset asset) {
    return statements.insert(
        INSERT,
        asset.tenant().value(),
        asset.id().value(),
        asset.kind(),
        asset.reference(),
        asset.scale(),
        asset.lots(),
        asset.status().code(),
        asset.detail(),
        Rows.time(asset.createdAt()),
        Rows.time(asset.updatedAt()));
  }

  @Override
  public Future<Optional<Asset>> find(TenantId tenant, AssetId id) {
    return statements.first(FIND, row -> asset(tenant, row), tenant.value(), id.value());
  }

  @Override
  public Future<Map<AssetId, Asset>> findAll(TenantId tenant, Collection<AssetId> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return statements
        .all(FIND_ALL, row -> asset(tenant, row), tenant.value(), Rows.uuids(ids, AssetId::value))
        .map(
            assets ->
                assets.stream()
                    .collect(Collectors.toUnmodifiableMap(Asset::id, Function.identity())));
  }

  @Override
  public Future<Optional<Asset>> findByReference(TenantId tenant, String kind, String reference) {
    if (!Rows.isStorable(reference)) {
      return Future.succeededFuture(Optional.empty());
    }
    return statements.first(
        FIND_BY_REFERENCE, row -> asset(tenant, row), tenant.value(), kind, reference);
  }

  /** An asset of a row with {@link #COLUMNS}. */
  public static Asset asset(TenantId tenant, Row row) {
    return new Asset(
        tenant,
        new AssetId(row.getUUID("id")),
        row.getString("kind"),
        row.getString("reference"),
        row.getShort("scale"),
        row.getBoolean("lots"),
        HolderStatus.ofCode(row.getShort("status")),
        row.getString("detail"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
