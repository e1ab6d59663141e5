package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Event;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ParticipantNames;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Participants: who takes part, under a name that the client chooses. */
record Participants(
    Services services, ScripStores stores, Holders holders, Balances balances, Events events) {
  private static final String EXTERNAL_ID = "external_id";
  private static final Wanted<HolderStatus> STATUS =
      new Reader.Choice<>(
          List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.CLOSED));

  private record Request(String externalId, Optional<UUID> program, ParticipantChange change) {
    static Request read(Reader reader) {
      Members body = reader.body();
      refuseUnsettable(reader, body);
      return new Request(
          body.required(EXTERNAL_ID, Reader.EXTERNAL_ID),
          body.optional("program_id", Reader.ID),
          new ParticipantChange(ParticipantDetail.read(body), body.optional("status", STATUS)));
    }
  }

  private static void refuseUnsettable(Reader reader, Members body) {
    reader.refuseAll(body, List.of("counters", "tiers"), "cannot be set");
  }

  /** Creates a participant, or changes the one that has this external id. */
  Future<Answer> upsert(Caller caller, Call call) {
    Request request = Reader.read(call, Request::read);
    TenantId tenant = caller.tenant();
    return holders
        .require(tenant, Names.PROGRAM, request.program())
        .compose(known -> put(tenant, request))
        .compose(put -> enrol(put, request.program()))
        .compose(put -> answer(put.created() ? 201 : 200, put.holder()));
  }

  /** A stored participant, and whether it is new. */
  private record Put(Holder holder, boolean created) {}

  private Future<Put> put(TenantId tenant, Request request) {
    return services
        .holders()
        .findByReference(tenant, Names.PARTICIPANT, request.externalId())
        .compose(
            found -> found.isPresent() ? change(found.get(), request) : insert(tenant, request));
  }

  private Future<Put> insert(TenantId tenant, Request request) {
    Instant now = services.now();
    var participant =
        new Holder(
            tenant,
            new HolderId(services.ids().next()),
            Names.PARTICIPANT,
            request.externalId(),
            request.change().status().orElse(HolderStatus.ACTIVE),
            request.change().given().ofSomebodyNew().text(),
            now,
            now);
    return services
        .holders()
        .insert(participant, created(participant))
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(new Put(participant, true))
                    // Somebody was faster, so now it is there.
                    : put(tenant, request));
  }

  private List<Event> created(Holder participant) {
    return events.wanted(participant.tenant())
        ? List.of(
            events.event(
                participant.tenant(),
                EventType.PARTICIPANT_CREATED,
                participant.id().value(),
                participant.createdAt(),
                json -> ParticipantWriter.writeSlim(json, participant)))
        : List.of();
  }

  private Future<Put> change(Holder named, Request request) {
    if (FormerName.is(named)) {
      throw taken(request.externalId());
    }
    return request.change().on(named, holders).map(changed -> new Put(changed, false));
  }

  private static ApiException taken(String externalId) {
    return new ApiException(
        Errors.conflict("external_id " + externalId + " is or was another participant's"));
  }

  private Future<Put> enrol(Put put, Optional<UUID> program) {
    return program.isEmpty()
        ? Future.succeededFuture(put)
        : stores
            .enrolments()
            .enrol(
                put.holder().tenant(),
                put.holder().id(),
                new HolderId(program.get()),
                services.now())
            .map(put);
  }

  Future<Answer> list(Caller caller, Call call) {
    HolderList list = Reader.read(call, HolderList::participants);
    return holders
        .require(caller.tenant(), Names.PROGRAM, list.query().program().map(HolderId::value))
        .compose(known -> holders.list(caller.tenant(), list))
        .map(found -> list.answer(found, ParticipantWriter::writeSlim));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, Reader.pathId(call))
        .compose(participant -> answer(200, participant));
  }

  private record Update(UUID id, Optional<String> externalId, ParticipantChange change) {
    /** A status has an operation of its own, and none here. */
    static Update read(Reader reader) {
      Members body = reader.body();
      refuseUnsettable(reader, body);
      return new Update(
          reader.pathId(),
          body.optional(EXTERNAL_ID, Reader.EXTERNAL_ID),
          new ParticipantChange(ParticipantDetail.read(body), Optional.empty()));
    }
  }

  Future<Answer> update(Caller caller, Call call) {
    Update update = Reader.read(call, Update::read);
    TenantId tenant = caller.tenant();
    return holders
        .byId(tenant, Names.PARTICIPANT, update.id())
        .map(update.change()::fitting)
        .compose(participant -> rename(participant, update.externalId()))
        .compose(done -> holders.byId(tenant, Names.PARTICIPANT, update.id()))
        .compose(participant -> update.change().on(participant, holders))
        .compose(participant -> answer(200, participant));
  }

  private Future<?> rename(Holder participant, Optional<String> name) {
    if (name.filter(other -> !other.equals(participant.reference())).isEmpty()) {
      return Future.succeededFuture();
    }
    var renaming =
        new ParticipantNames.Renaming(
            participant.id(), name.get(), services.ids().next(), FormerName.of(participant.id()));
    return stores
        .names()
        .rename(participant.tenant(), renaming, services.now())
        .map(
            renamed -> {
              if (!renamed) {
                throw taken(name.get());
              }
              return renamed;
            });
  }

  private record StatusChange(UUID id, HolderStatus status) {}

  Future<Answer> setStatus(Caller caller, Call call) {
    StatusChange change =
        Reader.read(
            call,
            reader -> new StatusChange(reader.pathId(), reader.body().required("status", STATUS)));
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, change.id())
        .compose(participant -> holders.change(participant, old -> old.withStatus(change.status())))
        .compose(participant -> answer(200, participant));
  }

  private record BalancesOf(UUID id, Optional<UUID> asset) {}

  Future<Answer> balances(Caller caller, Call call) {
    BalancesOf wanted =
        Reader.read(
            call, reader -> new BalancesOf(reader.pathId(), reader.query("asset_id", Reader.ID)));
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, wanted.id())
        .compose(
            participant ->
                balances
                    .requireAsset(caller.tenant(), wanted.asset())
                    .compose(known -> balances.of(participant)))
        .map(
            found ->
                Slice.whole(Balances.only(found, wanted.asset()), ParticipantWriter::writeBalance));
  }

  private Future<Answer> answer(int status, Holder participant) {
    TenantId tenant = participant.tenant();
    List<HolderId> id = List.of(participant.id());
    var programs = stores.enrolments().programsOf(tenant, id);
    var held = balances.of(participant);
    return programs.compose(
        enrolled ->
            held.map(
                found ->
                    ParticipantWriter.answer(
                        status,
                        participant,
                        enrolled.getOrDefault(participant.id(), List.of()),
                        found)));
  }
}
