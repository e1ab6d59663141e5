package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.dialect.scrip.WalletMovement.Direction;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Programmes' wallets: out of these come the credits of PREFUNDED assets. */
record Wallets(
    Services services,
    ScripStores stores,
    Directory directory,
    Holders holders,
    Balances balances,
    Events events) {
  /** Adds to a wallet, out of SYSTEM_ISSUANCE. */
  Future<Answer> fund(Caller caller, Call call) {
    return move(caller.principal(), Direction.FUND, Reader.read(call, WalletRequest::read));
  }

  /** Takes from a wallet, into SYSTEM_BREAKAGE. */
  Future<Answer> burn(Caller caller, Call call) {
    return move(caller.principal(), Direction.BURN, Reader.read(call, WalletRequest::read));
  }

  private record Query(UUID program, Optional<UUID> asset, Page<UUID> page) {
    static Query read(Reader reader) {
      UUID program = reader.pathId();
      Optional<UUID> asset = reader.query("asset_id", Reader.ID);
      return new Query(
          program,
          asset,
          Page.read(reader, "wallet", 1, parts -> Values.uuid(parts.getFirst()), program, asset));
    }
  }

  /** Every PREFUNDED asset of the programme, with what its wallet holds. */
  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    return holders
        .byId(caller.tenant(), Names.PROGRAM, query.program())
        .compose(
            program ->
                balances
                    .requireAsset(caller.tenant(), query.asset())
                    .compose(known -> wallets(program)))
        .map(found -> slice(found, query))
        .map(slice -> slice.answer(query.page(), Wallets::place, Wallets::write));
  }

  private static Slice<Balance> slice(List<Balance> wallets, Query query) {
    int limit = query.page().limit();
    Optional<UUID> after = query.page().after();
    return Slice.of(
        Balances.only(wallets, query.asset()).stream()
            .filter(
                wallet -> after.isEmpty() || wallet.asset().id().value().compareTo(after.get()) > 0)
            .limit(limit + 1L)
            .toList(),
        limit);
  }

  private static List<String> place(Balance wallet) {
    return List.of(wallet.asset().id().value().toString());
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
    ParticipantWriter.writeBalance(json, balance)
        .text(AssetRequest.POLICY, AssetDetail.Policy.PREFUNDED.name());
  }

  private Future<Answer> move(Principal asking, Direction direction, WalletRequest request) {
    TenantId tenant = asking.tenant();
    return Preparation.of(
            holders
                .byId(tenant, Names.PROGRAM, request.program())
                .compose(
                    program -> directory.programAsset(tenant, request.program(), request.asset()))
                .compose(
                    named ->
                        directory
                            .system(tenant, direction.system())
                            .map(system -> new WalletMovement(direction, request, named, system))))
        .compose(
            movement ->
                services
                    .pipeline()
                    .submit(movement.command(asking, services.transferId(), events))
                    .map(movement::answer));
  }
}
