package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.PartyStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Suppliers, to be read by anybody in the registry. */
final class Suppliers {
  private static final PartyStore.Filter ALL =
      new PartyStore.Filter(Names.SUPPLIER_KIND, Optional.empty(), Set.of());

  private final Gate gate;
  private final Directory directory;
  private final PartyStore parties;
  private final IdCodec codec;

  Suppliers(Gate gate, Directory directory, PartyStore parties, IdCodec codec) {
    this.gate = gate;
    this.directory = directory;
    this.parties = parties;
    this.codec = codec;
  }

  /** {@code GET /suppliers/{id}}: JSON null where there is none. */
  Future<Answer> get(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              String id = Query.read(call, Query::pathId);
              return directory
                  .supplier(caller.tenant(), codec, id)
                  .compose(
                      found ->
                          found
                              .map(supplier -> answer(caller.tenant(), supplier))
                              .orElse(Future.succeededFuture(Organisations.nothing())));
            });
  }

  private Future<Answer> answer(TenantId tenant, Supplier supplier) {
    return directory
        .find(tenant, List.of(supplier.organisation()))
        .map(behind -> Answer.json(200, write(JsonWriter.object(), supplier, behind).toBuffer()));
  }

  /** {@code GET /suppliers}: newest first. */
  Future<Answer> list(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              Page relay = Query.read(call, query -> Page.read("suppliers", query));
              return page(caller.tenant(), relay);
            });
  }

  private Future<Answer> page(TenantId tenant, Page relay) {
    return parties
        .list(ALL, relay.window(tenant))
        .map(found -> found.stream().map(p -> Supplier.of(p.id(), p.detail())).toList())
        .compose(
            found ->
                Future.all(
                        parties.count(tenant, ALL),
                        directory.find(tenant, found.stream().map(Supplier::organisation).toList()))
                    .map(both -> page(relay, found, both.resultAt(0), both.resultAt(1))));
  }

  private Answer page(
      Page relay, List<Supplier> found, Long total, Map<HolderId, Directory.Known> behind) {
    return relay.page(
        found, total, s -> s.id().value(), (json, supplier) -> write(json, supplier, behind));
  }

  private JsonWriter write(
      JsonWriter json, Supplier supplier, Map<HolderId, Directory.Known> behind) {
    Organisation organisation =
        Directory.organisation(behind, supplier.organisation()).orElseThrow();
    return supplier.write(json, codec, organisation);
  }
}
