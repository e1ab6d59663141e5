package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.scrip.ScripStores;
import io.sluice.store.scrip.Walked;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Assets: what is counted. They belong to the organisation and are linked to programmes. */
record Assets(Services services, ScripStores stores, Holders holders) {
  Future<Answer> create(Caller caller, Call call) {
    AssetRequest request = Reader.read(call, AssetRequest::read);
    Asset asset = asset(caller.tenant(), request);
    var ceiling = request.ceiling();
    return holders
        .byId(caller.tenant(), Names.PROGRAM, request.program())
        .compose(program -> stores.programAssets().create(asset, ceiling, program.id()))
        .map(
            created -> {
              if (!created) {
                throw new ApiException(
                    Errors.conflict(
                        "there is an asset with symbol " + asset.reference() + " already"));
              }
              var program = List.of(new HolderId(request.program()));
              return answer(201, asset, Map.of(asset.id(), program));
            });
  }

  private Asset asset(TenantId tenant, AssetRequest request) {
    Instant now = services.now();
    return Asset.active(
        tenant,
        new AssetId(services.ids().next()),
        Names.ASSET,
        request.symbol(),
        request.scale(),
        request.lots(),
        request.detail().text(),
        now);
  }

  Future<Answer> list(Caller caller, Call call) {
    return list(caller.tenant(), Reader.read(call, AssetList::read));
  }

  /** Those that a programme may use. */
  Future<Answer> listOfProgram(Caller caller, Call call) {
    return list(caller.tenant(), Reader.read(call, AssetList::ofProgram));
  }

  private Future<Answer> list(TenantId tenant, AssetList list) {
    return holders
        .require(tenant, Names.PROGRAM, list.program())
        .compose(known -> stores.listings().assets(tenant, list.query(), list.page().limit()))
        .compose(found -> answer(tenant, list, found));
  }

  private Future<Answer> answer(TenantId tenant, AssetList list, Walked<Asset> found) {
    return stores
        .programAssets()
        .programsOf(tenant, found.items().stream().map(Asset::id).toList())
        .map(
            linked ->
                Slice.answer(
                    list.page(),
                    found.items(),
                    found.next().map(PlaceForm::parts),
                    (json, asset) -> write(json, asset, linked)));
  }

  Future<Answer> get(Caller caller, Call call) {
    return byId(caller.tenant(), Reader.pathId(call)).compose(this::answer);
  }

  private record Update(UUID id, AssetChange change) {}

  Future<Answer> update(Caller caller, Call call) {
    Update update =
        Reader.read(call, reader -> new Update(reader.pathId(), AssetChange.read(reader)));
    return byId(caller.tenant(), update.id())
        .compose(asset -> change(asset, update.change()))
        .compose(done -> byId(caller.tenant(), update.id()))
        .compose(this::answer);
  }

  private Future<Void> change(Asset asset, AssetChange change) {
    // Refused before a transaction begins.
    change.ceiling().ifPresent(ceiling -> AssetRequest.ceiling(ceiling, asset.scale()));
    return stores
        .programAssets()
        .change(asset.tenant(), asset.id(), old -> change.of(old, asset.scale()), services.now())
        .map(
            old -> {
              if (old.status() == HolderStatus.ARCHIVED && change.needsActive()) {
                throw new ApiException(
                    Errors.conflict(
                        "asset " + asset.id().value() + " is ARCHIVED and can never change"));
              }
              return null;
            });
  }

  private record Link(UUID program, UUID asset) {}

  /** Links an asset to a further programme. */
  Future<Answer> link(Caller caller, Call call) {
    Link link =
        Reader.read(
            call,
            reader -> new Link(reader.pathId(), reader.body().required("asset_id", Reader.ID)));
    return holders
        .byId(caller.tenant(), Names.PROGRAM, link.program())
        .compose(
            program ->
                byId(caller.tenant(), link.asset()).compose(asset -> link(asset, program.id())))
        .compose(this::answer);
  }

  private Future<Asset> link(Asset asset, HolderId program) {
    return stores
        .programAssets()
        .link(asset.tenant(), program, asset.id(), services.now())
        .map(
            linking ->
                switch (linking) {
                  case LINKED -> asset;
                  case LINKED_ALREADY ->
                      throw new ApiException(
                          Errors.conflict(
                              "asset %s is linked to program %s already"
                                  .formatted(asset.id().value(), program.value())));
                  case ARCHIVED -> throw new ApiException(Errors.assetInactive(asset.id().value()));
                });
  }

  /** Undoes a link, as long as nothing has come of it. */
  Future<Answer> unlink(Caller caller, Call call) {
    Link link = Reader.read(call, reader -> new Link(reader.pathId(), reader.pathId("assetId")));
    TenantId tenant = caller.tenant();
    var program = new HolderId(link.program());
    var asset = new AssetId(link.asset());
    return holders
        .byId(tenant, Names.PROGRAM, link.program())
        .compose(found -> byId(tenant, link.asset()))
        .compose(found -> stores.programAssets().unlink(tenant, program, asset))
        .compose(
            unlinked ->
                unlinked
                    ? Future.succeededFuture(Answer.empty(204))
                    : stores
                        .programAssets()
                        .assetsOf(tenant, program)
                        .map(linked -> refuseUnlinking(link, linked.contains(asset))));
  }

  private static Answer refuseUnlinking(Link link, boolean linked) {
    throw new ApiException(
        linked
            ? Errors.conflict(
                "asset %s has been used in program %s and stays linked to it"
                    .formatted(link.asset(), link.program()))
            : Errors.notFound("asset linked to program " + link.program() + ":", link.asset()));
  }

  private Future<Asset> byId(TenantId tenant, UUID id) {
    return services
        .assets()
        .find(tenant, new AssetId(id))
        .map(
            found ->
                found
                    .filter(asset -> asset.kind().equals(Names.ASSET))
                    .orElseThrow(() -> new ApiException(Errors.notFound("asset", id))));
  }

  private Future<Answer> answer(Asset asset) {
    return stores
        .programAssets()
        .programsOf(asset.tenant(), List.of(asset.id()))
        .map(linked -> answer(200, asset, linked));
  }

  private static Answer answer(int status, Asset asset, Map<AssetId, List<HolderId>> linked) {
    return write(JsonWriter.object(), asset, linked).toAnswer(status);
  }

  private static JsonWriter write(
      JsonWriter json, Asset asset, Map<AssetId, List<HolderId>> linked) {
    var detail = AssetDetail.parse(asset.detail());
    AssetRules rules = AssetRules.of(asset, detail);
    AssetRequest.Mode mode = asset.lots() ? AssetRequest.Mode.LOT : AssetRequest.Mode.SIMPLE;
    json.uuid("id", asset.id().value())
        .text("name", detail.name())
        .text(AssetRequest.SYMBOL, asset.reference())
        .text(AssetRequest.MODE, mode.name())
        .text(AssetRequest.POLICY, detail.policy().name())
        .number(AssetRequest.SCALE, asset.scale())
        .text(AssetDetail.CEILING, detail.ceiling().map(rules::text).orElse(null))
        .uuids("program_ids", linked.getOrDefault(asset.id(), List.of()), HolderId::value)
        .text("status", asset.status().name())
        .time("created_at", asset.createdAt())
        .time("updated_at", asset.updatedAt());
    // Nothing changes after that.
    return asset.status() == HolderStatus.ARCHIVED
        ? json.time("deleted_at", asset.updatedAt())
        : json;
  }
}
