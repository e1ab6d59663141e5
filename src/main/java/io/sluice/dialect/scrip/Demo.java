package io.sluice.dialect.scrip;

import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.AssetDetail.Policy;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
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
 * A programme with an asset and two participants who have plenty of it. All ids are fixed, so that
 * setting it up again changes nothing.
 */
record Demo(Services services, ScripStores stores, Directory directory) {
  private static final String CREDENTIAL = "demo";
  private static final String SYMBOL = "DEMO";
  private static final int SCALE = 2;
  private static final Amount AMPLE = Amount.of(1_000_000_000_00L);
  private static final HolderId PROGRAM = new HolderId(fixed("program"));
  private static final AssetId ASSET = new AssetId(fixed("asset"));
  private static final List<String> PARTICIPANTS = List.of("demo-anna", "demo-ben");

  Future<String> prepare(Demonstration demonstration) {
    TenantId tenant = demonstration.tenant();
    return services
        .holders()
        .insert(holder(tenant, PROGRAM.value(), Names.PROGRAM, PROGRAM.value().toString()))
        .compose(done -> stores.programAssets().create(asset(tenant), Optional.empty(), PROGRAM))
        .compose(done -> directory.system(tenant, Names.ISSUANCE))
        .compose(
            issuance ->
                fund(tenant, issuance, PARTICIPANTS.getFirst())
                    .compose(done -> fund(tenant, issuance, PARTICIPANTS.getLast())))
        .compose(done -> demonstration.issuer().issue(Names.API_KEY, tenant, CREDENTIAL))
        .map(key -> line(demonstration, key));
  }

  private Holder holder(TenantId tenant, UUID id, String kind, String reference) {
    Instant now = services.now();
    String detail = kind.equals(Names.PROGRAM) ? ProgramDetail.named("Demonstration").text() : "{}";
    return Holder.active(tenant, new HolderId(id), kind, reference, detail, now);
  }

  private Asset asset(TenantId tenant) {
    Instant now = services.now();
    var detail = new AssetDetail("Demonstration points", Policy.UNLIMITED, Optional.empty());
    return Asset.active(tenant, ASSET, Names.ASSET, SYMBOL, SCALE, false, detail.text(), now);
  }

  /** Creates a participant and credits it once and for all: later starts find the key used. */
  private Future<Outcome> fund(TenantId tenant, HolderId issuance, String externalId) {
    Holder participant = holder(tenant, fixed(externalId), Names.PARTICIPANT, externalId);
    AssetRules points = AssetRules.of(asset(tenant));
    var leg =
        Leg.of(points.system(issuance), points.account(participant.id(), Bucket.AVAILABLE), AMPLE);
    String detail =
        new EntryDetail(PROGRAM.value(), ASSET.value(), "Demonstration").begin().toText();
    var command =
        TransferCommand.of(Principal.operator(tenant), services.transferId(), Action.CREDIT.kind())
            .detail(detail)
            .key(IdempotencyKey.of(Names.KEY_SCOPE + "demo", externalId, Digest.start()))
            .to(new Intent.Move(leg));
    return services
        .holders()
        .insert(participant)
        .compose(inserted -> services.pipeline().submit(command));
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
