package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Participants: who takes part, under a name that the client chooses. */
final class Participants {
  private final Services services;
  private final ScripStores stores;
  private final Holders holders;
  private final Balances balances;

  Participants(Services services, ScripStores stores, Holders holders, Balances balances) {
    this.services = services;
    this.stores = stores;
    this.holders = holders;
    this.balances = balances;
  }

  enum Status {
    ACTIVE,
    SUSPENDED,
    CLOSED
  }

  /** Creates a participant, or changes the one that has this external id. */
  Future<Answer> upsert(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    String externalId = fields.text("external_id", 1, Party.MAX_EXTERNAL_ID_CHARS);
    Optional<UUID> program = fields.optionalUuid("program_id");
    Optional<HolderStatus> status =
        fields
            .optionalChoice("status", Status.class)
            .map(found -> HolderStatus.valueOf(found.name()));
    ParticipantDetail given = ParticipantDetail.read(fields);
    return existing(caller.tenant(), program)
        .compose(found -> put(caller.tenant(), externalId, status, given))
        .compose(put -> enrol(put, program))
        .compose(put -> answer(List.of(put.holder())).map(write -> put.answer(write)));
  }

  private Future<?> existing(TenantId tenant, Optional<UUID> program) {
    return program.isEmpty()
        ? Future.succeededFuture()
        : holders.byId(tenant, Names.PROGRAM, program.get());
  }

  /** A stored participant, and whether it is new. */
  private record Put(Holder holder, boolean created) {
    Answer answer(ParticipantWriter writer) {
      var json = writer.document(holder);
      return created ? Outcomes.created(json) : Outcomes.ok(json);
    }
  }

  private Future<Put> put(
      TenantId tenant, String externalId, Optional<HolderStatus> status, ParticipantDetail given) {
    return services
        .holders()
        .findByReference(tenant, Names.PARTICIPANT, externalId)
        .compose(
            found ->
                found.isPresent()
                    ? change(found.get(), status, given)
                    : insert(tenant, externalId, status, given));
  }

  private Future<Put> insert(
      TenantId tenant, String externalId, Optional<HolderStatus> status, ParticipantDetail given) {
    Instant now = holders.now();
    var participant =
        new Holder(
            tenant,
            new HolderId(services.ids().next()),
            Names.PARTICIPANT,
            externalId,
            status.orElse(HolderStatus.ACTIVE),
            given.toText(),
            now,
            now);
    return services
        .holders()
        .insert(participant)
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(new Put(participant, true))
                    // Somebody was faster, so now it is there.
                    : put(tenant, externalId, status, given));
  }

  private Future<Put> change(
      Holder participant, Optional<HolderStatus> status, ParticipantDetail given) {
    UnaryOperator<String> change =
        detail -> ParticipantDetail.parse(detail).changedBy(given).toText();
    Future<Holder> changed =
        change.apply(participant.detail()).equals(participant.detail())
            ? Future.succeededFuture(participant)
            : holders.changeDetail(participant, change);
    return changed
        .compose(
            holder ->
                status.filter(wanted -> wanted != holder.status()).isPresent()
                    ? holders.setStatus(holder, status.get())
                    : Future.succeededFuture(holder))
        .map(holder -> new Put(holder, false));
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
                holders.now())
            .map(put);
  }

  Future<Answer> list(Caller caller, Call call) {
    Optional<String> externalId = Queries.text(call, "external_id");
    Future<Page<Holder>> page =
        externalId.isPresent()
            ? one(caller, call, externalId.get())
            : holders.page(caller, call, Names.PARTICIPANT);
    return page.compose(
        found -> answer(found.items()).map(writer -> found.answer(Holders::cursor, writer::write)));
  }

  private Future<Page<Holder>> one(Caller caller, Call call, String externalId) {
    int limit = Queries.limit(call);
    return services
        .holders()
        .findByReference(caller.tenant(), Names.PARTICIPANT, externalId)
        .map(found -> Page.of(found.stream().toList(), limit));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders.named(caller, call, Names.PARTICIPANT).compose(this::answer);
  }

  Future<Answer> setStatus(Caller caller, Call call) {
    Status status = Fields.of(call).choice("status", Status.class);
    return holders
        .named(caller, call, Names.PARTICIPANT)
        .compose(found -> holders.setStatus(found, HolderStatus.valueOf(status.name())))
        .compose(this::answer);
  }

  Future<Answer> balances(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PARTICIPANT)
        .compose(found -> balances.of(caller.tenant(), found.id()))
        .map(found -> Balances.page(call, found))
        .map(page -> page.answer(Balance::cursor, ParticipantWriter::writeBalance));
  }

  private Future<Answer> answer(Holder participant) {
    return answer(List.of(participant)).map(writer -> Outcomes.ok(writer.document(participant)));
  }

  /** Reads what the answer about some participants needs besides themselves. */
  private Future<ParticipantWriter> answer(List<Holder> participants) {
    if (participants.isEmpty()) {
      return Future.succeededFuture(new ParticipantWriter(Map.of(), Map.of()));
    }
    TenantId tenant = participants.getFirst().tenant();
    List<HolderId> ids = participants.stream().map(Holder::id).toList();
    var programs = stores.enrolments().programsOf(tenant, ids);
    var held = balances.of(tenant, ids);
    return Future.all(programs, held)
        .map(all -> new ParticipantWriter(programs.result(), held.result()));
  }
}
