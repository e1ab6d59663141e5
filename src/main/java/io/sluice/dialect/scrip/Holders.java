package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
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

  /** The holder that the path names, or {@code not_found}. */
  Future<Holder> named(Caller caller, Call call, String kind) {
    return byId(caller.tenant(), kind, Reader.pathId(call, "id"));
  }

  /** The holder with an id, or {@code not_found}. */
  Future<Holder> byId(TenantId tenant, String kind, UUID id) {
    return services
        .holders()
        .find(tenant, new HolderId(id))
        .map(found -> present(found.filter(holder -> holder.kind().equals(kind)), kind, id));
  }

  /**
   * Gives the holder that the path names the status that the body wants.
   *
   * @param wanted the statuses that a client may set
   */
  Future<Holder> setStatus(Caller caller, Call call, String kind, Wanted<HolderStatus> wanted) {
    HolderStatus status = Reader.body(call).required("status", wanted);
    return named(caller, call, kind).compose(holder -> setStatus(holder, status));
  }

  Future<Holder> setStatus(Holder holder, HolderStatus status) {
    return services
        .holders()
        .setStatus(holder.tenant(), holder.id(), status)
        .map(found -> present(found, holder.kind(), holder.id().value()));
  }

  /** Changes what is kept with a holder, starting from what is kept by then. */
  Future<Holder> changeDetail(Holder holder, UnaryOperator<String> change) {
    return services
        .holders()
        .changeDetail(holder.tenant(), holder.id(), change)
        .map(found -> present(found, holder.kind(), holder.id().value()));
  }

  /** One kind of holders, newest first. */
  Future<Slice<Holder>> list(Caller caller, Call call, String kind) {
    int limit = Reader.limit(call);
    Optional<UUID> before = Reader.after(call, kind);
    return stores
        .listings()
        .holders(caller.tenant(), kind, before, limit + 1)
        .compose(ids -> load(caller.tenant(), Slice.of(ids, limit)));
  }

  private Future<Slice<Holder>> load(TenantId tenant, Slice<HolderId> slice) {
    return services.holders().findAll(tenant, slice.items()).map(found -> slice.map(found::get));
  }

  /** The parts of a cursor after a holder. */
  static String[] cursor(Holder holder) {
    return new String[] {holder.kind(), holder.id().value().toString()};
  }

  private static Holder present(Optional<Holder> found, String kind, UUID id) {
    return found.orElseThrow(() -> new ApiException(Errors.notFound(Names.noun(kind), id)));
  }
}
