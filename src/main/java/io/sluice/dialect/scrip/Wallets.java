package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.dialect.scrip.WalletMovement.Direction;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Principal;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Programmes' wallets: out of these come the credits of PREFUNDED assets. */
record Wallets(
    Services services,
    ScripStores stores,
    Directory directory,
    Holders holders,
    Balances balances) {
  /** Adds to a wallet, out of SYSTEM_ISSUANCE. */
  Future<Answer> fund(Caller caller, Call call) {
    WalletRequest request = WalletRequest.read(call);
    return wallet(caller, call)
        .compose(
            wallet -> {
              if (!wallet.rules().prefunded()) {
                throw Reader.refusal("an UNLIMITED asset has no wallet to fund");
              }
              return move(caller.principal(), Direction.FUND, wallet, request);
            });
  }

  /** Takes from a wallet, into SYSTEM_BREAKAGE. */
  Future<Answer> burn(Caller caller, Call call) {
    WalletRequest request = WalletRequest.read(call);
    return wallet(caller, call)
        .compose(
            wallet ->
                wallet.rules().prefunded()
                    ? move(caller.principal(), Direction.BURN, wallet, request)
                    : Future.succeededFuture(WalletMovement.nothingBurned(wallet)));
  }

  /** Every PREFUNDED asset of the programme, with what its wallet holds. */
  Future<Answer> list(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(this::wallets)
        .map(found -> Balances.slice(call, found))
        .map(slice -> slice.answer(Balance::cursor, Wallets::write));
  }

  private Future<List<Balance>> wallets(Holder program) {
    return stores
        .programAssets()
        .assetsOf(program.tenant(), program.id())
        .compose(ids -> services.assets().findAll(program.tenant(), ids))
        .compose(assets -> balances.of(program).map(funded -> wallets(assets.values(), funded)));
  }

  private static List<Balance> wallets(Collection<Asset> assets, List<Balance> funded) {
    return assets.stream()
        .map(AssetRules::of)
        .filter(AssetRules::prefunded)
        .map(asset -> Balances.find(funded, asset))
        .sorted(Balances.BY_ASSET)
        .toList();
  }

  private static void write(JsonWriter json, Balance balance) {
    json.uuid("asset_id", balance.asset().id().value())
        .text("available", balance.text(Bucket.AVAILABLE));
  }

  private Future<ProgramAsset> wallet(Caller caller, Call call) {
    UUID asset = Reader.pathId(call, "assetId");
    return Preparation.of(
            holders
                .named(caller, call, Names.PROGRAM)
                .compose(
                    program ->
                        directory.programAsset(program.tenant(), program.id().value(), asset)))
        .map(Wallets::existing);
  }

  /** Without a key there is no replay that would go first, so what is amiss is said at once. */
  private static ProgramAsset existing(ProgramAsset named) {
    if (named.asset().isEmpty()) {
      throw new ApiException(Errors.notFound("asset", named.assetId()));
    }
    if (!named.linked()) {
      throw new ApiException(Errors.assetNotLinked(named.assetId(), named.programId()));
    }
    return named;
  }

  private Future<Answer> move(
      Principal asking, Direction direction, ProgramAsset wallet, WalletRequest request) {
    return Preparation.of(directory.system(asking.tenant(), direction.system()))
        .map(system -> new WalletMovement(direction, request, wallet, system))
        .compose(
            movement ->
                services
                    .pipeline()
                    .submit(movement.command(asking, services.transferId()))
                    .map(movement::answer));
  }
}
