package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.PartyStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.Set;

/** Organisations: the caller's own, and any by id. The administrator registers them. */
record Organisations(
    Directory directory, Parties parties, PartyStore store, IdCodec codec, Ids ids) {
  private static final PartyStore.Filter ALL =
      new PartyStore.Filter(Names.ORGANISATION, Optional.empty(), Set.of());

  /** {@code GET /organisation}. */
  Future<Answer> own(Caller caller, Call call) {
    return Future.succeededFuture(answer(caller.organisation()));
  }

  /** {@code GET /organisations/{id}}: JSON null where there is none. */
  Future<Answer> get(TenantId tenant, Call call) {
    return directory
        .organisation(tenant, Reader.pathId(call))
        .map(found -> found.map(this::answer).orElseGet(Organisations::nothing));
  }

  private Answer answer(Organisation organisation) {
    return organisation.write(JsonWriter.object(), codec).toAnswer(200);
  }

  /** What the registry answers, with 200, where it has no such organisation or supplier. */
  static Answer nothing() {
    return Answer.json(200, Buffer.buffer("null"));
  }

  private record Request(Optional<String> reference, String name, Optional<String> domain) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(
          body.optional("reference", Reader.REFERENCE),
          body.required("name", Reader.NAME),
          body.optional("domain", Reader.NAME));
    }
  }

  /** {@code POST /organisations} of the administration. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    return register(tenant, request.reference(), request.name(), request.domain())
        .map(this::created);
  }

  /** The organisation of that reference, new or registered before with the same name and domain. */
  Future<Organisation> register(
      TenantId tenant, Optional<String> reference, String name, Optional<String> domain) {
    var wanted = new Organisation(new HolderId(ids.next()), name, domain, true);
    String known = reference.orElseGet(() -> id(wanted));
    return parties
        .layFoundations(tenant)
        .compose(
            done ->
                parties.register(tenant, wanted.id(), Names.ORGANISATION, known, wanted.detail()))
        .map(holder -> Organisation.of(holder.id(), holder.detail()));
  }

  private String id(Organisation organisation) {
    return codec.encode(IdPrefix.ORGANISATION, organisation.id().value());
  }

  private Answer created(Organisation organisation) {
    return writeOwn(JsonWriter.object(), organisation).toAnswer(200);
  }

  /** With what credentials for the organisation are issued to. */
  private JsonWriter writeOwn(JsonWriter json, Organisation organisation) {
    return organisation.write(json, codec).uuid("holder_id", organisation.id().value());
  }

  /** {@code GET /organisations} of the administration: account holders, newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Page page = Reader.read(call, reader -> Page.read("organisations", PlaceForm.MOMENT, reader));
    return page.answer(
        store.list(ALL, page.window(tenant)),
        () -> store.count(tenant, ALL),
        PartyStore.Party::place,
        (json, party) -> writeOwn(json, Organisation.of(party.id(), party.detail())));
  }
}
