package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import io.vertx.core.Future;

/** Programmes: the rules and budgets under which value moves. */
final class Programs {
  private static final int MAX_DESCRIPTION_CHARS = 1_000;

  private final Services services;
  private final Holders holders;

  Programs(Services services, Holders holders) {
    this.services = services;
    this.holders = holders;
  }

  /** What an event does about an unknown participant. Transfers never create one. */
  enum OnUnknown {
    CREATE,
    REJECT
  }

  enum Status {
    ACTIVE,
    SUSPENDED,
    ARCHIVED
  }

  Future<Answer> create(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    String name = fields.text("name", 1, Fields.MAX_NAME_CHARS);
    String detail = detail(fields, name, null, OnUnknown.CREATE.name());
    Holder program = holders.fresh(caller.tenant(), Names.PROGRAM, detail);
    return services
        .holders()
        .insert(program)
        .map(inserted -> Outcomes.created(write(JsonWriter.object(), program)));
  }

  Future<Answer> list(Caller caller, Call call) {
    return holders
        .page(caller, call, Names.PROGRAM)
        .map(page -> page.answer(Holders::cursor, Programs::write));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders.named(caller, call, Names.PROGRAM).map(Programs::answer);
  }

  Future<Answer> update(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    fields.optionalText("name", 1, Fields.MAX_NAME_CHARS);
    fields.optionalText("description", 0, MAX_DESCRIPTION_CHARS);
    fields.optionalChoice("on_unknown_participant", OnUnknown.class);
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(program -> holders.changeDetail(program, detail -> changed(fields, detail)))
        .map(Programs::answer);
  }

  Future<Answer> setStatus(Caller caller, Call call) {
    Status status = Fields.of(call).choice("status", Status.class);
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(program -> holders.setStatus(program, HolderStatus.valueOf(status.name())))
        .map(Programs::answer);
  }

  private static String changed(Fields fields, String detail) {
    JsonNode old = Json.parse(detail);
    return detail(
        fields,
        fields.optionalText("name", 1, Fields.MAX_NAME_CHARS).orElse(old.get("name").textValue()),
        old.get("description").textValue(),
        old.get("on_unknown_participant").textValue());
  }

  private static String detail(Fields fields, String name, String description, String onUnknown) {
    return JsonWriter.object()
        .text("name", name)
        .text(
            "description",
            fields.optionalText("description", 0, MAX_DESCRIPTION_CHARS).orElse(description))
        .text(
            "on_unknown_participant",
            fields
                .optionalChoice("on_unknown_participant", OnUnknown.class)
                .map(Enum::name)
                .orElse(onUnknown))
        .toText();
  }

  private static Answer answer(Holder program) {
    return Outcomes.ok(write(JsonWriter.object(), program));
  }

  private static JsonWriter write(JsonWriter json, Holder program) {
    JsonNode detail = Json.parse(program.detail());
    return json.uuid("id", program.id().value())
        .text("name", detail.get("name").textValue())
        .text("description", detail.get("description").textValue())
        .text("on_unknown_participant", detail.get("on_unknown_participant").textValue())
        .text("status", program.status().name())
        .time("created_at", program.createdAt())
        .time("updated_at", program.updatedAt());
  }
}
