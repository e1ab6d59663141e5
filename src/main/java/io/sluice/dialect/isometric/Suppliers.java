package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.isometric.PartyStore;
import io.sluice.store.isometric.PartyStore.Party;
import io.sluice.store.isometric.Window;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Suppliers, to be read by anybody in the registry. The administrator registers them. */
record Suppliers(Directory directory, Parties parties, PartyStore store, IdCodec codec, Ids ids) {
  private static final PartyStore.Filter ALL =
      new PartyStore.Filter(Names.SUPPLIER, Optional.empty(), Set.of());

  private static final Wanted<String> CODE = new Reader.Code(2, 10);
  private static final Wanted<String> DESCRIPTION = new Wanted.Characters(0, 10_000);

  /** {@code GET /supplier}: that of the token's organisation. */
  Future<Answer> own(Caller caller, Call call) {
    return of(caller)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ApiException(
                            Errors.noSupplier(
                                codec.encode(
                                    IdPrefix.ORGANISATION, caller.organisation().id().value())))))
        .map(supplier -> answer(new KnownSupplier(supplier, caller.organisation())));
  }

  /** What the caller's organisation is as a supplier, if it is one. */
  Future<Optional<Supplier>> of(Caller caller) {
    return store
        .supplierOf(caller.tenant(), caller.organisation().id())
        .map(found -> found.map(party -> Supplier.of(party.id(), party.detail())));
  }

  /** {@code GET /suppliers/{id}}: JSON null where there is none. */
  Future<Answer> get(TenantId tenant, Call call) {
    return directory
        .supplier(tenant, Reader.pathId(call))
        .compose(found -> known(tenant, found.stream().toList()))
        .map(
            found ->
                found.stream().findFirst().map(this::answer).orElseGet(Organisations::nothing));
  }

  private Future<List<KnownSupplier>> known(TenantId tenant, List<Supplier> suppliers) {
    return directory
        .suppliers(tenant, suppliers.stream().map(Supplier::id).toList())
        .map(known -> suppliers.stream().map(supplier -> known.get(supplier.id())).toList());
  }

  /** {@code GET /suppliers}: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Page page = Reader.read(call, reader -> Page.read("suppliers", PlaceForm.MOMENT, reader));
    return page.answer(
        list(page.window(tenant)),
        () -> store.count(tenant, ALL),
        Listed::place,
        (json, listed) -> listed.known().write(json, codec));
  }

  private record Listed(Place place, KnownSupplier known) {}

  private Future<List<Listed>> list(Window window) {
    return store
        .list(ALL, window)
        .compose(
            found ->
                directory
                    .suppliers(window.tenant(), found.stream().map(Party::id).toList())
                    .map(
                        known ->
                            found.stream()
                                .map(party -> new Listed(party.place(), known.get(party.id())))
                                .toList()));
  }

  private Answer answer(KnownSupplier known) {
    return known.write(JsonWriter.object(), codec).toAnswer(200);
  }

  private record Request(
      String organisation,
      String code,
      Optional<String> shortDescription,
      Optional<String> longDescription,
      Optional<Location> location) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(
          body.required("organisation_id", Reader.ID),
          body.required("code", CODE),
          body.optional("short_description", DESCRIPTION),
          body.optional("long_description", DESCRIPTION),
          body.optionalInner("location").map(Location::read));
    }

    private Supplier supplier(HolderId id, HolderId behind) {
      return new Supplier(id, behind, code, shortDescription, longDescription, location);
    }
  }

  /** {@code POST /suppliers} of the administration. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    return directory
        .requireOrganisation(tenant, request.organisation())
        .compose(
            behind ->
                register(tenant, request.supplier(newId(), behind.id()))
                    .map(supplier -> answer(new KnownSupplier(supplier, behind))));
  }

  HolderId newId() {
    return new HolderId(ids.next());
  }

  /** The supplier of that code, new or registered before with the same description. */
  Future<Supplier> register(TenantId tenant, Supplier wanted) {
    return parties
        .register(tenant, wanted.id(), Names.SUPPLIER, wanted.code(), wanted.detail())
        .map(holder -> Supplier.of(holder.id(), holder.detail()));
  }
}
