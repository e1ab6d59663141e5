package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.Preparation;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * {@code POST /registry/v0/transfers}: named quantities of named batches, from the caller's
 * organisation to another. All of them move, or none.
 */
record Transfers(
    Directory directory,
    TransfereeLists transferees,
    Submissions submissions,
    TransferDetail detail,
    IdCodec codec,
    Ids ids) {
  /** Who else takes part, as far as the request's ids lead to somebody. */
  private record Others(
      Optional<Organisation> to, Optional<Supplier> supplier, boolean mayReceive) {}

  /** Transfers: 422, then 403, then 400. */
  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(call);
    caller.requireOwn(request.from(), codec);
    var words =
        new BatchOutcomes(
            Deed.TRANSFER,
            request.batches(),
            request.supplier(),
            detail::answer,
            BatchOutcomes::noShortage,
            codec);
    return Chain.compose(
        Preparation.of(others(caller, request)),
        others -> submissions.submit(() -> command(caller, request, others), words));
  }

  private Future<Others> others(Caller caller, TransferRequest request) {
    // Asked for together, so that what is not in memory is found by one query.
    var supplier = directory.supplier(caller.tenant(), request.supplier());
    return Chain.compose(
        directory.organisation(caller.tenant(), request.to()),
        to ->
            Chain.compose(
                mayReceive(caller, to),
                may -> Chain.map(supplier, found -> new Others(to, found, may))));
  }

  /** Whoever holds no account is nobody's transferee. */
  private Future<Boolean> mayReceive(Caller caller, Optional<Organisation> to) {
    return to.isEmpty() || !to.get().holdsAccount()
        ? Future.succeededFuture(false)
        : transferees.allows(caller.tenant(), caller.organisation().id(), to.get().id());
  }

  private TransferCommand command(Caller caller, TransferRequest request, Others others) {
    Organisation from = caller.organisation();
    return TransferCommand.of(caller.principal(), new TransferId(ids.next()), Names.TRANSFER)
        .key(request.ledgerKey(from.id()))
        .detail(others.to().map(to -> detail.of(from, to, request)).orElse("{}"))
        .to(intent(from, request, others));
  }

  /** What is known to be amiss, in the order that the registry looks at it; else what moves. */
  private Intent intent(Organisation from, TransferRequest request, Others others) {
    var draft = new Draft();
    draft.refuseIf(request.batches().isEmpty(), Errors::noBatches);
    draft.refuseIf(request.from().equals(request.to()), Errors::sameOrganisation);
    request.batches().twice().ifPresent(batch -> draft.refuse(() -> Errors.batchTwice(batch)));
    draft.need(others.to(), () -> Errors.notFound(IdPrefix.ORGANISATION, request.to()));
    draft.refuseIf(!others.mayReceive(), () -> Errors.notATransferee(request.to()));
    draft.need(others.supplier(), () -> Errors.notFound(IdPrefix.SUPPLIER, request.supplier()));
    return draft.intent(
        () ->
            request
                .batches()
                .legs(
                    Accounts.of(from.id()),
                    Accounts.of(others.to().orElseThrow().id()),
                    others.supplier().orElseThrow().id(),
                    LotRule.Use.MOVE,
                    codec,
                    ids));
  }
}
