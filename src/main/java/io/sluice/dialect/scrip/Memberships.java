package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.GroupMember;
import io.sluice.store.scrip.GroupMembers;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to a group. There is always an ADMIN. */
record Memberships(Services services, ScripStores stores, Holders holders) {
  /** The member of a body that names who belongs. */
  static final String PARTICIPANT = "participant_id";

  private static final String LIST = "members";
  private static final Wanted<Role> ROLE = new Reader.Choice<>(List.of(Role.values()));

  enum Role {
    ADMIN,
    MEMBER
  }

  /** The role in a request; {@code MEMBER} when it says nothing. */
  static boolean isAdmin(Members member) {
    return member.optional("role", ROLE).orElse(Role.MEMBER) == Role.ADMIN;
  }

  /** Adds a participant, brings one back, or changes a role. */
  Future<Answer> add(Caller caller, Call call) {
    Members body = Reader.body(call);
    UUID participant = body.required(PARTICIPANT, Reader.ID);
    boolean admin = isAdmin(body);
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
                                    caller.tenant(),
                                    group.id(),
                                    member.id(),
                                    admin,
                                    services.now()))
                    .compose(change -> answer(group, participant, change)));
  }

  Future<Answer> remove(Caller caller, Call call) {
    UUID participant = Reader.pathId(call, "participantId");
    return holders
        .named(caller, call, Names.GROUP)
        .compose(
            group ->
                stores
                    .groups()
                    .leave(caller.tenant(), group.id(), new HolderId(participant), services.now())
                    .compose(change -> answer(group, participant, change)));
  }

  Future<Answer> list(Caller caller, Call call) {
    int limit = Reader.limit(call);
    Optional<UUID> after = Reader.after(call, LIST);
    boolean former = Reader.query(call, "include_former", Reader.FLAG).orElse(false);
    return holders
        .named(caller, call, Names.GROUP)
        .compose(
            group ->
                stores
                    .groups()
                    .list(caller.tenant(), group.id(), after, former, limit + 1)
                    .map(members -> Slice.of(members, limit))
                    .map(
                        slice ->
                            slice.answer(
                                Memberships::cursor,
                                (json, member) -> write(json, group, member))));
  }

  private Future<Answer> answer(Holder group, UUID participant, GroupMembers.Change change) {
    return switch (change) {
      case DONE ->
          stores
              .groups()
              .find(group.tenant(), group.id(), new HolderId(participant))
              .map(Optional::orElseThrow)
              .map(member -> write(JsonWriter.object(), group, member).toAnswer(200));
      case LAST_ADMIN ->
          throw new ApiException(
              Errors.conflict("the group's last ADMIN cannot leave or become a MEMBER"));
      case ABSENT -> throw new ApiException(Errors.notFound("member", participant));
    };
  }

  private static String[] cursor(GroupMember member) {
    return new String[] {LIST, member.participant().value().toString()};
  }

  private static JsonWriter write(JsonWriter json, Holder group, GroupMember member) {
    return json.uuid("group_id", group.id().value())
        .uuid(PARTICIPANT, member.participant().value())
        .text("role", (member.admin() ? Role.ADMIN : Role.MEMBER).name())
        .text("status", member.leftAt().isEmpty() ? "ACTIVE" : "LEFT")
        .time("joined_at", member.joinedAt())
        .time("left_at", member.leftAt().orElse(null));
  }
}
