package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.sluice.store.Place;
import io.sluice.store.scrip.RedemptionListing.Filter;
import io.sluice.store.scrip.RedemptionListing.Reversed;
import io.sluice.store.scrip.RedemptionListing.Stored;
import io.sluice.store.scrip.ScripStores;
import io.sluice.store.scrip.Walked;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Redemptions: a participant's value goes where its programme wants it. */
record Redemptions(
    Services services, ScripStores stores, Directory directory, Holders holders, Events events) {
  private static final Wanted<Redemption.Status> STATUS =
      new Reader.Choice<>(List.of(Redemption.Status.values()));

  private static final Map<Redemption.Status, Reversed> REVERSED =
      Map.of(
          Redemption.Status.COMPLETED, Reversed.NOTHING,
          Redemption.Status.PARTIALLY_REVERSED, Reversed.A_PART,
          Redemption.Status.FULLY_REVERSED, Reversed.ALL);

  Future<Answer> create(Caller caller, Call call) {
    RedemptionRequest request = Reader.read(call, RedemptionRequest::read);
    return Preparation.of(
            holders
                .byId(caller.tenant(), Names.PARTICIPANT, request.participant())
                .compose(participant -> resolve(request, participant)))
        .compose(
            redemption ->
                services
                    .pipeline()
                    .submit(redemption.command(caller.principal(), services.transferId(), events))
                    .map(redemption::answer));
  }

  private Future<Redemption> resolve(RedemptionRequest request, Holder participant) {
    TenantId tenant = participant.tenant();
    var named = directory.programAsset(tenant, request.program(), request.asset());
    var payee = target(tenant, request.program()).compose(target -> payee(tenant, target));
    return named.compose(
        known -> payee.map(found -> new Redemption(request, participant, known, found)));
  }

  /** That of the programme at this moment; of one that does not exist, any. */
  private Future<RedemptionTarget> target(TenantId tenant, UUID program) {
    return services
        .holders()
        .find(tenant, new HolderId(program))
        .map(
            found ->
                found
                    .filter(holder -> holder.kind().equals(Names.PROGRAM))
                    .map(holder -> ProgramDetail.parse(holder.detail()).target())
                    .orElse(RedemptionTarget.USUAL));
  }

  /** Whom a target stands for. Participants and groups are never deleted. */
  Future<Payee> payee(TenantId tenant, RedemptionTarget target) {
    return switch (target.type()) {
      case SYSTEM_REDEMPTION -> system(tenant, target, Names.REDEEMED);
      case SYSTEM_BREAKAGE -> system(tenant, target, Names.BREAKAGE);
      case LEDGER_ENTITY ->
          services
              .holders()
              .find(tenant, new HolderId(target.entity().orElseThrow()))
              .map(found -> Payee.of(target, found.orElseThrow()));
    };
  }

  private Future<Payee> system(TenantId tenant, RedemptionTarget target, String name) {
    return directory.system(tenant, name).map(holder -> Payee.system(target, holder));
  }

  Future<Answer> get(Caller caller, Call call) {
    return byId(caller.tenant(), Reader.pathId(call))
        .map(found -> Redemption.write(JsonWriter.object(), found).toAnswer(200));
  }

  /** The redemption with an id, or {@code not_found}. */
  Future<Stored> byId(TenantId tenant, UUID id) {
    return stores
        .redemptions()
        .find(tenant, new TransferId(id))
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.notFound("redemption", id))));
  }

  /**
   * What a request asks for.
   *
   * @param item of a catalog, which nothing was redeemed for
   */
  private record Query(
      UUID participant,
      Optional<Redemption.Status> status,
      Optional<UUID> item,
      Optional<Instant> from,
      Optional<Instant> to,
      Page<Place> page) {
    static Query read(Reader reader) {
      UUID participant = reader.pathId();
      Optional<Redemption.Status> status = reader.query("status", STATUS);
      Optional<UUID> item = reader.query("reward_catalog_item_id", Reader.ID);
      Optional<Instant> from = reader.query("from", Reader.TIME);
      Optional<Instant> to = reader.query("to", Reader.TIME);
      Page<Place> page =
          Page.read(reader, "redemptions", PlaceForm.MOMENT, participant, status, item, from, to);
      return new Query(participant, status, item, from, to, page);
    }

    Filter wanted() {
      return new Filter(
          new HolderId(participant), status.map(REVERSED::get), from, to, page.after());
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, query.participant())
        .compose(participant -> page(caller.tenant(), query))
        .map(
            page ->
                Slice.answer(
                    query.page(),
                    page.items(),
                    page.next().map(PlaceForm::parts),
                    Redemption::write));
  }

  private Future<Walked<Stored>> page(TenantId tenant, Query query) {
    return query.item().isPresent()
        ? Future.succeededFuture(new Walked<>(List.of(), Optional.empty()))
        : stores.redemptions().page(tenant, query.wanted(), query.page().limit());
  }
}
