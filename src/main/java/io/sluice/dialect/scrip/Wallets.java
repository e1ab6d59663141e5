package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Programmes' wallets: out of these come the credits of PREFUNDED assets. */
final class Wallets {
  private final Services services;
  private final ScripStores stores;
  private final Directory directory;
  private final Holders holders;
  private final Balances balances;

  Wallets(
      Services services,
      ScripStores stores,
      Directory directory,
      Holders holders,
      Balances balances) {
    this.services = services;
    this.stores = stores;
    this.directory = directory;
    this.holders = holders;
    this.balances = balances;
  }

  /** A programme and an asset that it may use. */
  private record Wallet(HolderId program, ScripAsset asset, AccountRef account) {}

  /** Adds to a wallet, out of SYSTEM_ISSUANCE. */
  Future<Answer> fund(Caller caller, Call call) {
    BigDecimal amount = amount(call);
    return wallet(caller, call)
        .compose(
            wallet -> {
              if (!wallet.asset().prefunded()) {
                throw Fields.refuse("an UNLIMITED asset has no wallet to fund");
              }
              return holders
                  .system(caller.tenant(), Holders.ISSUANCE)
                  .compose(
                      issuance ->
                          move(
                              caller,
                              call,
                              "scrip.fund",
                              wallet,
                              wallet.asset().system(issuance),
                              wallet.account(),
                              amount));
            });
  }

  /** Takes from a wallet, into SYSTEM_BREAKAGE. */
  Future<Answer> burn(Caller caller, Call call) {
    BigDecimal amount = amount(call);
    return wallet(caller, call)
        .compose(
            wallet ->
                wallet.asset().prefunded()
                    ? holders
                        .system(caller.tenant(), Holders.BREAKAGE)
                        .compose(
                            breakage ->
                                move(
                                    caller,
                                    call,
                                    "scrip.burn",
                                    wallet,
                                    wallet.account(),
                                    wallet.asset().system(breakage),
                                    amount))
                    : Future.succeededFuture(
                        answer(wallet, Amount.ZERO, null, "an UNLIMITED asset has no wallet")));
  }

  /** Every PREFUNDED asset of the programme, with what its wallet holds. */
  Future<Answer> list(Caller caller, Call call) {
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(program -> wallets(caller, program.id()))
        .map(found -> Balances.page(call, found))
        .map(
            page ->
                page.answer(
                    Balance::cursor,
                    (json, balance) ->
                        json.uuid("asset_id", balance.asset().id().value())
                            .text("available", balance.text(Bucket.AVAILABLE))));
  }

  private Future<List<Balance>> wallets(Caller caller, HolderId program) {
    return stores
        .programAssets()
        .assetsOf(caller.tenant(), program)
        .compose(ids -> services.assets().findAll(caller.tenant(), ids))
        .compose(
            assets ->
                balances
                    .of(caller.tenant(), program)
                    .map(
                        funded ->
                            assets.values().stream()
                                .map(ScripAsset::of)
                                .filter(ScripAsset::prefunded)
                                .map(asset -> Balances.find(funded, asset))
                                .sorted(Balances.BY_ASSET)
                                .toList()));
  }

  private static BigDecimal amount(Call call) {
    Fields fields = Fields.of(call);
    fields.optionalText("description", 0, Fields.MAX_DESCRIPTION_CHARS);
    return fields.amount("amount");
  }

  private Future<Wallet> wallet(Caller caller, Call call) {
    UUID assetId = Queries.pathUuid(call, "assetId");
    return holders
        .named(caller, call, Names.PROGRAM)
        .compose(
            program -> {
              var asset = directory.asset(caller.tenant(), assetId);
              var linked = directory.isLinked(caller.tenant(), program.id().value(), assetId);
              return Future.all(asset, linked)
                  .map(all -> wallet(program.id(), assetId, asset.result(), linked.result()));
            });
  }

  private static Wallet wallet(
      HolderId program, UUID assetId, Optional<ScripAsset> found, boolean linked) {
    ScripAsset asset =
        found.orElseThrow(() -> ScripErrors.thrown(ScripErrors.notFound("asset", assetId)));
    if (!linked) {
      throw ScripErrors.thrown(ScripErrors.assetNotLinked(assetId, program.value()));
    }
    return new Wallet(program, asset, asset.wallet(program));
  }

  private Future<Answer> move(
      Caller caller,
      Call call,
      String kind,
      Wallet wallet,
      AccountRef from,
      AccountRef to,
      BigDecimal value) {
    UUID program = wallet.program().value();
    UUID asset = wallet.asset().id().value();
    var checks = new Checks();
    checks.program(program, Optional.of(wallet.program()));
    checks.asset(asset, Optional.of(wallet.asset()), program, true);
    // A wallet is a budget, so the ceiling for single credits and debits is not meant for it.
    ScripAsset uncapped = wallet.asset().uncapped();
    uncapped.refusal("amount", value).ifPresent(checks::fails);
    var command =
        TransferCommand.of(caller.tenant(), new TransferId(services.ids().next()), kind)
            .detail(detail(call, program, asset))
            .to(checks.intent(() -> List.of(Leg.of(from, to, uncapped.amount(value)))));
    return services
        .pipeline()
        .submit(command)
        .map(outcome -> Outcomes.receipt(outcome, funds -> unpaid(wallet, funds)))
        .map(receipt -> answer(wallet, receipt, kind));
  }

  private static String detail(Call call, UUID program, UUID asset) {
    return JsonWriter.object()
        .uuid("program_id", program)
        .uuid("asset_id", asset)
        .text(
            "description",
            Fields.of(call)
                .optionalText("description", 0, Fields.MAX_DESCRIPTION_CHARS)
                .orElse(null))
        .toText();
  }

  private static ErrorAnswer unpaid(Wallet wallet, InsufficientFunds funds) {
    return ScripErrors.insufficientBalance(
        "the program's wallet",
        wallet.asset().text(funds.available()),
        wallet.asset().text(funds.required()));
  }

  private static Answer answer(Wallet wallet, Receipt receipt, String kind) {
    Amount available =
        receipt.postings().stream()
            .filter(posting -> posting.account().equals(wallet.account().id()))
            .map(Posting::balance)
            .findFirst()
            .orElseThrow();
    String message = kind.equals("scrip.fund") ? "funded" : "burned";
    return answer(wallet, available, receipt.id().value(), message);
  }

  private static Answer answer(Wallet wallet, Amount available, UUID entry, String message) {
    return Outcomes.ok(
        JsonWriter.object()
            .text("available", wallet.asset().text(available))
            .uuid("journal_entry_id", entry)
            .text("message", message));
  }
}
