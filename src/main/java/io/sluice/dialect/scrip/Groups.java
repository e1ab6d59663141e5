package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.HolderQuery;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Groups: wallets of the organisation that several participants run together. */
record Groups(
    Services services,
    ScripStores stores,
    Holders holders,
    Memberships memberships,
    Balances balances) {
  private static final List<HolderStatus> STATUSES =
      List.of(HolderStatus.ACTIVE, HolderStatus.ARCHIVED);

  private record Request(String name, NewMembers members) {
    static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(body.required("name", Reader.NAME), NewMembers.readFirst(reader, body));
    }
  }

  Future<Answer> create(Caller caller, Call call) {
    Request request = Reader.read(call, Request::read);
    NewMembers members = request.members();
    var detail =
        new GroupDetail(
            request.name(), members.behalf().map(participant -> participant.value()), Tags.NONE);
    Holder group = holders.fresh(caller.tenant(), Names.GROUP, detail.text());
    return memberships
        .requireParticipants(caller.tenant(), members.named())
        .compose(found -> stores.groups().create(group, members.admins(), members.behalf()))
        .map(created -> answer(201, group));
  }

  Future<Answer> list(Caller caller, Call call) {
    HolderList list =
        Reader.read(
            call, reader -> HolderList.archivable(reader, HolderQuery.Kind.GROUP, STATUSES));
    return holders.list(caller.tenant(), list).map(found -> list.answer(found, Groups::write));
  }

  private static String name(Holder group) {
    return GroupDetail.parse(group.detail()).name();
  }

  Future<Answer> get(Caller caller, Call call) {
    return holders
        .byId(caller.tenant(), Names.GROUP, Reader.pathId(call))
        .compose(group -> balances.of(group).map(found -> answer(group, found)));
  }

  private record Update(UUID id, Optional<String> name) {}

  Future<Answer> update(Caller caller, Call call) {
    Update update =
        Reader.read(
            call,
            reader -> new Update(reader.pathId(), reader.body().optional("name", Reader.NAME)));
    return holders
        .byId(caller.tenant(), Names.GROUP, update.id())
        .compose(group -> holders.change(group, old -> renamed(old, update.name())))
        .map(
            group -> {
              if (isArchived(group) && update.name().isPresent()) {
                throw new ApiException(Errors.groupInactive("the path"));
              }
              return answer(200, group);
            });
  }

  private static Holder renamed(Holder group, Optional<String> name) {
    var detail = GroupDetail.parse(group.detail());
    return name.filter(other -> !isArchived(group) && !other.equals(detail.name()))
        .map(other -> group.withDetail(detail.named(other).text()))
        .orElse(group);
  }

  private static boolean isArchived(Holder group) {
    return group.status() == HolderStatus.ARCHIVED;
  }

  /** For ever: nothing brings a group back. */
  Future<Answer> archive(Caller caller, Call call) {
    return holders
        .byId(caller.tenant(), Names.GROUP, Reader.pathId(call))
        .compose(group -> holders.change(group, old -> old.withStatus(HolderStatus.ARCHIVED)))
        .map(group -> answer(200, group));
  }

  private record BalancesOf(UUID id, Optional<UUID> program) {}

  /** A group's balances, of all assets or of those linked to one programme. */
  Future<Answer> balances(Caller caller, Call call) {
    BalancesOf wanted =
        Reader.read(
            call, reader -> new BalancesOf(reader.pathId(), reader.query("program_id", Reader.ID)));
    return holders
        .byId(caller.tenant(), Names.GROUP, wanted.id())
        .compose(balances::of)
        .compose(found -> linked(caller.tenant(), wanted.program(), found))
        .map(
            found ->
                Slice.whole(
                    found,
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
    json.uuid("id", group.id().value())
        .text("name", name(group))
        .text("status", group.status().name())
        .time("created_at", group.createdAt())
        .time("updated_at", group.updatedAt());
    // Nothing changes after that.
    return isArchived(group) ? json.time("deleted_at", group.updatedAt()) : json;
  }
}
