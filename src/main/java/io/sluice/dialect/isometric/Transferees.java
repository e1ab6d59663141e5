package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.PartyStore;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whom the caller may transfer to. The administrator sets the lists. */
record Transferees(Directory directory, TransfereeLists lists, PartyStore parties, IdCodec codec) {
  /** The most organisations in one list. */
  private static final int MAX_ENTRIES = 1_000;

  /** {@code GET /transferees}: newest first. */
  Future<Answer> list(Caller caller, Call call) {
    Page page = Reader.read(call, Transferees::page);
    return list(caller.tenant(), caller.organisation().id(), page);
  }

  private static Page page(Reader reader) {
    return Page.read("transferees", PlaceForm.MOMENT, reader);
  }

  /** {@code GET /organisations/{id}/transferees} of the administration: the same of anybody. */
  Future<Answer> listOf(TenantId tenant, Call call) {
    OfOrganisation asked = OfOrganisation.read(call, Transferees::page);
    return directory
        .requireOrganisation(tenant, asked.organisation())
        .compose(owner -> list(tenant, owner.id(), asked.page()));
  }

  private Future<Answer> list(TenantId tenant, HolderId own, Page page) {
    return lists
        .list(tenant, own)
        .map(only -> new PartyStore.Filter(Names.ORGANISATION, Optional.of(own), only))
        .compose(filter -> page(tenant, page, filter));
  }

  private Future<Answer> page(TenantId tenant, Page page, PartyStore.Filter filter) {
    return page.answer(
        parties.list(filter, page.window(tenant)),
        () -> parties.count(tenant, filter),
        PartyStore.Party::place,
        (json, party) -> Organisation.of(party.id(), party.detail()).write(json, codec));
  }

  private record Request(String organisation, List<String> transferees) {
    private static Request read(Reader reader) {
      return new Request(
          reader.pathId(), reader.body().all("organisation_ids", 0, Integer.MAX_VALUE, Reader.ID));
    }
  }

  /** {@code PUT /organisations/{id}/transferees} of the administration. */
  Future<Answer> set(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    if (request.transferees().size() > MAX_ENTRIES) {
      throw rule("organisation_ids may have up to " + MAX_ENTRIES + " entries");
    }
    return directory
        .requireOrganisation(tenant, request.organisation())
        .compose(
            owner ->
                requireAll(tenant, request.transferees())
                    .compose(found -> set(tenant, owner.id(), found)))
        .map(done -> answer(request.transferees()));
  }

  private Future<Set<HolderId>> requireAll(TenantId tenant, List<String> organisations) {
    return Future.all(
            organisations.stream().map(id -> directory.requireOrganisation(tenant, id)).toList())
        .map(
            done -> {
              var found = new HashSet<HolderId>();
              done.<Organisation>list().forEach(organisation -> found.add(organisation.id()));
              return found;
            });
  }

  private Future<Void> set(TenantId tenant, HolderId owner, Set<HolderId> transferees) {
    if (transferees.contains(owner)) {
      throw rule("An organisation is no transferee of itself");
    }
    return lists.set(tenant, owner, transferees);
  }

  private static ApiException rule(String text) {
    return new ApiException(Errors.rule(text));
  }

  private static Answer answer(List<String> list) {
    return JsonWriter.object().texts("organisation_ids", list).toAnswer(200);
  }
}
