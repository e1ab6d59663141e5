package io.sluice.dialect.isometric;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Known;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What ids stand for. Organisations and suppliers never change, so they are kept in memory. */
final class Directory {
  private static final int MAX_ENTRIES = 100_000;

  private static final Set<String> ORGANISATIONS =
      Set.of(Names.ORGANISATION, Names.BENEFICIARY, Names.BUFFER_POOL);

  private final IdCodec codec;
  private final Known<HolderId, Organisation> organisations;
  private final Known<HolderId, Supplier> suppliers;

  Directory(HolderStore holders, IdCodec codec) {
    this.codec = codec;
    this.organisations = known(holders, ORGANISATIONS, Organisation::of);
    this.suppliers = known(holders, Set.of(Names.SUPPLIER), Supplier::of);
  }

  private interface Reading<T> {
    T of(HolderId id, String detail);
  }

  private static <T> Known<HolderId, T> known(
      HolderStore holders, Set<String> kinds, Reading<T> reading) {
    return new Known<>(
        MAX_ENTRIES,
        (tenant, ids) -> holders.findAll(tenant, ids).map(found -> only(kinds, found, reading)));
  }

  private static <T> Map<HolderId, T> only(
      Set<String> kinds, Map<HolderId, Holder> found, Reading<T> reading) {
    var only = new HashMap<HolderId, T>();
    found.forEach(
        (id, holder) -> {
          if (kinds.contains(holder.kind())) {
            only.put(id, reading.of(id, holder.detail()));
          }
        });
    return only;
  }

  Future<Optional<Organisation>> organisation(TenantId tenant, HolderId id) {
    return organisations.find(tenant, id);
  }

  Future<Optional<Organisation>> organisation(TenantId tenant, String id) {
    return find(IdPrefix.ORGANISATION, id, uuid -> organisation(tenant, new HolderId(uuid)));
  }

  /** The organisation of that id; fails with 400 when there is none. */
  Future<Organisation> requireOrganisation(TenantId tenant, String id) {
    return require(IdPrefix.ORGANISATION, id, uuid -> organisation(tenant, new HolderId(uuid)));
  }

  /** Those of the organisations that exist. */
  Future<Map<HolderId, Organisation>> organisations(TenantId tenant, Collection<HolderId> ids) {
    return organisations.find(tenant, ids);
  }

  Future<Optional<Supplier>> supplier(TenantId tenant, HolderId id) {
    return suppliers.find(tenant, id);
  }

  Future<Optional<Supplier>> supplier(TenantId tenant, String id) {
    return find(IdPrefix.SUPPLIER, id, uuid -> supplier(tenant, new HolderId(uuid)));
  }

  /** Suppliers that exist, with the organisations behind them. */
  Future<Map<HolderId, KnownSupplier>> suppliers(TenantId tenant, Collection<HolderId> ids) {
    return suppliers
        .find(tenant, ids)
        .compose(
            found ->
                organisations(
                        tenant,
                        found.values().stream().map(Supplier::organisation).distinct().toList())
                    .map(
                        behind -> {
                          var known = new HashMap<HolderId, KnownSupplier>();
                          found.forEach(
                              (id, supplier) ->
                                  known.put(
                                      id,
                                      new KnownSupplier(
                                          supplier, behind.get(supplier.organisation()))));
                          return known;
                        }));
  }

  /** The supplier of that id; fails with 400 when there is none. */
  Future<Supplier> requireSupplier(TenantId tenant, String id) {
    return require(IdPrefix.SUPPLIER, id, uuid -> supplier(tenant, new HolderId(uuid)));
  }

  /** What an id leads to; nothing where no id of that kind can read so. */
  <T> Future<Optional<T>> find(
      IdPrefix kind, String id, Function<UUID, Future<Optional<T>>> lookUp) {
    return codec
        .decode(kind, id)
        .map(lookUp)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /** What an id leads to; fails with 400 when it leads nowhere. */
  <T> Future<T> require(IdPrefix kind, String id, Function<UUID, Future<Optional<T>>> lookUp) {
    return find(kind, id, lookUp)
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.notFound(kind, id))));
  }
}
