package io.sluice.dialect.scrip;

import io.sluice.dialect.Afterword;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.dialect.scrip.Holding.Effect;
import io.sluice.dialect.scrip.HoldingRequest.Kind;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Holds of participants and groups, and what becomes of them: value moves between a holder's
 * buckets, or out of them for good.
 */
record Holdings(
    Services services,
    ScripStores stores,
    Directory directory,
    Holders holders,
    Balances balances,
    Events events) {
  /** The handler of one operation. */
  Operation.Handler<Caller> of(String holderKind, Kind kind) {
    return (caller, call) -> move(caller, call, holderKind, kind);
  }

  private Future<Answer> move(Caller caller, Call call, String holderKind, Kind kind) {
    HoldingRequest request = Reader.read(call, reader -> HoldingRequest.read(reader, kind));
    return Preparation.of(
            holders
                .byId(caller.tenant(), holderKind, request.holder())
                .compose(holder -> resolve(caller.tenant(), request, holder)))
        .compose(
            found ->
                services
                    .pipeline()
                    .submit(found.command(caller.principal(), services.transferId(), events))
                    .compose(outcome -> answer(call, found, outcome)));
  }

  private Future<Holding> resolve(TenantId tenant, HoldingRequest request, Holder holder) {
    var named = directory.programAsset(tenant, request.program(), request.asset());
    var issuance = directory.system(tenant, Names.ISSUANCE);
    var breakage = directory.system(tenant, Names.BREAKAGE);
    return Future.all(named, issuance, breakage)
        .map(
            all ->
                new Holding(request, holder, named.result(), issuance.result(), breakage.result()));
  }

  /** A request with a key can be sent again for what could not be read; one without must not. */
  private Future<Answer> answer(Call call, Holding done, Outcome outcome) {
    Receipt receipt = done.receipt(outcome);
    Future<Effect> effect = effect(done, receipt);
    Future<Optional<Effect>> told =
        done.request().key().isEmpty() ? Afterword.of(call, effect) : effect.map(Optional::of);
    return told.map(known -> done.stored(receipt, known).about(receipt.id()));
  }

  private Future<Effect> effect(Holding done, Receipt receipt) {
    Future<Balance> balance = balance(done, receipt);
    Future<List<LotMovement>> moved =
        done.named().rules().lots()
            ? services.transfers().lotMovements(done.holder().tenant(), receipt.id())
            : Future.succeededFuture(List.of());
    return balance.compose(known -> moved.map(lots -> new Effect(known, lots)));
  }

  /**
   * What the holder had when the request was answered first. That is kept for requests with a key,
   * whose answer is to be the same for ever; nobody has seen one that was not kept.
   */
  private Future<Balance> balance(Holding done, Receipt receipt) {
    AssetRules asset = done.named().rules();
    if (done.request().key().isEmpty()) {
      return balances.of(done.holder(), asset);
    }
    return stores
        .answers()
        .first(
            done.holder().tenant(),
            receipt.id(),
            () -> balances.of(done.holder(), asset).map(Balance::buckets))
        .map(buckets -> new Balance(asset, buckets));
  }
}
