package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.store.isometric.PartyStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Organisations: the caller's own, any by id, and those that the caller may transfer to. */
final class Organisations {
  private final Gate gate;
  private final Directory directory;
  private final TransfereeLists transferees;
  private final PartyStore parties;
  private final IdCodec codec;

  Organisations(
      Gate gate,
      Directory directory,
      TransfereeLists transferees,
      PartyStore parties,
      IdCodec codec) {
    this.gate = gate;
    this.directory = directory;
    this.transferees = transferees;
    this.parties = parties;
    this.codec = codec;
  }

  /** {@code GET /organisation}. */
  Future<Answer> own(Call call) {
    return gate.caller(call).map(caller -> answer(caller.organisation()));
  }

  /** {@code GET /organisations/{id}}: JSON null where there is none. */
  Future<Answer> get(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              String id = Query.read(call, Query::pathId);
              return directory.organisation(caller.tenant(), codec, id);
            })
        .map(found -> found.map(this::answer).orElseGet(Organisations::nothing));
  }

  /** {@code GET /transferees}: newest first. */
  Future<Answer> transferees(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              Page relay = Query.read(call, query -> Page.read("transferees", query));
              return transferees
                  .list(caller.tenant(), caller.organisation().id())
                  .map(
                      only ->
                          new PartyStore.Filter(
                              Names.ORGANISATION_KIND,
                              Optional.of(caller.organisation().id()),
                              only))
                  .compose(filter -> page(caller, relay, filter));
            });
  }

  private Future<Answer> page(Caller caller, Page relay, PartyStore.Filter filter) {
    return parties
        .list(filter, relay.window(caller.tenant()))
        .compose(
            found ->
                parties
                    .count(caller.tenant(), filter)
                    .map(total -> relay.page(found, total, p -> p.id().value(), this::write)));
  }

  private void write(JsonWriter json, PartyStore.Party party) {
    Organisation.of(party.id(), party.detail()).write(json, codec);
  }

  private Answer answer(Organisation organisation) {
    return Answer.json(200, organisation.write(JsonWriter.object(), codec).toBuffer());
  }

  /** What the registry answers, with 200, where it has no such organisation or supplier. */
  static Answer nothing() {
    return Answer.json(200, Buffer.buffer("null"));
  }
}
