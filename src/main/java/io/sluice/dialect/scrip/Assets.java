package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.AssetDetail.Policy;
import io.sluice.dialect.scrip.Reader.Choice;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Assets: what is counted. They belong to the organisation and are linked to programmes. */
record Assets(Services services, ScripStores stores, Holders holders) {
  private static final Wanted<String> SYMBOL = new Wanted.Characters(1, 16);
  private static final Wanted<BigInteger> SCALE = Wanted.Whole.of(0, 18);
  private static final Wanted<Mode> MODE = new Choice<>(List.of(Mode.values()));
  private static final Wanted<Policy> POLICY = new Choice<>(List.of(Policy.values()));
  private static final Wanted<HolderStatus> STATUS =
      new Choice<>(List.of(HolderStatus.ACTIVE, HolderStatus.ARCHIVED));

  /** How balances are kept. */
  private enum Mode {
    SIMPLE,
    LOT
  }

  Future<Answer> create(Caller caller, Call call) {
    Members body = Reader.body(call);
    UUID program = body.required("program_id", Reader.ID);
    Asset asset = read(body, caller.tenant());
    return holders
        .byId(caller.tenant(), Names.PROGRAM, program)
        .compose(found -> stores.programAssets().create(asset, found.id()))
        .map(
            created -> {
              if (!created) {
                throw new ApiException(
                    Errors.conflict(
                        "there is an asset with symbol " + asset.reference() + " already"));
              }
              return answer(201, asset, Map.of(asset.id(), List.of(new HolderId(program))));
            });
  }

  private Asset read(Members body, TenantId tenant) {
    String name = body.required("name", Reader.NAME);
    String symbol = body.required("symbol", SYMBOL);
    if (!symbol.matches("[A-Za-z0-9]+")) {
      throw Reader.refusal("symbol must be made of letters A to Z and digits");
    }
    Mode mode = body.required("inventory_mode", MODE);
    Policy policy = body.required("issuance_policy", POLICY);
    int scale = body.required("scale", SCALE).intValueExact();
    Optional<BigDecimal> ceiling = body.optional(AssetDetail.CEILING, Reader.AMOUNT);
    ceiling.ifPresent(value -> requireFitting(value, scale));
    Instant now = services.now();
    var id = new AssetId(services.ids().next());
    String detail = new AssetDetail(name, policy, ceiling).text();
    return Asset.active(tenant, id, Names.ASSET, symbol, scale, mode == Mode.LOT, detail, now);
  }

  private static void requireFitting(BigDecimal ceiling, int scale) {
    AssetRules.amount(
        ceiling,
        scale,
        () -> AssetDetail.CEILING,
        refusal -> {
          throw new ApiException(refusal.get());
        });
  }

  Future<Answer> list(Caller caller, Call call) {
    int limit = Reader.limit(call);
    Optional<UUID> before = Reader.after(call, Names.ASSET);
    return stores
        .listings()
        .assets(caller.tenant(), Names.ASSET, before, limit + 1)
        .compose(ids -> answer(caller.tenant(), Slice.of(ids, limit)));
  }

  private Future<Answer> answer(TenantId tenant, Slice<AssetId> slice) {
    var assets = services.assets().findAll(tenant, slice.items());
    var programs = stores.programAssets().programsOf(tenant, slice.items());
    return assets.compose(
        found ->
            programs.map(
                linked ->
                    slice
                        .map(found::get)
                        .answer(Assets::cursor, (json, asset) -> write(json, asset, linked))));
  }

  private static String[] cursor(Asset asset) {
    return new String[] {Names.ASSET, asset.id().value().toString()};
  }

  Future<Answer> get(Caller caller, Call call) {
    return named(caller, call, "id").compose(this::answer);
  }

  Future<Answer> update(Caller caller, Call call) {
    Members body = Reader.body(call);
    Optional<String> name = body.optional("name", Reader.NAME);
    Optional<HolderStatus> status = body.optional("status", STATUS);
    return named(caller, call, "id")
        .compose(asset -> update(asset, name, status))
        .compose(done -> named(caller, call, "id"))
        .compose(this::answer);
  }

  private Future<Void> update(Asset asset, Optional<String> name, Optional<HolderStatus> status) {
    return stores
        .programAssets()
        .update(
            asset.tenant(),
            asset.id(),
            status,
            text -> name.map(AssetDetail.parse(text)::named).map(AssetDetail::text).orElse(text),
            services.now());
  }

  /** Links an asset to a further programme. */
  Future<Answer> link(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(
            program -> named(caller, call, "assetId").compose(asset -> link(asset, program.id())))
        .compose(this::answer);
  }

  private Future<Asset> link(Asset asset, HolderId program) {
    return stores
        .programAssets()
        .link(asset.tenant(), program, asset.id(), services.now())
        .map(asset);
  }

  private Future<Asset> named(Caller caller, Call call, String parameter) {
    UUID id = Reader.pathId(call, parameter);
    return services
        .assets()
        .find(caller.tenant(), new AssetId(id))
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
    json.uuid("id", asset.id().value())
        .text("name", detail.name())
        .text("symbol", asset.reference())
        .text("inventory_mode", (asset.lots() ? Mode.LOT : Mode.SIMPLE).name())
        .text("issuance_policy", detail.policy().name())
        .number("scale", asset.scale())
        .text(AssetDetail.CEILING, rules.ceiling().map(amount -> rules.text(amount)).orElse(null))
        .uuids("program_ids", linked.getOrDefault(asset.id(), List.of()), HolderId::value)
        .text("status", asset.status().name())
        .time("created_at", asset.createdAt())
        .time("updated_at", asset.updatedAt());
    return asset.status() == HolderStatus.ARCHIVED
        ? json.time("deleted_at", asset.updatedAt())
        : json;
  }
}
