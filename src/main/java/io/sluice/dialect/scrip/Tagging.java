package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The tags of participants, or those of groups. What is archived keeps its tags as they are.
 *
 * @param kind of the holders
 * @param read the tags in a holder's detail
 * @param write the detail with other tags
 */
record Tagging(
    Holders holders,
    String kind,
    Function<String, Tags> read,
    BiFunction<String, Tags, String> write) {
  private static final String TAG = "tag";

  static Tagging ofParticipants(Holders holders) {
    return new Tagging(
        holders,
        Names.PARTICIPANT,
        detail -> ParticipantDetail.parse(detail).tags().orElse(Tags.NONE),
        (detail, tags) -> ParticipantDetail.parse(detail).tagged(tags).text());
  }

  static Tagging ofGroups(Holders holders) {
    return new Tagging(
        holders,
        Names.GROUP,
        detail -> GroupDetail.parse(detail).tags(),
        (detail, tags) -> GroupDetail.parse(detail).tagged(tags).text());
  }

  Future<Answer> list(Caller caller, Call call) {
    return holders
        .byId(caller.tenant(), kind, Reader.pathId(call))
        .map(
            holder ->
                Slice.whole(read.apply(holder.detail()).all(), (json, tag) -> json.text(TAG, tag)));
  }

  private record Replacement(UUID id, Tags tags) {}

  /** Replaces all. */
  Future<Answer> replace(Caller caller, Call call) {
    Replacement wanted =
        Reader.read(
            call, reader -> new Replacement(reader.pathId(), Tags.readRequired(reader.body())));
    return change(caller, wanted.id(), old -> wanted.tags())
        .map(before -> wanted.tags().write(JsonWriter.object()).toAnswer(200));
  }

  private record One(UUID id, String tag) {
    static One read(Reader reader) {
      return new One(reader.pathId(), Tags.normal(reader.path(TAG, Reader.NAME)));
    }
  }

  /** Adds one, if it is not there. */
  Future<Answer> add(Caller caller, Call call) {
    One one = Reader.read(call, One::read);
    return change(caller, one.id(), old -> old.with(one.tag()))
        .map(before -> added(one.tag(), before));
  }

  private static Answer added(String tag, Tags before) {
    if (before.with(tag).isTooMany()) {
      throw new ApiException(
          Errors.invalid(
              FieldError.invalid(
                  TAG, "one of " + Tags.MAX, "is one too many: remove another tag first")));
    }
    return JsonWriter.object().text(TAG, tag).toAnswer(before.has(tag) ? 200 : 201);
  }

  /** Removes one, if it is there. */
  Future<Answer> remove(Caller caller, Call call) {
    One one = Reader.read(call, One::read);
    return change(caller, one.id(), old -> old.without(one.tag())).map(before -> Answer.empty(204));
  }

  /** The tags by then, before the change; one that leads to too many changes nothing. */
  private Future<Tags> change(Caller caller, UUID id, UnaryOperator<Tags> change) {
    var before = new AtomicReference<>(Tags.NONE);
    return holders
        .byId(caller.tenant(), kind, id)
        .compose(
            holder ->
                holders.change(
                    holder,
                    old -> {
                      before.set(read.apply(old.detail()));
                      return changed(old, before.get(), change.apply(before.get()));
                    }))
        .map(
            holder -> {
              if (holder.status() == HolderStatus.ARCHIVED) {
                throw new ApiException(Errors.groupInactive("the path"));
              }
              return before.get();
            });
  }

  private Holder changed(Holder old, Tags before, Tags after) {
    boolean same =
        old.status() == HolderStatus.ARCHIVED || after.isTooMany() || after.equals(before);
    return same ? old : old.withDetail(write.apply(old.detail(), after));
  }
}
