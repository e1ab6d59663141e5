package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.HolderQuery;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Programmes: the rules and budgets under which value moves. */
record Programs(Services services, Holders holders) {
  Future<Answer> create(Caller caller, Call call) {
    ProgramDetail detail = Reader.read(call, ProgramChange::readNew);
    Holder program = holders.fresh(caller.tenant(), Names.PROGRAM, detail.text());
    return services.holders().insert(program).map(inserted -> answer(201, program));
  }

  Future<Answer> list(Caller caller, Call call) {
    HolderList list =
        Reader.read(
            call,
            reader ->
                HolderList.archivable(reader, HolderQuery.Kind.PROGRAM, ProgramChange.STATUSES));
    return holders.list(caller.tenant(), list).map(found -> list.answer(found, Programs::write));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders
        .byId(caller.tenant(), Names.PROGRAM, Reader.pathId(call))
        .map(program -> answer(200, program));
  }

  private record Update(UUID id, ProgramChange change) {}

  Future<Answer> update(Caller caller, Call call) {
    Update update =
        Reader.read(call, reader -> new Update(reader.pathId(), ProgramChange.read(reader)));
    return holders
        .byId(caller.tenant(), Names.PROGRAM, update.id())
        .compose(program -> existing(caller.tenant(), update.change().target()).map(program))
        .compose(program -> holders.change(program, old -> update.change().of(old, services.now())))
        .map(program -> answer(200, program));
  }

  /** Whoever is to get what is redeemed must be a participant or a group. */
  private Future<?> existing(TenantId tenant, Optional<RedemptionTarget> target) {
    Optional<UUID> entity = target.flatMap(RedemptionTarget::entity);
    return entity.isEmpty()
        ? Future.succeededFuture()
        : services
            .holders()
            .find(tenant, new HolderId(entity.get()))
            .map(
                found ->
                    found
                        .filter(Programs::isEntity)
                        .orElseThrow(
                            () ->
                                new ApiException(
                                    Errors.notFound("participant or group", entity.get()))));
  }

  private static boolean isEntity(Holder holder) {
    return holder.kind().equals(Names.PARTICIPANT) || holder.kind().equals(Names.GROUP);
  }

  private static Answer answer(int status, Holder program) {
    return write(JsonWriter.object(), program).toAnswer(status);
  }

  private static JsonWriter write(JsonWriter json, Holder program) {
    var detail = ProgramDetail.parse(program.detail());
    json.uuid("id", program.id().value());
    detail.write(json);
    json.text("status", program.status().name())
        .time("created_at", program.createdAt())
        .time("updated_at", program.updatedAt());
    detail.archivedAt().ifPresent(at -> json.time("deleted_at", at));
    return json;
  }
}
