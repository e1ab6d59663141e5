package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What holders have, as last committed. Expired lots never count. */
record Balances(Services services) {
  static final Comparator<Balance> BY_ASSET =
      Comparator.comparing(balance -> balance.asset().id().value());

  /** What a holder has of one asset. Buckets without an account are absent, which means zero. */
  record Balance(AssetRules asset, Map<Bucket, Amount> buckets) {
    static Balance none(AssetRules asset) {
      return new Balance(asset, Map.of());
    }

    String text(Bucket bucket) {
      return asset.text(buckets.getOrDefault(bucket, Amount.ZERO));
    }

    /** The sum over all buckets. It may have a digit more than an amount may. */
    String total() {
      var units =
          buckets.values().stream().map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
      return new BigDecimal(units, asset.scale()).toPlainString();
    }

    /** Members {@code available}, {@code held}, {@code deferred}. */
    JsonWriter write(JsonWriter json) {
      return json.text("available", text(Bucket.AVAILABLE))
          .text("held", text(Bucket.HELD))
          .text("deferred", text(Bucket.DEFERRED));
    }
  }

  /** What a holder has, by asset id. */
  Future<List<Balance>> of(Holder holder) {
    return of(holder.tenant(), List.of(holder.id()))
        .map(found -> found.getOrDefault(holder.id(), List.of()));
  }

  /** What a holder has of one asset, zero included. */
  Future<Balance> of(Holder holder, AssetRules asset) {
    return of(holder).map(balances -> find(balances, asset));
  }

  /** The one of these balances that is of an asset, or zero. */
  static Balance find(List<Balance> balances, AssetRules asset) {
    return balances.stream()
        .filter(balance -> balance.asset().id().equals(asset.id()))
        .findFirst()
        .orElseGet(() -> Balance.none(asset));
  }

  /** What several holders have, each by asset id; holders without accounts are absent. */
  Future<Map<HolderId, List<Balance>>> of(TenantId tenant, Collection<HolderId> holders) {
    return services
        .holders()
        .balances(tenant, holders)
        .compose(
            accounts ->
                services
                    .assets()
                    .findAll(tenant, assetsOf(accounts))
                    .map(assets -> gather(accounts, assets)));
  }

  /** Those of one asset, if a request asks for one; zero balances are there too. */
  static List<Balance> only(List<Balance> balances, Optional<UUID> asset) {
    return balances.stream()
        .filter(balance -> asset.isEmpty() || balance.asset().id().value().equals(asset.get()))
        .toList();
  }

  /** Fails with {@code not_found} when a request names an asset that does not exist. */
  Future<?> requireAsset(TenantId tenant, Optional<UUID> asset) {
    return asset.isEmpty()
        ? Future.succeededFuture()
        : services
            .assets()
            .find(tenant, new AssetId(asset.get()))
            .map(
                found ->
                    found
                        .filter(known -> known.kind().equals(Names.ASSET))
                        .orElseThrow(
                            () -> new ApiException(Errors.notFound("asset", asset.get()))));
  }

  private static List<AssetId> assetsOf(List<AccountBalance> accounts) {
    return accounts.stream().map(AccountBalance::asset).distinct().toList();
  }

  private static Map<HolderId, List<Balance>> gather(
      List<AccountBalance> accounts, Map<AssetId, Asset> assets) {
    Map<HolderId, Map<AssetId, Balance>> byHolder = new HashMap<>();
    for (AccountBalance account : accounts) {
      byHolder
          .computeIfAbsent(account.holder(), holder -> new HashMap<>())
          .computeIfAbsent(
              account.asset(),
              id -> new Balance(AssetRules.of(assets.get(id)), new EnumMap<>(Bucket.class)))
          .buckets()
          .put(account.bucket(), account.available());
    }
    return byHolder.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> sorted(entry.getValue().values())));
  }

  private static List<Balance> sorted(Collection<Balance> balances) {
    List<Balance> sorted = new ArrayList<>(balances);
    sorted.sort(BY_ASSET);
    return sorted;
  }
}
