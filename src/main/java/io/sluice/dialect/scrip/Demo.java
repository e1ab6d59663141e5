package io.sluice.dialect.scrip;

import io.sluice.dialect.Demonstration;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.AssetDetail.Policy;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A programme with an asset and two participants of whom one has some; in the demo also an asset in
 * lots, and plenty of both. All ids follow from the tenant's name, so that setting it up again
 * changes nothing.
 */
record Demo(Services services, ScripStores stores, Directory directory) {
  private static final int SCALE = 2;
  private static final long AMPLE = 1_000_000_000_000_00L;
  private static final long SHOWN = 1_50;
  private static final Amount VOUCHERS = Amount.of(1_000);
  private static final Amount BOOKED = Amount.of(40);
  private static final Instant EXPIRES_AT = Instant.parse("2030-01-01T00:00:00Z");

  /** What is set up, for whom. */
  private record Scene(Demonstration demonstration) {
    TenantId tenant() {
      return demonstration.tenant();
    }

    HolderId program() {
      return new HolderId(id("program"));
    }

    AssetId points() {
      return new AssetId(id("asset"));
    }

    AssetId vouchers() {
      return new AssetId(id("voucher"));
    }

    String anna() {
      return demonstration.named("anna");
    }

    String ben() {
      return demonstration.named("ben");
    }

    /** Of what is named by the demonstration's name and a word, or by the word alone. */
    UUID id(String name) {
      return Digest.start().add("scrip." + demonstration.name()).add(name).toUuid();
    }
  }

  Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    var scene = new Scene(demonstration);
    TenantId tenant = scene.tenant();
    return services
        .holders()
        .insert(
            holder(
                scene, scene.program().value(), Names.PROGRAM, scene.program().value().toString()))
        .compose(done -> create(scene, points(scene)))
        .compose(done -> participant(scene, scene.anna()))
        .compose(anna -> participant(scene, scene.ben()))
        .compose(ben -> directory.system(tenant, Names.ISSUANCE))
        .compose(issuance -> credit(scene, issuance))
        .compose(done -> demonstration.issuer().issue(Names.API_KEY, tenant, demonstration.name()))
        .map(key -> shown(scene, key));
  }

  private Holder holder(Scene scene, UUID id, String kind, String reference) {
    Instant now = services.now();
    String name = scene.demonstration().pick("Demonstration", scene.demonstration().name());
    String detail = kind.equals(Names.PROGRAM) ? ProgramDetail.named(name).text() : "{}";
    return Holder.active(scene.tenant(), new HolderId(id), kind, reference, detail, now);
  }

  private Future<?> create(Scene scene, Asset asset) {
    return stores.programAssets().create(asset, Optional.empty(), scene.program());
  }

  private Asset points(Scene scene) {
    return asset(
        scene.tenant(),
        scene.points(),
        scene.demonstration().pick("Demonstration points", "Points"),
        scene.demonstration().pick("DEMO", "POINTS"),
        SCALE,
        false);
  }

  private Asset vouchers(Scene scene) {
    return asset(scene.tenant(), scene.vouchers(), "Demonstration vouchers", "VOUCHER", 0, true);
  }

  private Asset asset(
      TenantId tenant, AssetId id, String name, String symbol, int scale, boolean lots) {
    var detail = new AssetDetail(name, Policy.UNLIMITED, Optional.empty());
    return Asset.active(
        tenant, id, Names.ASSET, symbol, scale, lots, detail.text(), services.now());
  }

  private Future<Boolean> participant(Scene scene, String externalId) {
    return services
        .holders()
        .insert(holder(scene, scene.id(externalId), Names.PARTICIPANT, externalId));
  }

  /** Credits them once and for all: later starts find the keys used. */
  private Future<Void> credit(Scene scene, HolderId issuance) {
    AssetRules points = AssetRules.of(points(scene));
    Amount funds = scene.demonstration().funds(AMPLE, SHOWN);
    Future<Void> anna = credit(scene, issuance, points, scene.anna(), funds);
    return scene.demonstration().isDemo()
        ? anna.compose(done -> credit(scene, issuance, points, scene.ben(), funds))
            .compose(done -> create(scene, vouchers(scene)))
            .compose(done -> creditVouchers(scene, issuance))
        : anna;
  }

  private Future<Void> credit(
      Scene scene, HolderId issuance, AssetRules points, String externalId, Amount funds) {
    AccountRef to = available(scene, points, externalId);
    return credit(scene, externalId, Leg.of(points.system(issuance), to, funds));
  }

  private Future<Void> creditVouchers(Scene scene, HolderId issuance) {
    AssetRules vouchers = AssetRules.of(vouchers(scene));
    var expiring = new LotRule.Automatic(Optional.of(EXPIRES_AT), LotMarks.NONE);
    var booked =
        new LotRule.Automatic(
            Optional.empty(), LotMarks.of(Optional.empty(), Optional.of("demo-booking")));
    AccountRef from = vouchers.system(issuance);
    AccountRef held = vouchers.account(new HolderId(scene.id(scene.anna())), Bucket.HELD);
    return credit(
            scene,
            "vouchers",
            Leg.of(from, available(scene, vouchers, scene.anna()), VOUCHERS, expiring))
        .compose(done -> credit(scene, "booking", Leg.of(from, held, BOOKED, booked)));
  }

  private static AccountRef available(Scene scene, AssetRules asset, String externalId) {
    return asset.account(new HolderId(scene.id(externalId)), Bucket.AVAILABLE);
  }

  private Future<Void> credit(Scene scene, String key, Leg leg) {
    UUID asset = leg.credit().asset().value();
    String detail =
        new EntryDetail(scene.program().value(), asset, scene.demonstration().description())
            .begin()
            .toText();
    return services
        .pipeline()
        .submit(
            TransferCommand.of(
                    Principal.operator(scene.tenant()), services.transferId(), Action.CREDIT.kind())
                .detail(detail)
                .key(IdempotencyKey.of(Names.KEY_SCOPE + "demo", key, Digest.start()))
                .to(new Intent.Move(leg)))
        .mapEmpty();
  }

  private static FirstTransfer shown(Scene scene, String key) {
    String line =
        """
        curl -sS -X POST %s/v1/transfers %s \
        -H 'Content-Type: application/json' -d '{"program_id":"%s","asset_id":"%s",\
        "description":"%s","source_external_id":"%s",\
        "recipients":[{"external_id":"%s","amount":"1.50"}],\
        "idempotency_key":"'$(cat /proc/sys/kernel/random/uuid)'"}'\
        """
            .formatted(
                scene.demonstration().baseUrl(),
                FirstTransfer.HEADERS,
                scene.program().value(),
                scene.points().value(),
                scene.demonstration().description(),
                scene.anna(),
                scene.ben());
    return new FirstTransfer(Map.of(), Map.of(Names.KEY_HEADER, key), line);
  }
}
