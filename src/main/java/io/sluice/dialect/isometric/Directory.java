package io.sluice.dialect.isometric;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.dialect.ApiException;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds organisations and suppliers. What is found is kept in memory, since neither ever changes;
 * what is not found is asked for again each time.
 */
final class Directory {
  private static final int MAX_CACHED = 100_000;

  private final HolderStore holders;
  private final Cache<Key, Holder> cache = Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  private record Key(TenantId tenant, HolderId id) {}

  Directory(HolderStore holders) {
    this.holders = holders;
  }

  Future<Optional<Organisation>> organisation(TenantId tenant, HolderId id) {
    return find(tenant, List.of(id)).map(found -> organisation(found, id));
  }

  /** The organisation of that id; fails with 400 when there is none. */
  Future<Organisation> requireOrganisation(TenantId tenant, IdCodec codec, String id) {
    return organisation(tenant, codec, id)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ApiException(
                            IsometricErrors.notFound(IsometricErrors.Model.ORGANISATION, id))));
  }

  /** The organisation of that id, if it is one. */
  Future<Optional<Organisation>> organisation(TenantId tenant, IdCodec codec, String id) {
    return codec
        .decode(IdPrefix.ORGANISATION, id)
        .map(uuid -> organisation(tenant, new HolderId(uuid)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** The supplier of that id, if it is one. */
  Future<Optional<Supplier>> supplier(TenantId tenant, IdCodec codec, String id) {
    Optional<HolderId> holder = codec.decode(IdPrefix.SUPPLIER, id).map(HolderId::new);
    return find(tenant, holder.stream().toList())
        .map(found -> holder.flatMap(h -> supplier(found, h)));
  }

  /** Those of the ids that exist, whatever their kind; from memory where possible. */
  Future<Map<HolderId, Holder>> find(TenantId tenant, Collection<HolderId> ids) {
    var found = new HashMap<HolderId, Holder>();
    var unknown = new ArrayList<HolderId>();
    for (HolderId id : ids) {
      Optional.ofNullable(cache.getIfPresent(new Key(tenant, id)))
          .ifPresentOrElse(holder -> found.put(id, holder), () -> unknown.add(id));
    }
    if (unknown.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return holders
        .findAll(tenant, unknown)
        .map(
            more -> {
              more.forEach((id, holder) -> cache.put(new Key(tenant, id), holder));
              found.putAll(more);
              return found;
            });
  }

  static Optional<Organisation> organisation(Map<HolderId, Holder> found, HolderId id) {
    return Optional.ofNullable(found.get(id))
        .filter(holder -> holder.kind().equals(Registry.ORGANISATION_KIND))
        .map(holder -> Organisation.of(id, holder.detail()));
  }

  static Optional<Supplier> supplier(Map<HolderId, Holder> found, HolderId id) {
    return Optional.ofNullable(found.get(id))
        .filter(holder -> holder.kind().equals(Registry.SUPPLIER_KIND))
        .map(holder -> Supplier.of(id, holder.detail()));
  }
}
