package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
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

  private static final String LIST = "balances";

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

    /** The parts of a cursor after this balance. */
    static String[] cursor(Balance balance) {
      return new String[] {LIST, balance.asset().id().value().toString()};
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

  /** Those of a holder's balances that a request asks for; zero balances are listed too. */
  static Slice<Balance> slice(Call call, List<Balance> balances) {
    int limit = Reader.limit(call);
    Optional<UUID> after = Reader.after(call, LIST);
    Optional<UUID> only = Reader.query(call, "asset_id", Reader.ID);
    return Slice.of(
        balances.stream()
            .filter(balance -> only.isEmpty() || balance.asset().id().value().equals(only.get()))
            .filter(
                balance ->
                    after.isEmpty() || balance.asset().id().value().compareTo(after.get()) > 0)
            .limit(limit + 1L)
            .toList(),
        limit);
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
