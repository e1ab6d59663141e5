package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.ReadyLine;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.TransferCommand;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Funds from one ledger to another: {@code POST /v1/ledgers/{id}/transfer}, or a line of many. */
record Transfers(Services services, Directory directory) {
  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(caller, call);
    return find(caller, request)
        .compose(found -> carryOut(command(caller, request, found), request));
  }

  /** One of many, which names its source itself. */
  Future<ReadyLine> prepare(Caller caller, Call line) {
    TransferRequest request = TransferRequest.readLine(caller, line);
    return find(caller, request)
        .map(found -> () -> carryOutBehind(command(caller, request, found), request));
  }

  private Future<Map<UUID, LedgerAccount>> find(Caller caller, TransferRequest request) {
    return Preparation.of(
        directory.find(caller.tenant(), List.of(request.source(), request.destination())));
  }

  private Future<Answer> carryOut(TransferCommand command, TransferRequest request) {
    return services.pipeline().submit(command).map(request.words()::answer);
  }

  private Future<Answer> carryOutBehind(TransferCommand command, TransferRequest request) {
    return services.pipeline().submitBehind(command).map(request.words()::answer);
  }

  private TransferCommand command(
      Caller caller, TransferRequest request, Map<UUID, LedgerAccount> found) {
    return TransferCommand.of(caller.principal(), services.transferId(), Names.TRANSFER)
        .key(request.key())
        .balanceLimit(Amount.MAX_LONG)
        .detail(request.detail().text())
        .to(intent(request, found));
  }

  private static Intent intent(TransferRequest request, Map<UUID, LedgerAccount> found) {
    var draft = new Draft();
    var source = need(draft, request.source(), found);
    var destination = need(draft, request.destination(), found);
    var paid = source.map(LedgerAccount::currencyCode);
    var received = destination.map(LedgerAccount::currencyCode);
    draft.refuseIf(
        !paid.equals(received),
        () -> Errors.currencyMismatch(paid.orElseThrow(), received.orElseThrow()));
    source.map(LedgerAccount::mustBeActive).ifPresent(draft::check);
    destination.map(LedgerAccount::mustBeActive).ifPresent(draft::check);
    return draft.intentOf(
        () ->
            Leg.of(
                source.orElseThrow().account(),
                destination.orElseThrow().account(),
                request.amount()));
  }

  private static Optional<LedgerAccount> need(
      Draft draft, UUID ledger, Map<UUID, LedgerAccount> found) {
    return draft.need(Optional.ofNullable(found.get(ledger)), () -> Errors.ledgerNotFound(ledger));
  }
}
