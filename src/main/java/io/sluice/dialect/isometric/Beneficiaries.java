package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.isometric.BeneficiaryRequest.Contact;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.isometric.BeneficiaryStore;
import io.sluice.store.isometric.PartyStore.Party;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** For whom an organisation may retire: itself, whom it named, and whom the administrator did. */
record Beneficiaries(
    Directory directory, Parties parties, BeneficiaryStore store, IdCodec codec, Ids ids) {
  /** The most organisations that are added at once. */
  private static final int MAX_ENTRIES = 1_000;

  Future<Boolean> allows(TenantId tenant, Organisation owner, Organisation beneficiary) {
    return beneficiary.id().equals(owner.id())
        ? Future.succeededFuture(true)
        : store.contains(tenant, owner.id(), beneficiary.id());
  }

  /** {@code GET /beneficiaries}: newest first. */
  Future<Answer> list(Caller caller, Call call) {
    Page page = Reader.read(call, Beneficiaries::page);
    return list(caller.tenant(), caller.organisation().id(), page);
  }

  private static Page page(Reader reader) {
    return Page.read("beneficiaries", PlaceForm.MOMENT, reader);
  }

  /** {@code GET /organisations/{id}/beneficiaries} of the administration: the same of anybody. */
  Future<Answer> listOf(TenantId tenant, Call call) {
    OfOrganisation asked = OfOrganisation.read(call, Beneficiaries::page);
    return directory
        .requireOrganisation(tenant, asked.organisation())
        .compose(owner -> list(tenant, owner.id(), asked.page()));
  }

  private Future<Answer> list(TenantId tenant, HolderId own, Page page) {
    return page.answer(
        store.list(own, page.window(tenant)),
        () -> store.count(tenant, own),
        Party::place,
        (json, party) -> Organisation.of(party.id(), party.detail()).write(json, codec));
  }

  /** {@code POST /beneficiary}: somebody new, or somebody whom the registry knows already. */
  Future<Answer> create(Caller caller, Call call) {
    BeneficiaryRequest request = Reader.read(call, BeneficiaryRequest::read);
    TenantId tenant = caller.tenant();
    return known(tenant, request)
        .compose(
            known -> known.map(Future::succeededFuture).orElseGet(() -> register(tenant, request)))
        .compose(
            found ->
                add(tenant, caller.organisation(), List.of(found.id()))
                    .map(done -> found.write(JsonWriter.object(), codec).toAnswer(200)));
  }

  /** An account holder with that domain. */
  private Future<Optional<Organisation>> known(TenantId tenant, BeneficiaryRequest request) {
    return switch (request.contact()) {
      case Contact.Domain domain ->
          store
              .ofDomain(tenant, domain.same())
              .compose(
                  id ->
                      id.map(found -> directory.organisation(tenant, found))
                          .orElseGet(() -> Future.succeededFuture(Optional.empty())));
      case Contact.Email email -> Future.succeededFuture(Optional.empty());
    };
  }

  private Future<Organisation> register(TenantId tenant, BeneficiaryRequest request) {
    var wanted = request.organisation(new HolderId(ids.next()));
    return parties
        .findOrRegister(
            tenant, wanted.id(), Names.BENEFICIARY, request.reference(), wanted.detail())
        .map(Beneficiaries::organisation);
  }

  private static Organisation organisation(Holder holder) {
    return Organisation.of(holder.id(), holder.detail());
  }

  private Future<Void> add(TenantId tenant, Organisation owner, List<HolderId> more) {
    List<HolderId> others = more.stream().filter(id -> !id.equals(owner.id())).toList();
    return others.isEmpty() ? Future.succeededFuture() : store.add(tenant, owner.id(), others);
  }

  private record Request(String organisation, List<String> beneficiaries) {
    private static Request read(Reader reader) {
      return new Request(
          reader.pathId(), reader.body().all("organisation_ids", 0, Integer.MAX_VALUE, Reader.ID));
    }
  }

  /** {@code POST /organisations/{id}/beneficiaries} of the administration. */
  Future<Answer> give(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    if (request.beneficiaries().size() > MAX_ENTRIES) {
      throw new ApiException(
          Errors.rule("organisation_ids may have up to " + MAX_ENTRIES + " entries"));
    }
    return directory
        .requireOrganisation(tenant, request.organisation())
        .compose(
            owner ->
                Future.all(
                        request.beneficiaries().stream()
                            .map(id -> directory.requireOrganisation(tenant, id))
                            .toList())
                    .map(
                        found -> found.<Organisation>list().stream().map(Organisation::id).toList())
                    .compose(found -> add(tenant, owner, found)))
        .map(
            done ->
                JsonWriter.object()
                    .texts("organisation_ids", request.beneficiaries())
                    .toAnswer(200));
  }
}
