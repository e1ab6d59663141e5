package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.sluice.store.scrip.Walked;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What programmes, participants and groups have in common. */
record Holders(Services services, ScripStores stores) {
  /** A new active holder whose reference is its id. */
  Holder fresh(TenantId tenant, String kind, String detail) {
    UUID id = services.ids().next();
    return Holder.active(tenant, new HolderId(id), kind, id.toString(), detail, services.now());
  }

  /** The holder with an id, or {@code not_found}. */
  Future<Holder> byId(TenantId tenant, String kind, UUID id) {
    return services
        .holders()
        .find(tenant, new HolderId(id))
        .map(found -> present(found.filter(holder -> holder.kind().equals(kind)), kind, id));
  }

  /** Fails with {@code not_found} when a request names what does not exist. */
  Future<?> require(TenantId tenant, String kind, Optional<UUID> id) {
    return id.isEmpty() ? Future.succeededFuture() : byId(tenant, kind, id.get());
  }

  /** Changes a holder, starting from what it is by then. */
  Future<Holder> change(Holder holder, UnaryOperator<Holder> change) {
    return services
        .holders()
        .change(holder.tenant(), holder.id(), change)
        .map(found -> present(found, holder.kind(), holder.id().value()));
  }

  Future<Walked<Holder>> list(TenantId tenant, HolderList list) {
    return stores.listings().holders(tenant, list.query(), list.page().limit());
  }

  private static Holder present(Optional<Holder> found, String kind, UUID id) {
    return found.orElseThrow(() -> new ApiException(Errors.notFound(Names.noun(kind), id)));
  }
}
