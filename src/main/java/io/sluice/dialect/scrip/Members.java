package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.HolderId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.GroupMember;
import io.sluice.store.scrip.GroupMembers;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to a group. There is always an ADMIN. */
final class Members {
  private static final String LIST = "members";

  private final ScripStores stores;
  private final Holders holders;

  Members(ScripStores stores, Holders holders) {
    this.stores = stores;
    this.holders = holders;
  }

  enum Role {
    ADMIN,
    MEMBER
  }

  /** The role in a request; {@code MEMBER} when it says nothing. */
  static boolean isAdmin(Fields member) {
    return member.optionalChoice("role", Role.class).orElse(Role.MEMBER) == Role.ADMIN;
  }

  /** Adds a participant, brings one back, or changes a role. */
  Future<Answer> add(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    UUID participant = fields.uuid("participant_id");
    boolean admin = isAdmin(fields);
    return holders
        .named(caller, call, Names.GROUP)
        .compose(
            group ->
                holders
                    .byId(caller.tenant(), Names.PARTICIPANT, participant)
                    .compose(
                        member ->
                            stores
                                .groups()
                                .put(
                                    caller.tenant(), group.id(), member.id(), admin, holders.now()))
                    .compose(change -> answer(group, participant, change)));
  }

  Future<Answer> remove(Caller caller, Call call) {
    UUID participant = Queries.pathUuid(call, "participantId");
    return holders
        .named(caller, call, Names.GROUP)
        .compose(
            group ->
                stores
                    .groups()
                    .leave(caller.tenant(), group.id(), new HolderId(participant), holders.now())
                    .compose(change -> answer(group, participant, change)));
  }

  Future<Answer> list(Caller caller, Call call) {
    int limit = Queries.limit(call);
    Optional<UUID> after = Queries.after(call, LIST);
    boolean former = Queries.flag(call, "include_former");
    return holders
        .named(caller, call, Names.GROUP)
        .compose(
            group ->
                stores
                    .groups()
                    .list(caller.tenant(), group.id(), after, former, limit + 1)
                    .map(members -> Page.of(members, limit))
                    .map(
                        page ->
                            page.answer(
                                Members::cursor, (json, member) -> write(json, group, member))));
  }

  private Future<Answer> answer(Holder group, UUID participant, GroupMembers.Change change) {
    return switch (change) {
      case DONE ->
          stores
              .groups()
              .find(group.tenant(), group.id(), new HolderId(participant))
              .map(Optional::orElseThrow)
              .map(member -> Outcomes.ok(write(JsonWriter.object(), group, member)));
      case LAST_ADMIN ->
          throw ScripErrors.thrown(
              ScripErrors.conflict("the group's last ADMIN cannot leave or become a MEMBER"));
      case ABSENT -> throw ScripErrors.thrown(ScripErrors.notFound("member", participant));
    };
  }

  private static String[] cursor(GroupMember member) {
    return new String[] {LIST, member.participant().value().toString()};
  }

  private static JsonWriter write(JsonWriter json, Holder group, GroupMember member) {
    return json.uuid("group_id", group.id().value())
        .uuid("participant_id", member.participant().value())
        .text("role", (member.admin() ? Role.ADMIN : Role.MEMBER).name())
        .text("status", member.leftAt().isEmpty() ? "ACTIVE" : "LEFT")
        .time("joined_at", member.joinedAt())
        .time("left_at", member.leftAt().orElse(null));
  }
}
