package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.NewMembers.Role;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.Place;
import io.sluice.store.scrip.GroupMember;
import io.sluice.store.scrip.GroupMembers.Change;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who belongs to a group. There is always an ADMIN. */
record Memberships(Services services, ScripStores stores, Holders holders) {
  private record Request(UUID group, NewMembers members) {}

  /** Adds participants, or brings back those who left. */
  Future<Answer> add(Caller caller, Call call) {
    Request request =
        Reader.read(
            call, reader -> new Request(reader.pathId(), NewMembers.read(reader, reader.body())));
    TenantId tenant = caller.tenant();
    NewMembers members = request.members();
    return holders
        .byId(tenant, Names.GROUP, request.group())
        .compose(
            group ->
                requireParticipants(tenant, members.named())
                    .compose(
                        found ->
                            stores
                                .groups()
                                .add(
                                    tenant,
                                    group.id(),
                                    members.admins(),
                                    members.behalf(),
                                    services.now())))
        .map(change -> done(change, "a participant"))
        .map(done -> JsonWriter.object().text("message", "Member(s) added to group").toAnswer(200));
  }

  /** Fails unless all are participants of the organisation. */
  Future<?> requireParticipants(TenantId tenant, Set<HolderId> ids) {
    return services
        .holders()
        .findAll(tenant, ids)
        .map(
            found -> {
              for (HolderId id : ids) {
                if (!isParticipant(found.get(id))) {
                  throw new ApiException(Errors.notFound("participant", id.value()));
                }
              }
              return found;
            });
  }

  private static boolean isParticipant(Holder holder) {
    return holder != null && holder.kind().equals(Names.PARTICIPANT);
  }

  private record Target(UUID group, UUID participant) {
    static Target read(Reader reader) {
      return new Target(reader.pathId(), reader.pathId("participantId"));
    }

    HolderId member() {
      return new HolderId(participant);
    }
  }

  private record RoleChange(Target target, Role role, Optional<HolderId> behalf) {
    static RoleChange read(Reader reader) {
      Members body = reader.body();
      return new RoleChange(
          Target.read(reader),
          body.required(NewMembers.ROLE, NewMembers.ROLES),
          NewMembers.behalf(body));
    }
  }

  Future<Answer> setRole(Caller caller, Call call) {
    RoleChange request = Reader.read(call, RoleChange::read);
    Target target = request.target();
    TenantId tenant = caller.tenant();
    return holders
        .byId(tenant, Names.GROUP, target.group())
        .compose(
            group ->
                holders
                    .require(tenant, Names.PARTICIPANT, request.behalf().map(HolderId::value))
                    .compose(
                        known ->
                            stores
                                .groups()
                                .setRole(
                                    tenant,
                                    group.id(),
                                    target.member(),
                                    request.role() == Role.ADMIN,
                                    request.behalf())))
        .map(change -> done(change, target.participant()))
        .map(
            done ->
                JsonWriter.object()
                    .text("message", "Member role updated")
                    .uuid(NewMembers.PARTICIPANT, target.participant())
                    .text(NewMembers.ROLE, request.role().name())
                    .toAnswer(200));
  }

  Future<Answer> remove(Caller caller, Call call) {
    Target target = Reader.read(call, Target::read);
    TenantId tenant = caller.tenant();
    return holders
        .byId(tenant, Names.GROUP, target.group())
        .compose(
            group -> stores.groups().leave(tenant, group.id(), target.member(), services.now()))
        .map(change -> done(change, target.participant()))
        .map(done -> Answer.empty(204));
  }

  private static Change done(Change change, Object participant) {
    return switch (change) {
      case DONE -> change;
      case LAST_ADMIN ->
          throw new ApiException(
              Errors.conflict("the group's last ADMIN cannot leave or become a MEMBER"));
      case ABSENT -> throw new ApiException(Errors.notFound("member", participant));
      case MEMBER_ALREADY ->
          throw new ApiException(
              Errors.conflict(participant + " is a member already, so nobody was added"));
      case ARCHIVED -> throw new ApiException(Errors.groupInactive("the path"));
    };
  }

  private record Query(UUID group, boolean former, Page<Place> page) {
    static Query read(Reader reader) {
      UUID group = reader.pathId();
      boolean former = reader.query("include_former", Reader.FLAG).orElse(false);
      return new Query(
          group, former, Page.read(reader, NewMembers.LIST, PlaceForm.MOMENT, group, former));
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    TenantId tenant = caller.tenant();
    int limit = query.page().limit();
    return holders
        .byId(tenant, Names.GROUP, query.group())
        .compose(
            group ->
                stores
                    .groups()
                    .list(tenant, group.id(), query.page().after(), query.former(), limit + 1))
        .map(
            members ->
                Slice.of(members, limit)
                    .answer(
                        query.page(),
                        member ->
                            PlaceForm.parts(
                                Place.of(member.joinedAt(), member.participant().value())),
                        Memberships::write));
  }

  private static void write(JsonWriter json, GroupMember member) {
    json.uuid(NewMembers.PARTICIPANT, member.participant().value())
        .text("external_id", member.externalId())
        .text(NewMembers.ROLE, (member.admin() ? Role.ADMIN : Role.MEMBER).name())
        .text("status", member.leftAt().isEmpty() ? "ACTIVE" : "LEFT")
        .time("joined_at", member.joinedAt());
    member.leftAt().ifPresent(at -> json.time("left_at", at));
  }
}
