package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Assets: what is counted. They belong to the organisation and are linked to programmes. */
final class Assets {
  private static final int MAX_SCALE = 18;
  private static final int MAX_SYMBOL_CHARS = 16;

  private final Services services;
  private final ScripStores stores;
  private final Holders holders;

  Assets(Services services, ScripStores stores, Holders holders) {
    this.services = services;
    this.stores = stores;
    this.holders = holders;
  }

  /** How balances are kept. */
  enum Mode {
    SIMPLE,
    LOT
  }

  enum Status {
    ACTIVE,
    ARCHIVED
  }

  Future<Answer> create(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    UUID program = fields.uuid("program_id");
    Asset asset = read(fields, caller.tenant());
    return holders
        .byId(caller.tenant(), Names.PROGRAM, program)
        .compose(found -> stores.programAssets().create(asset, found.id()))
        .map(
            created -> {
              if (!created) {
                throw ScripErrors.thrown(
                    ScripErrors.conflict(
                        "there is an asset with symbol " + asset.reference() + " already"));
              }
              List<HolderId> programs = List.of(new HolderId(program));
              return Outcomes.created(write(JsonWriter.object(), asset, programs));
            });
  }

  private Asset read(Fields fields, TenantId tenant) {
    String name = fields.text("name", 1, Fields.MAX_NAME_CHARS);
    String symbol = symbol(fields);
    Mode mode = fields.choice("inventory_mode", Mode.class);
    ScripAsset.Policy policy = fields.choice("issuance_policy", ScripAsset.Policy.class);
    int scale = fields.integer("scale", 0, MAX_SCALE);
    Optional<BigDecimal> ceiling = fields.optionalAmount("max_transaction_amount");
    var id = new AssetId(services.ids().next());
    ceiling
        .flatMap(
            value ->
                new ScripAsset(id, scale, false, false, Optional.empty())
                    .refusal("max_transaction_amount", value))
        .ifPresent(
            refusal -> {
              throw ScripErrors.thrown(refusal);
            });
    String detail =
        detail(name, policy.name(), ceiling.map(BigDecimal::toPlainString).orElse(null));
    Instant now = holders.now();
    return new Asset(
        tenant,
        id,
        Names.ASSET,
        symbol,
        scale,
        mode == Mode.LOT,
        HolderStatus.ACTIVE,
        detail,
        now,
        now);
  }

  private static String symbol(Fields fields) {
    String symbol = fields.text("symbol", 1, MAX_SYMBOL_CHARS);
    if (!symbol.matches("[A-Za-z0-9]+")) {
      throw Fields.refuse("symbol must be made of letters A to Z and digits");
    }
    return symbol;
  }

  Future<Answer> list(Caller caller, Call call) {
    int limit = Queries.limit(call);
    Optional<UUID> before = Queries.after(call, Names.ASSET);
    return stores
        .listings()
        .assets(caller.tenant(), Names.ASSET, before, limit + 1)
        .compose(ids -> page(caller.tenant(), Page.of(ids, limit)));
  }

  private Future<Answer> page(TenantId tenant, Page<AssetId> page) {
    return services
        .assets()
        .findAll(tenant, page.items())
        .compose(
            assets ->
                stores
                    .programAssets()
                    .programsOf(tenant, page.items())
                    .map(
                        programs ->
                            page.map(assets::get).answer(Assets::cursor, writer(programs))));
  }

  private static BiConsumer<JsonWriter, Asset> writer(Map<AssetId, List<HolderId>> programs) {
    return (json, asset) -> write(json, asset, programs.getOrDefault(asset.id(), List.of()));
  }

  private static String[] cursor(Asset asset) {
    return new String[] {Names.ASSET, asset.id().value().toString()};
  }

  Future<Answer> get(Caller caller, Call call) {
    return named(caller, call, "id").compose(this::answer);
  }

  Future<Answer> update(Caller caller, Call call) {
    Fields fields = Fields.of(call);
    Optional<String> name = fields.optionalText("name", 1, Fields.MAX_NAME_CHARS);
    Optional<Status> status = fields.optionalChoice("status", Status.class);
    return named(caller, call, "id")
        .compose(asset -> update(asset, name, status).map(asset))
        .compose(asset -> named(caller, call, "id"))
        .compose(this::answer);
  }

  private Future<Void> update(Asset asset, Optional<String> name, Optional<Status> status) {
    return stores
        .programAssets()
        .update(
            asset.tenant(),
            asset.id(),
            status.map(s -> HolderStatus.valueOf(s.name())),
            old -> renamed(Json.parse(old), name),
            holders.now());
  }

  private static String renamed(JsonNode old, Optional<String> name) {
    return detail(
        name.orElse(old.get("name").textValue()),
        old.get("issuance_policy").textValue(),
        ceiling(old));
  }

  /** Links an asset to a further programme. */
  Future<Answer> link(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(
            program ->
                named(caller, call, "assetId")
                    .compose(
                        asset ->
                            stores
                                .programAssets()
                                .link(caller.tenant(), program.id(), asset.id(), holders.now())
                                .map(asset)))
        .compose(this::answer);
  }

  private Future<Asset> named(Caller caller, Call call, String parameter) {
    UUID id = Queries.pathUuid(call, parameter);
    return services
        .assets()
        .find(caller.tenant(), new AssetId(id))
        .map(
            found ->
                found
                    .filter(asset -> asset.kind().equals(Names.ASSET))
                    .orElseThrow(() -> ScripErrors.thrown(ScripErrors.notFound("asset", id))));
  }

  private Future<Answer> answer(Asset asset) {
    return stores
        .programAssets()
        .programsOf(asset.tenant(), List.of(asset.id()))
        .map(
            programs ->
                Outcomes.ok(
                    write(
                        JsonWriter.object(), asset, programs.getOrDefault(asset.id(), List.of()))));
  }

  private static String detail(String name, String policy, String ceiling) {
    var json = JsonWriter.object().text("name", name).text("issuance_policy", policy);
    if (ceiling != null) {
      json.text("max_transaction_amount", ceiling);
    }
    return json.toText();
  }

  private static String ceiling(JsonNode detail) {
    JsonNode ceiling = detail.get("max_transaction_amount");
    return ceiling == null ? null : ceiling.textValue();
  }

  private static JsonWriter write(JsonWriter json, Asset asset, List<HolderId> programs) {
    JsonNode detail = Json.parse(asset.detail());
    ScripAsset rules = ScripAsset.of(asset);
    json.uuid("id", asset.id().value())
        .text("name", detail.get("name").textValue())
        .text("symbol", asset.reference())
        .text("inventory_mode", (asset.lots() ? Mode.LOT : Mode.SIMPLE).name())
        .text("issuance_policy", detail.get("issuance_policy").textValue())
        .number("scale", asset.scale())
        .text("max_transaction_amount", rules.ceiling().map(rules::text).orElse(null))
        .array("program_ids");
    programs.forEach(program -> json.element(program.value().toString()));
    json.end()
        .text("status", asset.status().name())
        .time("created_at", asset.createdAt())
        .time("updated_at", asset.updatedAt());
    return asset.status() == HolderStatus.ARCHIVED
        ? json.time("deleted_at", asset.updatedAt())
        : json;
  }
}
