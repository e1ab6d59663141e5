package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.Fault;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves: create and get. */
record Transfers(Services services, Directory directory) {
  private static final OutcomeWords WORDS = new Words();

  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(call);
    return Preparation.of(directory.find(caller.tenant(), List.of(request.from(), request.to())))
        .map(jars -> command(caller.principal(), request, jars))
        .compose(services.pipeline()::submit)
        .map(WORDS::answer);
  }

  Future<Answer> get(Caller caller, Call call) {
    var id = new TransferId(Reader.parameters(call).path("id", Reader.ID));
    return services
        .transfers()
        .find(caller.tenant(), id)
        .map(
            found ->
                found
                    .filter(receipt -> receipt.kind().equals(Names.MOVE))
                    .map(TransferDetail::answer)
                    .orElseThrow(() -> new ApiException(Errors.noMove())));
  }

  private TransferCommand command(
      Principal asking, TransferRequest request, Map<String, HolderId> jars) {
    return TransferCommand.of(asking, new TransferId(services.ids().next()), Names.MOVE)
        .key(request.idempotencyKey())
        .detail(TransferDetail.of(request))
        .to(intent(new Accounts(asking.tenant()), request, jars));
  }

  private static Intent intent(
      Accounts accounts, TransferRequest request, Map<String, HolderId> jars) {
    var draft = new Draft();
    draft.refuseIf(request.from().equals(request.to()), Errors::sameJar);
    var from = draft.need(jar(jars, request.from()), () -> Errors.noJar(request.from()));
    var to = draft.need(jar(jars, request.to()), () -> Errors.noJar(request.to()));
    return draft.intentOf(
        () ->
            Leg.of(
                accounts.in(from.orElseThrow()), accounts.in(to.orElseThrow()), request.pebbles()));
  }

  private static Optional<HolderId> jar(Map<String, HolderId> jars, String name) {
    return Optional.ofNullable(jars.get(name));
  }

  private record Words() implements OutcomeWords {
    @Override
    public Answer stored(Receipt receipt) {
      return TransferDetail.answer(receipt);
    }

    @Override
    public Answer conflict(TransferId existing) {
      return Errors.keyTaken();
    }

    @Override
    public Answer refused(LedgerRefusal refusal) {
      return Errors.refused(refusal);
    }

    @Override
    public Answer fault(Fault fault) {
      return Errors.fault(fault);
    }
  }
}
