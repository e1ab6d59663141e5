package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.isometric.TransferRequest.BatchQuantity;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.pipeline.TransferPipeline;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /registry/v0/transfers}: named quantities of named batches, from the caller's
 * organisation to another. All of them move, or none.
 */
record Transfers(
    Directory directory,
    TransfereeLists transferees,
    TransferPipeline pipeline,
    TransferDetail detail,
    IdCodec codec,
    Ids ids) {
  /**
   * More than any batch holds. A larger quantity is asked of the ledger as this much, which it
   * refuses just the same, so that absurd numbers cannot leave the range of amounts.
   */
  private static final Amount MORE_THAN_ANY_BATCH = Amount.MAX_LONG.plus(Amount.of(1));

  /** How often ids are drawn for one request. */
  private static final int MAX_DRAWS = 3;

  /** Who else takes part, as far as the request's ids lead to somebody. */
  private record Others(
      Optional<Organisation> to, Optional<Supplier> supplier, boolean mayReceive) {}

  /** Transfers: 422, then 403, then 400. */
  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(call);
    requireOwnOrganisation(caller, request);
    return Preparation.of(others(caller, request))
        .compose(others -> submit(caller, request, others, MAX_DRAWS));
  }

  private void requireOwnOrganisation(Caller caller, TransferRequest request) {
    UUID own = caller.organisation().id().value();
    if (codec.decode(IdPrefix.ORGANISATION, request.from()).filter(own::equals).isEmpty()) {
      throw new ApiException(Errors.notYourOrganisation(request.from()));
    }
  }

  private Future<Others> others(Caller caller, TransferRequest request) {
    // Asked for together, so that what is not in memory is found by one query.
    var supplier = directory.supplier(caller.tenant(), request.supplier());
    return directory
        .organisation(caller.tenant(), request.to())
        .compose(
            to ->
                mayReceive(caller, to)
                    .compose(may -> supplier.map(found -> new Others(to, found, may))));
  }

  private Future<Boolean> mayReceive(Caller caller, Optional<Organisation> to) {
    return to.isEmpty()
        ? Future.succeededFuture(false)
        : transferees.allows(caller.tenant(), caller.organisation().id(), to.get().id());
  }

  /** Submits, and again with new ids when another process drew the same in the same millisecond. */
  private Future<Answer> submit(Caller caller, TransferRequest request, Others others, int draws) {
    TransferCommand command = command(caller, request, others);
    var words = new TransferOutcomes(request, detail, codec);
    if (command.intent() instanceof Intent.Doomed doomed && request.key().isEmpty()) {
      // Only a key could tell that the request was carried out before.
      return Future.succeededFuture(
          words.answer(new Outcome.Refused(doomed.refusal(), Optional.empty())));
    }
    return pipeline
        .submit(command)
        .compose(
            outcome -> {
              if (!isIdTaken(outcome)) {
                return Future.succeededFuture(words.answer(outcome));
              }
              return draws > 1
                  ? submit(caller, request, others, draws - 1)
                  : Future.succeededFuture(Errors.noFreeId());
            });
  }

  private static boolean isIdTaken(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && (refused.reason() instanceof TransferIdTaken
            || refused.reason() instanceof LedgerRefusal.LotIdTaken);
  }

  private TransferCommand command(Caller caller, TransferRequest request, Others others) {
    Organisation from = caller.organisation();
    Intent intent = intent(Accounts.of(from.id()), request, others);
    return TransferCommand.of(caller.principal(), new TransferId(ids.next()), Names.TRANSFER)
        .key(request.ledgerKey(from.id()))
        .detail(others.to().map(to -> detail.of(from, to, request)).orElse("{}"))
        .to(intent);
  }

  /** What is known to be amiss, in the order that the registry looks at it; else what moves. */
  private Intent intent(AccountRef sender, TransferRequest request, Others others) {
    var draft = new Draft();
    draft.refuseIf(request.batches().isEmpty(), Errors::noBatches);
    draft.refuseIf(request.from().equals(request.to()), Errors::sameOrganisation);
    request.batchTwice().ifPresent(batch -> draft.refuse(() -> Errors.batchTwice(batch)));
    draft.need(others.to(), () -> Errors.notFound(IdPrefix.ORGANISATION, request.to()));
    draft.refuseIf(!others.mayReceive(), () -> Errors.notATransferee(request.to()));
    draft.need(others.supplier(), () -> Errors.notFound(IdPrefix.SUPPLIER, request.supplier()));
    return draft.intent(() -> legs(sender, request, others));
  }

  /**
   * One leg a batch, so that the ledger looks at batch after batch. It refuses at the first that no
   * batch can be called by, so nothing is asked beyond it.
   */
  private List<Leg> legs(AccountRef sender, TransferRequest request, Others others) {
    AccountRef receiver = Accounts.of(others.to().orElseThrow().id());
    HolderId supplier = others.supplier().orElseThrow().id();
    var legs = new ArrayList<Leg>(request.batches().size());
    for (BatchQuantity quantity : request.batches()) {
      LotId lot = quantity.lot(codec);
      var parts = new LotRule.Children(new LotId(ids.next()), new LotId(ids.next()));
      LotRule rule = new LotRule.Named(lot, supplier, parts);
      legs.add(Leg.of(sender, receiver, kilograms(quantity), rule));
      if (lot.equals(BatchQuantity.NO_LOT)) {
        break;
      }
    }
    return legs;
  }

  private static Amount kilograms(BatchQuantity quantity) {
    return quantity.kilograms().bitLength() < Long.SIZE
        ? new Amount(quantity.kilograms())
        : MORE_THAN_ANY_BATCH;
  }
}
