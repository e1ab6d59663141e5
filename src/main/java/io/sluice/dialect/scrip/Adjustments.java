package io.sluice.dialect.scrip;

import io.sluice.dialect.Afterword;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/**
 * Direct credits and debits of participants and groups. A credit comes out of the programme's
 * wallet, or for an UNLIMITED asset out of SYSTEM_ISSUANCE; a debit goes back to the same place, so
 * that a credit and an equal debit leave everything as it was.
 */
record Adjustments(
    Services services, Directory directory, Holders holders, Balances balances, Events events) {
  /** Adjusts a participant; the answer tells the balance. */
  Future<Answer> participant(Caller caller, Call call) {
    return adjust(
        caller, call, Names.PARTICIPANT, (done, outcome) -> withBalance(call, done, outcome));
  }

  /** Adjusts a group; the answer does not tell the balance. */
  Future<Answer> group(Caller caller, Call call) {
    return adjust(
        caller, call, Names.GROUP, (done, outcome) -> Future.succeededFuture(done.answer(outcome)));
  }

  private Future<Answer> withBalance(Call call, Adjustment done, Outcome outcome) {
    Receipt receipt = done.receipt(outcome);
    return Afterword.of(call, balances.of(done.holder(), done.named().rules()))
        .map(balance -> done.stored(receipt, balance).about(receipt.id()));
  }

  private Future<Answer> adjust(
      Caller caller,
      Call call,
      String kind,
      BiFunction<Adjustment, Outcome, Future<Answer>> answer) {
    AdjustmentRequest request =
        Reader.read(call, reader -> AdjustmentRequest.read(reader, services.clock().instant()));
    return Preparation.of(
            holders
                .byId(caller.tenant(), kind, request.holder())
                .compose(holder -> resolve(caller.tenant(), request, holder)))
        .compose(
            found ->
                services
                    .pipeline()
                    .submit(found.command(caller.principal(), services.transferId(), events))
                    .compose(outcome -> answer.apply(found, outcome)));
  }

  private Future<Adjustment> resolve(TenantId tenant, AdjustmentRequest request, Holder holder) {
    var named = directory.programAsset(tenant, request.program(), request.asset());
    var issuance = directory.system(tenant, Names.ISSUANCE);
    return named.compose(
        known -> issuance.map(other -> new Adjustment(request, holder, known, other)));
  }
}
