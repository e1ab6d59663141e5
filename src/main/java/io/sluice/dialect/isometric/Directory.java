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
  private final Cache<Key, Known> cache = Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  private record Key(TenantId tenant, HolderId id) {}

  /** What a holder is here; one of another kind is neither. */
  record Known(Optional<Organisation> organisation, Optional<Supplier> supplier) {
    private static Known of(Holder holder) {
      return switch (holder.kind()) {
        case Names.ORGANISATION_KIND ->
            new Known(Optional.of(Organisation.of(holder.id(), holder.detail())), Optional.empty());
        case Names.SUPPLIER_KIND ->
            new Known(Optional.empty(), Optional.of(Supplier.of(holder.id(), holder.detail())));
        default -> new Known(Optional.empty(), Optional.empty());
      };
    }
  }

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
                    () -> new ApiException(Errors.notFound(Errors.Model.ORGANISATION, id))));
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
  Future<Map<HolderId, Known>> find(TenantId tenant, Collection<HolderId> ids) {
    var found = new HashMap<HolderId, Known>();
    var unknown = new ArrayList<HolderId>();
    for (HolderId id : ids) {
      Optional.ofNullable(cache.getIfPresent(new Key(tenant, id)))
          .ifPresentOrElse(known -> found.put(id, known), () -> unknown.add(id));
    }
    if (unknown.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return holders
        .findAll(tenant, unknown)
        .map(
            more -> {
              more.forEach(
                  (id, holder) -> {
                    Known known = Known.of(holder);
                    cache.put(new Key(tenant, id), known);
                    found.put(id, known);
                  });
              return found;
            });
  }

  static Optional<Organisation> organisation(Map<HolderId, Known> found, HolderId id) {
    return Optional.ofNullable(found.get(id)).flatMap(Known::organisation);
  }

  static Optional<Supplier> supplier(Map<HolderId, Known> found, HolderId id) {
    return Optional.ofNullable(found.get(id)).flatMap(Known::supplier);
  }
}
