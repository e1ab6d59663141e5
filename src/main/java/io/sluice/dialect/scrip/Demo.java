package io.sluice.dialect.scrip;

import io.sluice.dialect.Demonstration;
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
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A programme with two assets, one of them in lots, and two participants who have plenty of them.
 * All ids are fixed, so that setting it up again changes nothing.
 */
record Demo(Services services, ScripStores stores, Directory directory) {
  private static final String CREDENTIAL = "demo";
  private static final int SCALE = 2;
  private static final Amount AMPLE = Amount.of(1_000_000_000_00L);
  private static final Amount VOUCHERS = Amount.of(1_000);
  private static final Amount BOOKED = Amount.of(40);
  private static final Instant EXPIRES_AT = Instant.parse("2030-01-01T00:00:00Z");
  private static final HolderId PROGRAM = new HolderId(fixed("program"));
  private static final AssetId ASSET = new AssetId(fixed("asset"));
  private static final AssetId VOUCHER = new AssetId(fixed("voucher"));
  private static final List<String> PARTICIPANTS = List.of("demo-anna", "demo-ben");

  Future<String> prepare(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    return services
        .holders()
        .insert(holder(tenant, PROGRAM.value(), Names.PROGRAM, PROGRAM.value().toString()))
        .compose(done -> stores.programAssets().create(points(tenant), Optional.empty(), PROGRAM))
        .compose(done -> stores.programAssets().create(vouchers(tenant), Optional.empty(), PROGRAM))
        .compose(done -> participant(tenant, PARTICIPANTS.getFirst()))
        .compose(anna -> participant(tenant, PARTICIPANTS.getLast()))
        .compose(ben -> directory.system(tenant, Names.ISSUANCE))
        .compose(issuance -> credit(tenant, issuance))
        .compose(done -> demonstration.issuer().issue(Names.API_KEY, tenant, CREDENTIAL))
        .map(key -> line(demonstration, key));
  }

  private Holder holder(TenantId tenant, UUID id, String kind, String reference) {
    Instant now = services.now();
    String detail = kind.equals(Names.PROGRAM) ? ProgramDetail.named("Demonstration").text() : "{}";
    return Holder.active(tenant, new HolderId(id), kind, reference, detail, now);
  }

  private Asset points(TenantId tenant) {
    return asset(tenant, ASSET, "Demonstration points", "DEMO", SCALE, false);
  }

  private Asset vouchers(TenantId tenant) {
    return asset(tenant, VOUCHER, "Demonstration vouchers", "VOUCHER", 0, true);
  }

  private Asset asset(
      TenantId tenant, AssetId id, String name, String symbol, int scale, boolean lots) {
    var detail = new AssetDetail(name, Policy.UNLIMITED, Optional.empty());
    return Asset.active(
        tenant, id, Names.ASSET, symbol, scale, lots, detail.text(), services.now());
  }

  private Future<Boolean> participant(TenantId tenant, String externalId) {
    return services
        .holders()
        .insert(holder(tenant, fixed(externalId), Names.PARTICIPANT, externalId));
  }

  /** Credits them once and for all: later starts find the keys used. */
  private Future<Void> credit(TenantId tenant, HolderId issuance) {
    AssetRules points = AssetRules.of(points(tenant));
    AssetRules vouchers = AssetRules.of(vouchers(tenant));
    String anna = PARTICIPANTS.getFirst();
    String ben = PARTICIPANTS.getLast();
    var expiring = new LotRule.Automatic(Optional.of(EXPIRES_AT), LotMarks.NONE);
    var booked =
        new LotRule.Automatic(
            Optional.empty(), LotMarks.of(Optional.empty(), Optional.of("demo-booking")));
    AccountRef from = vouchers.system(issuance);
    return credit(tenant, anna, Leg.of(points.system(issuance), available(points, anna), AMPLE))
        .compose(
            done ->
                credit(tenant, ben, Leg.of(points.system(issuance), available(points, ben), AMPLE)))
        .compose(
            done ->
                credit(
                    tenant,
                    "vouchers",
                    Leg.of(from, available(vouchers, anna), VOUCHERS, expiring)))
        .compose(
            done -> {
              AccountRef held = vouchers.account(new HolderId(fixed(anna)), Bucket.HELD);
              return credit(tenant, "booking", Leg.of(from, held, BOOKED, booked));
            })
        .mapEmpty();
  }

  private static AccountRef available(AssetRules asset, String externalId) {
    return asset.account(new HolderId(fixed(externalId)), Bucket.AVAILABLE);
  }

  private Future<Outcome> credit(TenantId tenant, String key, Leg leg) {
    UUID asset = leg.credit().asset().value();
    String detail = new EntryDetail(PROGRAM.value(), asset, "Demonstration").begin().toText();
    return services
        .pipeline()
        .submit(
            TransferCommand.of(
                    Principal.operator(tenant), services.transferId(), Action.CREDIT.kind())
                .detail(detail)
                .key(IdempotencyKey.of(Names.KEY_SCOPE + "demo", key, Digest.start()))
                .to(new Intent.Move(leg)));
  }

  private static UUID fixed(String name) {
    return Digest.start().add("scrip.demo").add(name).toUuid();
  }

  private static String line(Demonstration demonstration, String key) {
    return """
    curl -sS -X POST %s/v1/transfers -H 'X-API-Key: %s' \
    -H 'Content-Type: application/json' -d '{"program_id":"%s","asset_id":"%s",\
    "description":"Demonstration","source_external_id":"%s",\
    "recipients":[{"external_id":"%s","amount":"1.50"}],\
    "idempotency_key":"'$(cat /proc/sys/kernel/random/uuid)'"}'\
    """
        .formatted(
            demonstration.baseUrl(),
            key,
            PROGRAM.value(),
            ASSET.value(),
            PARTICIPANTS.getFirst(),
            PARTICIPANTS.getLast());
  }
}
