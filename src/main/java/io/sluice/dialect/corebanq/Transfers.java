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
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Funds from one ledger to another: {@code POST /v1/ledgers/{id}/transfer}, or a line of many. */
record Transfers(Services services, Directory directory) {
  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(caller, call);
    return Chain.compose(
        find(caller, request), found -> carryOut(command(caller, request, found), request));
  }

  /** One of many, which names its source itself. */
  Future<ReadyLine> prepare(Caller caller, Call line) {
    TransferRequest request = TransferRequest.readLine(caller, line);
    return Chain.map(
        find(caller, request),
        found -> () -> carryOutBehind(command(caller, request, found), request));
  }

  private Future<Map<UUID, LedgerAccount>> find(Caller caller, TransferRequest request) {
    return Preparation.of(
        directory.find(caller.tenant(), List.of(request.source(), request.destination())));
  }

  private Future<Answer> carryOut(TransferCommand command, TransferRequest request) {
    return Chain.map(services.pipeline().submit(command), request.words()::answer);
  }

  private Future<Answer> carryOutBehind(TransferCommand command, TransferRequest request) {
    return Chain.map(services.pipeline().submitBehind(command), request.words()::answer);
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
    if (!draft.isDoomed()) {
      check(draft, source.orElseThrow(), destination.orElseThrow());
    }
    return draft.intentOf(
        () ->
            Leg.of(
                source.orElseThrow().account(),
                destination.orElseThrow().account(),
                request.amount()));
  }

  private static void check(Draft draft, LedgerAccount source, LedgerAccount destination) {
    String paid = source.currencyCode();
    String received = destination.currencyCode();
    draft.refuseIf(!paid.equals(received), () -> Errors.currencyMismatch(paid, received));
    draft.check(source.mustBeActive());
    draft.check(destination.mustBeActive());
  }

  private static Optional<LedgerAccount> need(
      Draft draft, UUID ledger, Map<UUID, LedgerAccount> found) {
    return draft.need(Optional.ofNullable(found.get(ledger)), () -> Errors.ledgerNotFound(ledger));
  }
}
