package io.sluice.dialect.corebanq;

import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.dialect.corebanq.CorebanqErrors.FieldError;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's currencies. The first ledger in a currency makes it known and fixes which {@code
 * currency_id} goes with its code.
 */
final class Currencies {
  static final String KIND = "corebanq.currency";

  /** Amounts are cents in every currency. */
  static final int SCALE = 2;

  private final Services services;

  Currencies(Services services) {
    this.services = services;
  }

  /** The currency's asset; the request is refused when the tenant's code has another id. */
  Future<AssetId> use(TenantId tenant, String code, UUID currencyId) {
    return find(tenant, code)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : create(tenant, code, currencyId))
        .map(asset -> checked(asset, code, currencyId));
  }

  private Future<Optional<Asset>> find(TenantId tenant, String code) {
    return services.assets().findByReference(tenant, KIND, code);
  }

  private Future<Asset> create(TenantId tenant, String code, UUID currencyId) {
    Instant now = services.clock().instant();
    String detail = JsonWriter.object().uuid("currency_id", currencyId).toText();
    Asset asset =
        new Asset(
            tenant,
            new AssetId(services.ids().next()),
            KIND,
            code,
            SCALE,
            false,
            HolderStatus.ACTIVE,
            detail,
            now,
            now);
    return services
        .assets()
        .insert(asset)
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(asset)
                    : find(tenant, code).map(Optional::orElseThrow));
  }

  private static AssetId checked(Asset asset, String code, UUID currencyId) {
    UUID known = Values.uuid(Json.parse(asset.detail()).get("currency_id")).orElseThrow();
    if (!known.equals(currencyId)) {
      throw CorebanqErrors.failure(
          CorebanqErrors.validationFailed(
              List.of(
                  new FieldError(
                      "currency_id", "must be " + known + ", as in other " + code + " ledgers"))));
    }
    return asset.id();
  }
}
