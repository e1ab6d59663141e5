package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Groups: wallets of the organisation that several participants run together. */
record Groups(Services services, ScripStores stores, Holders holders, Balances balances) {
  private static final int MAX_FIRST_MEMBERS = 1_000;
  private static final Wanted<HolderStatus> STATUS =
      new Reader.Choice<>(List.of(HolderStatus.ACTIVE, HolderStatus.ARCHIVED));

  Future<Answer> create(Caller caller, Call call) {
    Members body = Reader.body(call);
    String name = body.required("name", Reader.NAME);
    Map<HolderId, Boolean> admins = members(body);
    Optional<UUID> behalf = body.optional("on_behalf_of_participant_id", Reader.ID);
    String detail =
        JsonWriter.object()
            .text("name", name)
            .uuid("on_behalf_of_participant_id", behalf.orElse(null))
            .toText();
    Holder group = holders.fresh(caller.tenant(), Names.GROUP, detail);
    Set<HolderId> named = new LinkedHashSet<>(admins.keySet());
    behalf.map(HolderId::new).ifPresent(named::add);
    return requireParticipants(caller.tenant(), named)
        .compose(found -> stores.groups().create(group, admins))
        .map(created -> answer(201, group));
  }

  private static Map<HolderId, Boolean> members(Members body) {
    Map<HolderId, Boolean> admins = new HashMap<>();
    for (Members member : body.objects("members", 1, MAX_FIRST_MEMBERS)) {
      var id = new HolderId(member.required(Memberships.PARTICIPANT, Reader.ID));
      if (admins.put(id, Memberships.isAdmin(member)) != null) {
        throw Reader.refusal(member.place().then(Memberships.PARTICIPANT) + " is in members twice");
      }
    }
    if (!admins.containsValue(true)) {
      throw Reader.refusal("at least one of members must have role ADMIN");
    }
    return admins;
  }

  private Future<?> requireParticipants(TenantId tenant, Set<HolderId> ids) {
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

  Future<Answer> list(Caller caller, Call call) {
    return holders
        .list(caller, call, Names.GROUP)
        .map(groups -> groups.answer(Holders::cursor, Groups::write));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.GROUP)
        .compose(group -> balances.of(group).map(found -> answer(group, found)));
  }

  Future<Answer> setStatus(Caller caller, Call call) {
    return holders.setStatus(caller, call, Names.GROUP, STATUS).map(group -> answer(200, group));
  }

  /** A group's balances, of all assets or of those linked to one programme. */
  Future<Answer> balances(Caller caller, Call call) {
    Optional<UUID> program = Reader.query(call, "program_id", Reader.ID);
    return holders
        .named(caller, call, Names.GROUP)
        .compose(balances::of)
        .compose(found -> linked(caller.tenant(), program, found))
        .map(found -> Balances.slice(call, found))
        .map(
            slice ->
                slice.answer(
                    Balance::cursor,
                    (json, balance) ->
                        json.uuid("asset_id", balance.asset().id().value())
                            .text("balance", balance.total())));
  }

  private Future<List<Balance>> linked(
      TenantId tenant, Optional<UUID> program, List<Balance> found) {
    if (program.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return holders
        .byId(tenant, Names.PROGRAM, program.get())
        .compose(holder -> stores.programAssets().assetsOf(tenant, holder.id()))
        .map(
            assets -> {
              Set<AssetId> known = assets.stream().collect(Collectors.toSet());
              return found.stream().filter(b -> known.contains(b.asset().id())).toList();
            });
  }

  private static Answer answer(Holder group, List<Balance> found) {
    JsonWriter json = write(JsonWriter.object(), group).object("balances");
    found.forEach(balance -> json.text(balance.asset().id().value().toString(), balance.total()));
    return json.toAnswer(200);
  }

  private static Answer answer(int status, Holder group) {
    return write(JsonWriter.object(), group).toAnswer(status);
  }

  private static JsonWriter write(JsonWriter json, Holder group) {
    JsonNode detail = Json.parse(group.detail());
    json.uuid("id", group.id().value())
        .text("name", detail.get("name").textValue())
        .text("status", group.status().name())
        .time("created_at", group.createdAt())
        .time("updated_at", group.updatedAt());
    return group.status() == HolderStatus.ARCHIVED
        ? json.time("deleted_at", group.updatedAt())
        : json;
  }
}
