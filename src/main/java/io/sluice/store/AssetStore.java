package io.sluice.store;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Assets. Id, kind, reference, scale and lots never change, so they may be cached. */
public interface AssetStore {
  /**
   * Stores a new asset.
   *
   * @return false when the tenant has an asset of that kind and reference already; nothing changed
   *     then
   */
  Future<Boolean> insert(Asset asset);

  Future<Optional<Asset>> find(TenantId tenant, AssetId id);

  /** Those of the ids that exist; absent ones are left out. One query. */
  Future<Map<AssetId, Asset>> findAll(TenantId tenant, Collection<AssetId> ids);

  Future<Optional<Asset>> findByReference(TenantId tenant, String kind, String reference);
}
