package io.sluice.dialect.corebanq;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's currencies. The first ledger in a currency makes it known and fixes which {@code
 * currency_id} goes with its code, and with no other.
 */
record Currencies(Services services) {
  /** Amounts are cents in every currency. */
  private static final int SCALE = 2;

  /** The currency's asset; the request is refused when one of its names goes with another. */
  Future<AssetId> use(TenantId tenant, Currency currency) {
    return find(tenant, currency)
        .compose(
            found ->
                found.isPresent() ? Future.succeededFuture(found.get()) : create(tenant, currency))
        .map(asset -> checked(asset, currency));
  }

  private Future<Optional<Asset>> find(TenantId tenant, Currency currency) {
    return services.assets().findByReference(tenant, Names.CURRENCY, currency.code());
  }

  private Future<Asset> create(TenantId tenant, Currency currency) {
    Instant now = services.now();
    String detail = JsonWriter.object().uuid("currency_id", currency.id()).toText();
    AssetId id = assetOf(currency.id());
    Asset asset =
        Asset.active(tenant, id, Names.CURRENCY, currency.code(), SCALE, false, detail, now);
    return services
        .assets()
        .insert(asset)
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(asset)
                    : find(tenant, currency)
                        .map(found -> found.orElseThrow(() -> taken(currency))));
  }

  /** The tenant can have no second asset of this id, so one currency id stands for one code. */
  private static AssetId assetOf(UUID currencyId) {
    return new AssetId(Digest.start().add(Names.CURRENCY).add(currencyId.toString()).toUuid());
  }

  private static ApiException taken(Currency currency) {
    return new ApiException(Errors.currencyIdTaken(currency.id(), currency.code()));
  }

  private static AssetId checked(Asset asset, Currency currency) {
    UUID known = Values.uuid(Json.parse(asset.detail()).get("currency_id")).orElseThrow();
    if (!known.equals(currency.id())) {
      throw new ApiException(Errors.currencyId(known, currency.code()));
    }
    return asset.id();
  }
}
