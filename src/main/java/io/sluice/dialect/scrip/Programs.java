package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.List;

/** Programmes: the rules and budgets under which value moves. */
record Programs(Services services, Holders holders) {
  private static final Wanted<HolderStatus> STATUS =
      new Reader.Choice<>(
          List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.ARCHIVED));

  Future<Answer> create(Caller caller, Call call) {
    Members body = Reader.body(call);
    var detail =
        ProgramDetail.named(body.required("name", Reader.NAME)).changedBy(ProgramDetail.read(body));
    Holder program = holders.fresh(caller.tenant(), Names.PROGRAM, detail.text());
    return services.holders().insert(program).map(inserted -> answer(201, program));
  }

  Future<Answer> list(Caller caller, Call call) {
    return holders
        .list(caller, call, Names.PROGRAM)
        .map(programs -> programs.answer(Holders::cursor, Programs::write));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders.named(caller, call, Names.PROGRAM).map(program -> answer(200, program));
  }

  Future<Answer> update(Caller caller, Call call) {
    var given = ProgramDetail.read(Reader.body(call));
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(
            program ->
                holders.changeDetail(
                    program, text -> ProgramDetail.parse(text).changedBy(given).text()))
        .map(program -> answer(200, program));
  }

  Future<Answer> setStatus(Caller caller, Call call) {
    return holders
        .setStatus(caller, call, Names.PROGRAM, STATUS)
        .map(program -> answer(200, program));
  }

  private static Answer answer(int status, Holder program) {
    return write(JsonWriter.object(), program).toAnswer(status);
  }

  private static JsonWriter write(JsonWriter json, Holder program) {
    json.uuid("id", program.id().value());
    return ProgramDetail.parse(program.detail())
        .write(json)
        .text("status", program.status().name())
        .time("created_at", program.createdAt())
        .time("updated_at", program.updatedAt());
  }
}
