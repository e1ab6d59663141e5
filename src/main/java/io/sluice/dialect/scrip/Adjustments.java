package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Direct credits and debits of participants and groups. A credit comes out of the programme's
 * wallet, or for an UNLIMITED asset out of SYSTEM_ISSUANCE; a debit goes back to the same place, so
 * that a credit and an equal debit leave everything as it was.
 */
final class Adjustments {
  private static final String KIND = "scrip.adjust";

  private final Services services;
  private final Directory directory;
  private final Holders holders;
  private final Balances balances;

  Adjustments(Services services, Directory directory, Holders holders, Balances balances) {
    this.services = services;
    this.directory = directory;
    this.holders = holders;
    this.balances = balances;
  }

  /** Adjusts a participant; the answer tells the balance. */
  Future<Answer> participant(Caller caller, Call call) {
    return adjust(caller, call, Names.PARTICIPANT)
        .compose(
            done ->
                balances
                    .of(caller.tenant(), done.holder().id(), done.asset())
                    .map(balance -> answer(done, Optional.of(balance))));
  }

  /** Adjusts a group; the answer does not tell the balance. */
  Future<Answer> group(Caller caller, Call call) {
    return adjust(caller, call, Names.GROUP).map(done -> answer(done, Optional.empty()));
  }

  private record Done(AdjustRequest request, Holder holder, ScripAsset asset, Receipt receipt) {}

  /** A request, whom it is for, what it names, and the other side of the movement. */
  private record Resolved(
      AdjustRequest request,
      Holder holder,
      Optional<HolderId> program,
      Optional<ScripAsset> asset,
      boolean linked,
      HolderId issuance) {
    AccountRef account() {
      return asset.orElseThrow().account(holder.id(), request.bucket());
    }

    AccountRef otherSide() {
      ScripAsset known = asset.orElseThrow();
      return known.prefunded() ? known.wallet(program.orElseThrow()) : known.system(issuance);
    }
  }

  private Future<Done> adjust(Caller caller, Call call, String kind) {
    AdjustRequest request = AdjustRequest.read(call, services.clock().instant());
    return holders
        .named(caller, call, kind)
        .compose(holder -> resolve(caller, request, holder))
        .compose(
            found ->
                services
                    .pipeline()
                    .submit(command(caller, found))
                    .map(outcome -> Outcomes.receipt(outcome, funds -> unpaid(found, funds)))
                    .map(
                        receipt ->
                            new Done(
                                request, found.holder(), found.asset().orElseThrow(), receipt)));
  }

  private Future<Resolved> resolve(Caller caller, AdjustRequest request, Holder holder) {
    var program = directory.program(caller.tenant(), request.program());
    var asset = directory.asset(caller.tenant(), request.asset());
    var linked = directory.isLinked(caller.tenant(), request.program(), request.asset());
    var issuance = holders.system(caller.tenant(), Holders.ISSUANCE);
    return Future.all(program, asset, linked, issuance)
        .map(
            all ->
                new Resolved(
                    request,
                    holder,
                    program.result(),
                    asset.result(),
                    linked.result(),
                    issuance.result()));
  }

  private TransferCommand command(Caller caller, Resolved found) {
    AdjustRequest request = found.request();
    var checks = new Checks();
    checks.program(request.program(), found.program());
    checks.asset(request.asset(), found.asset(), request.program(), found.linked());
    if (!checks.isBoundToFail()) {
      checks.account(found.account(), Set.of(HolderStatus.ACTIVE), notActive(found.holder()));
      lotRefusal(found).ifPresent(checks::fails);
      found.asset().get().refusal("amount", request.amount()).ifPresent(checks::fails);
    }
    return TransferCommand.of(caller.tenant(), new TransferId(services.ids().next()), KIND)
        .detail(detail(request))
        .to(checks.intent(() -> List.of(leg(found))));
  }

  private static ErrorAnswer notActive(Holder holder) {
    return holder.kind().equals(Names.GROUP)
        ? ScripErrors.groupNotActive("the path")
        : ScripErrors.participantNotActive("the path", "ACTIVE");
  }

  private static Optional<ErrorAnswer> lotRefusal(Resolved found) {
    boolean wrong = found.request().expiresAt().isPresent() && !found.asset().orElseThrow().lots();
    return wrong
        ? Optional.of(ScripErrors.invalidRequest("expires_at is for LOT assets only"))
        : Optional.empty();
  }

  private static Leg leg(Resolved found) {
    AdjustRequest request = found.request();
    Amount amount = found.asset().orElseThrow().amount(request.amount());
    LotRule lots = new LotRule.Automatic(request.expiresAt());
    return switch (request.type()) {
      case CREDIT -> new Leg(found.otherSide(), found.account(), amount, lots, false);
      case DEBIT ->
          new Leg(found.account(), found.otherSide(), amount, lots, request.allowNegative());
    };
  }

  private static ErrorAnswer unpaid(Resolved found, InsufficientFunds funds) {
    boolean credit = found.request().type() == AdjustRequest.Type.CREDIT;
    ScripAsset asset = found.asset().orElseThrow();
    return ScripErrors.insufficientBalance(
        credit ? "the program's wallet" : "bucket " + found.request().bucket(),
        asset.text(funds.available()),
        asset.text(funds.required()));
  }

  private static String detail(AdjustRequest request) {
    return JsonWriter.object()
        .uuid("program_id", request.program())
        .uuid("asset_id", request.asset())
        .text("type", request.type().name())
        .text("bucket", request.bucket().name())
        .text("description", request.description())
        .toText();
  }

  private static Answer answer(Done done, Optional<Balance> balance) {
    AdjustRequest request = done.request();
    JsonWriter json =
        JsonWriter.object()
            .text("amount", done.asset().text(done.asset().amount(request.amount())))
            .uuid("asset_id", request.asset());
    balance.ifPresent(known -> known.write(json.object("balance")).end());
    return Outcomes.ok(
        json.text("bucket", request.bucket().name())
            .uuid("journal_entry_id", done.receipt().id().value())
            .text("message", request.type() == AdjustRequest.Type.CREDIT ? "credited" : "debited")
            .uuid("program_id", request.program())
            .text("type", request.type().name()));
  }
}
