package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What programmes, participants, groups and system holders have in common. */
final class Holders {
  static final String ISSUANCE = "SYSTEM_ISSUANCE";
  static final String BREAKAGE = "SYSTEM_BREAKAGE";

  private final Services services;
  private final ScripStores stores;

  /** System holders that surely exist. */
  private final Set<SystemHolder> known = ConcurrentHashMap.newKeySet();

  private record SystemHolder(TenantId tenant, String name) {}

  Holders(Services services, ScripStores stores) {
    this.services = services;
    this.stores = stores;
  }

  /** The time, as exactly as it can be stored. */
  Instant now() {
    return services.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A new active holder whose reference is its id. */
  Holder fresh(TenantId tenant, String kind, String detail) {
    UUID id = services.ids().next();
    Instant now = now();
    return new Holder(
        tenant, new HolderId(id), kind, id.toString(), HolderStatus.ACTIVE, detail, now, now);
  }

  /** The holder that the path names, or {@code not_found}. */
  Future<Holder> named(Caller caller, Call call, String kind) {
    return byId(caller.tenant(), kind, Queries.pathUuid(call, "id"));
  }

  /** The holder with an id, or {@code not_found}. */
  Future<Holder> byId(TenantId tenant, String kind, UUID id) {
    return services
        .holders()
        .find(tenant, new HolderId(id))
        .map(found -> present(found.filter(holder -> holder.kind().equals(kind)), kind, id));
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

  /** A page of one kind of holders, newest first. */
  Future<Page<Holder>> page(Caller caller, Call call, String kind) {
    int limit = Queries.limit(call);
    Optional<UUID> before = Queries.after(call, kind);
    return stores
        .listings()
        .holders(caller.tenant(), kind, before, limit + 1)
        .compose(ids -> load(caller.tenant(), Page.of(ids, limit)));
  }

  private Future<Page<Holder>> load(TenantId tenant, Page<HolderId> page) {
    return services.holders().findAll(tenant, page.items()).map(found -> page.map(found::get));
  }

  /** The parts of a cursor after a holder. */
  static String[] cursor(Holder holder) {
    return new String[] {holder.kind(), holder.id().value().toString()};
  }

  /** One of the tenant's system holders, made when it is first needed. */
  Future<HolderId> system(TenantId tenant, String name) {
    var id = new HolderId(Digest.start().add(Names.SYSTEM).add(name).toUuid());
    var key = new SystemHolder(tenant, name);
    if (known.contains(key)) {
      return Future.succeededFuture(id);
    }
    Instant now = now();
    var holder = new Holder(tenant, id, Names.SYSTEM, name, HolderStatus.ACTIVE, "{}", now, now);
    return services.holders().insert(holder).onSuccess(inserted -> known.add(key)).map(id);
  }

  private static Holder present(Optional<Holder> found, String kind, UUID id) {
    String noun = kind.substring(kind.indexOf('.') + 1);
    return found.orElseThrow(() -> ScripErrors.thrown(ScripErrors.notFound(noun, id)));
  }
}
