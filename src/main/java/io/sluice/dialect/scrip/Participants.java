package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
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
record Participants(Services services, ScripStores stores, Holders holders, Balances balances) {
  private static final Wanted<HolderStatus> STATUS =
      new Reader.Choice<>(
          List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.CLOSED));

  /** Any text: what nobody can be called finds nobody. */
  private static final Wanted<String> ANY = new Wanted.Characters(0, Integer.MAX_VALUE);

  /** Creates a participant, or changes the one that has this external id. */
  Future<Answer> upsert(Caller caller, Call call) {
    Members body = Reader.body(call);
    String externalId = body.required("external_id", Reader.EXTERNAL_ID);
    Optional<UUID> program = body.optional("program_id", Reader.ID);
    Optional<HolderStatus> status = body.optional("status", STATUS);
    ParticipantDetail given = ParticipantDetail.read(body);
    return existing(caller.tenant(), program)
        .compose(found -> put(caller.tenant(), externalId, status, given))
        .compose(put -> enrol(put, program))
        .compose(put -> writer(List.of(put.holder())).map(put::answer));
  }

  private Future<?> existing(TenantId tenant, Optional<UUID> program) {
    return program.isEmpty()
        ? Future.succeededFuture()
        : holders.byId(tenant, Names.PROGRAM, program.get());
  }

  /** A stored participant, and whether it is new. */
  private record Put(Holder holder, boolean created) {
    Answer answer(ParticipantWriter writer) {
      return writer.answer(created ? 201 : 200, holder);
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
    Instant now = services.now();
    var participant =
        new Holder(
            tenant,
            new HolderId(services.ids().next()),
            Names.PARTICIPANT,
            externalId,
            status.orElse(HolderStatus.ACTIVE),
            given.text(),
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
        detail -> ParticipantDetail.parse(detail).changedBy(given).text();
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
                services.now())
            .map(put);
  }

  Future<Answer> list(Caller caller, Call call) {
    Optional<String> externalId = Reader.query(call, "external_id", ANY);
    Future<Slice<Holder>> found =
        externalId.isPresent()
            ? one(caller, call, externalId.get())
            : holders.list(caller, call, Names.PARTICIPANT);
    return found.compose(
        slice -> writer(slice.items()).map(writer -> slice.answer(Holders::cursor, writer::write)));
  }

  private Future<Slice<Holder>> one(Caller caller, Call call, String externalId) {
    int limit = Reader.limit(call);
    return services
        .holders()
        .findByReference(caller.tenant(), Names.PARTICIPANT, externalId)
        .map(found -> Slice.of(found.stream().toList(), limit));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders.named(caller, call, Names.PARTICIPANT).compose(this::answer);
  }

  Future<Answer> setStatus(Caller caller, Call call) {
    return holders.setStatus(caller, call, Names.PARTICIPANT, STATUS).compose(this::answer);
  }

  Future<Answer> balances(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PARTICIPANT)
        .compose(balances::of)
        .map(found -> Balances.slice(call, found))
        .map(slice -> slice.answer(Balance::cursor, ParticipantWriter::writeBalance));
  }

  private Future<Answer> answer(Holder participant) {
    return writer(List.of(participant)).map(writer -> writer.answer(200, participant));
  }

  /** Reads what the answer about some participants needs besides themselves. */
  private Future<ParticipantWriter> writer(List<Holder> participants) {
    if (participants.isEmpty()) {
      return Future.succeededFuture(new ParticipantWriter(Map.of(), Map.of()));
    }
    TenantId tenant = participants.getFirst().tenant();
    List<HolderId> ids = participants.stream().map(Holder::id).toList();
    var programs = stores.enrolments().programsOf(tenant, ids);
    var held = balances.of(tenant, ids);
    return programs.compose(
        enrolled -> held.map(balances -> new ParticipantWriter(enrolled, balances)));
  }
}
