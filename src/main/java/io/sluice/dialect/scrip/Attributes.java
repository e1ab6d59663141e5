package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Wanted;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** The attributes of participants. */
record Attributes(Holders holders) {
  private static final Wanted<String> KEY = new Wanted.Characters(1, Reader.MAX_OBJECT_BYTES);

  private record Merge(UUID id, JsonNode attributes) {}

  /** Adds or replaces some; the answer has all. */
  Future<Answer> merge(Caller caller, Call call) {
    Merge merge =
        Reader.read(
            call,
            reader ->
                new Merge(
                    reader.pathId(),
                    reader.body().required(ParticipantDetail.ATTRIBUTES, Reader.THING)));
    var change =
        new ParticipantChange(ParticipantDetail.ofAttributes(merge.attributes()), Optional.empty());
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, merge.id())
        .compose(participant -> change.on(participant, holders))
        .map(Attributes::answer);
  }

  private static Answer answer(Holder participant) {
    JsonWriter json = JsonWriter.object();
    ParticipantDetail.parse(participant.detail()).writeAttributes(json);
    return json.toAnswer(200);
  }

  private record Removal(UUID id, String key) {}

  /** Removes one, if it is there. */
  Future<Answer> remove(Caller caller, Call call) {
    Removal removal =
        Reader.read(call, reader -> new Removal(reader.pathId(), reader.path("key", KEY)));
    return holders
        .byId(caller.tenant(), Names.PARTICIPANT, removal.id())
        .compose(participant -> holders.change(participant, old -> without(old, removal.key())))
        .map(done -> Answer.empty(204));
  }

  private static Holder without(Holder old, String key) {
    var detail = ParticipantDetail.parse(old.detail());
    return detail.hasAttribute(key) ? old.withDetail(detail.without(key).text()) : old;
  }
}
