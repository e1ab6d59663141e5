package io.sluice.store.scrip;

import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Assets and the programmes that they are linked to. A link that some operation has relied on is
 * never undone, so that it may be remembered.
 *
 * <p>Each asset has a holder of the same id that owns nothing: it carries the asset's status and
 * ceiling, so that a transfer can have them checked in its own transaction.
 */
public final class ProgramAssets {
  private static final String CREATE =
      """
      WITH created AS (
        INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, status, detail, created_at,
                           updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
        ON CONFLICT DO NOTHING
        RETURNING tenant_id, id, kind, reference, status, created_at),
      guarded AS (
        INSERT INTO holder (tenant_id, id, kind, reference, status, created_at, updated_at, ceiling)
        SELECT tenant_id, id, kind, reference, status, created_at, created_at, $11 FROM created)
      INSERT INTO scrip_program_asset (tenant_id, program_id, asset_id, created_at)
      SELECT tenant_id, $10, id, created_at FROM created
      """;

  private static final String LOCK =
      """
      SELECT asset.status, asset.detail, holder.ceiling
        FROM asset JOIN holder USING (tenant_id, id)
       WHERE tenant_id = $1 AND id = $2
         FOR NO KEY UPDATE OF asset
      """;

  private static final String UPDATE =
      """
      WITH guarded AS (
        UPDATE holder SET status = $3, ceiling = $6, updated_at = $5
         WHERE tenant_id = $1 AND id = $2)
      UPDATE asset SET status = $3, detail = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2
      """;

  private static final String LOCK_STATUS =
      "SELECT status FROM asset WHERE tenant_id = $1 AND id = $2 FOR SHARE";

  private static final String LINK =
      """
      INSERT INTO scrip_program_asset (tenant_id, program_id, asset_id, created_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """;

  private static final String USE =
      """
      UPDATE scrip_program_asset AS link SET used_at = coalesce(used_at, $4)
        FROM unnest($2::uuid[], $3::uuid[]) AS wanted (program_id, asset_id)
       WHERE tenant_id = $1 AND link.program_id = wanted.program_id
         AND link.asset_id = wanted.asset_id
      RETURNING link.program_id, link.asset_id
      """;

  private static final String UNLINK =
      """
      DELETE FROM scrip_program_asset
       WHERE tenant_id = $1 AND program_id = $2 AND asset_id = $3 AND used_at IS NULL
      """;

  private static final String PROGRAMS_OF =
      """
      SELECT asset_id, program_id FROM scrip_program_asset
       WHERE tenant_id = $1 AND asset_id = ANY($2) ORDER BY created_at, program_id
      """;

  private static final String ASSETS_OF =
      "SELECT asset_id FROM scrip_program_asset WHERE tenant_id = $1 AND program_id = $2";

  private final Statements statements;

  /** That a programme may use an asset. */
  public record Link(HolderId program, AssetId asset) {}

  public ProgramAssets(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** What may change about an asset. */
  public record State(HolderStatus status, String detail, Optional<Amount> ceiling) {}

  /** What became of a link that was asked for. */
  public enum Linking {
    LINKED,
    /** They were linked before. */
    LINKED_ALREADY,
    /** Refused, as the asset is archived. */
    ARCHIVED
  }

  /**
   * Stores a new asset, linked to one programme.
   *
   * @param ceiling what no single amount may exceed
   * @return false when the tenant has an asset of that kind and reference already; nothing changed
   *     then
   */
  public Future<Boolean> create(Asset asset, Optional<Amount> ceiling, HolderId program) {
    return statements.insert(
        CREATE,
        asset.tenant().value(),
        asset.id().value(),
        asset.kind(),
        asset.reference(),
        asset.scale(),
        asset.lots(),
        asset.status().code(),
        asset.detail(),
        Rows.time(asset.createdAt()),
        program.value(),
        ceiling.map(Rows::numeric).orElse(null));
  }

  /**
   * Changes an asset that exists, in one transaction, so that of two changes at once none is lost.
   *
   * @param change makes the new state from the one by then; an equal one changes nothing
   * @return the state by then, before the change
   */
  public Future<State> change(
      TenantId tenant, AssetId asset, UnaryOperator<State> change, Instant at) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), asset.value())
                .map(rows -> state(rows.iterator().next()))
                .compose(
                    old -> update(connection, tenant, asset, old, change.apply(old), at).map(old)));
  }

  private static Future<?> update(
      SqlConnection connection,
      TenantId tenant,
      AssetId asset,
      State old,
      State changed,
      Instant at) {
    return changed.equals(old)
        ? Future.succeededFuture()
        : Statements.on(
            connection,
            UPDATE,
            tenant.value(),
            asset.value(),
            (short) changed.status().code(),
            changed.detail(),
            Rows.time(at),
            changed.ceiling().map(Rows::numeric).orElse(null));
  }

  private static State state(Row row) {
    return new State(
        HolderStatus.ofCode(row.getShort("status")),
        row.getString("detail"),
        Optional.ofNullable(row.getNumeric("ceiling")).map(Rows::amount));
  }

  /** Links an asset to a programme; both exist. */
  public Future<Linking> link(TenantId tenant, HolderId program, AssetId asset, Instant at) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK_STATUS, tenant.value(), asset.value())
                .compose(
                    rows ->
                        rows.iterator().next().getShort("status") == HolderStatus.ARCHIVED.code()
                            ? Future.succeededFuture(Linking.ARCHIVED)
                            : link(connection, tenant, program, asset, at)));
  }

  private static Future<Linking> link(
      SqlConnection connection, TenantId tenant, HolderId program, AssetId asset, Instant at) {
    return Statements.on(
            connection, LINK, tenant.value(), program.value(), asset.value(), Rows.time(at))
        .map(rows -> rows.rowCount() > 0 ? Linking.LINKED : Linking.LINKED_ALREADY);
  }

  /**
   * Those of the links that there are, which from now on stay: somebody relies on them.
   *
   * @param at written to those that nobody relied on before
   */
  public Future<List<Link>> use(TenantId tenant, Collection<Link> links, Instant at) {
    return statements.all(
        USE,
        row ->
            new Link(new HolderId(row.getUUID("program_id")), new AssetId(row.getUUID("asset_id"))),
        tenant.value(),
        Rows.uuids(links, link -> link.program().value()),
        Rows.uuids(links, link -> link.asset().value()),
        Rows.time(at));
  }

  /**
   * Undoes a link that nobody has relied on.
   *
   * @return whether there was one
   */
  public Future<Boolean> unlink(TenantId tenant, HolderId program, AssetId asset) {
    return statements
        .run(UNLINK, tenant.value(), program.value(), asset.value())
        .map(rows -> rows.rowCount() > 0);
  }

  /** The programmes of each of these assets, in the order of linking. */
  public Future<Map<AssetId, List<HolderId>>> programsOf(
      TenantId tenant, Collection<AssetId> assets) {
    return statements
        .all(PROGRAMS_OF, Function.identity(), tenant.value(), Rows.uuids(assets, AssetId::value))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> new AssetId(row.getUUID("asset_id")),
                            HashMap::new,
                            Collectors.mapping(
                                row -> new HolderId(row.getUUID("program_id")),
                                Collectors.toUnmodifiableList()))));
  }

  /** The assets that are linked to a programme, in no particular order. */
  public Future<List<AssetId>> assetsOf(TenantId tenant, HolderId program) {
    return statements.all(
        ASSETS_OF, row -> new AssetId(row.getUUID("asset_id")), tenant.value(), program.value());
  }
}
