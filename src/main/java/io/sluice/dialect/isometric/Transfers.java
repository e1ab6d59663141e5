package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.isometric.Errors.Model;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /registry/v0/transfers}: named quantities of named batches, from the caller's
 * organisation to another. All of them move, or none.
 */
final class Transfers {
  /**
   * More than any batch holds. A larger wish is asked of the ledger as this much, which it refuses
   * just the same, so that absurd numbers cannot leave the range of amounts.
   */
  private static final Amount MORE_THAN_ANY_BATCH = Amount.MAX_LONG.plus(Amount.of(1));

  /** How often ids are drawn for one request. */
  private static final int MAX_DRAWS = 3;

  private final Gate gate;
  private final Directory directory;
  private final TransfereeLists transferees;
  private final TransferPipeline pipeline;
  private final TransferDetail view;
  private final IdCodec codec;
  private final Ids ids;

  Transfers(
      Gate gate,
      Directory directory,
      TransfereeLists transferees,
      TransferPipeline pipeline,
      IdCodec codec,
      Ids ids) {
    this.gate = gate;
    this.directory = directory;
    this.transferees = transferees;
    this.pipeline = pipeline;
    this.view = new TransferDetail(codec);
    this.codec = codec;
    this.ids = ids;
  }

  /** Who takes part, as far as the request's ids lead to somebody. */
  private record Parties(Optional<Organisation> to, Optional<Supplier> supplier, boolean allowed) {}

  /** Transfers: 401, then 422, then 403, then 400. */
  Future<Answer> create(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              TransferRequest request = TransferRequest.read(call);
              requireOwnOrganisation(caller, request);
              return parties(caller, request)
                  .compose(parties -> transfer(caller, request, parties));
            });
  }

  private void requireOwnOrganisation(Caller caller, TransferRequest request) {
    UUID own = caller.organisation().id().value();
    if (!codec.decode(IdPrefix.ORGANISATION, request.from()).filter(own::equals).isPresent()) {
      throw new ApiException(Errors.notYourOrganisation(request.from()));
    }
  }

  private Future<Parties> parties(Caller caller, TransferRequest request) {
    var to = codec.decode(IdPrefix.ORGANISATION, request.to()).map(HolderId::new);
    var supplier = codec.decode(IdPrefix.SUPPLIER, request.supplier()).map(HolderId::new);
    var wanted = new ArrayList<HolderId>(2);
    to.ifPresent(wanted::add);
    supplier.ifPresent(wanted::add);
    HolderId from = caller.organisation().id();
    return directory
        .find(caller.tenant(), wanted)
        .compose(
            found ->
                to.map(id -> transferees.allows(caller.tenant(), from, id))
                    .orElse(Future.succeededFuture(false))
                    .map(allowed -> parties(found, to, supplier, allowed)));
  }

  private static Parties parties(
      Map<HolderId, Directory.Known> found,
      Optional<HolderId> to,
      Optional<HolderId> supplier,
      boolean allowed) {
    return new Parties(
        to.flatMap(id -> Directory.organisation(found, id)),
        supplier.flatMap(id -> Directory.supplier(found, id)),
        allowed);
  }

  private Future<Answer> transfer(Caller caller, TransferRequest request, Parties parties) {
    Optional<Answer> broken = broken(request, parties);
    if (broken.isPresent() && request.key().isEmpty()) {
      return Future.failedFuture(new ApiException(broken.get()));
    }
    Optional<TransferNote> note =
        broken.isPresent()
            ? Optional.empty()
            : parties.to().map(to -> new TransferNote(caller.organisation(), to, request.notes()));
    var outcomes = new TransferOutcomes(view, codec, request, note);
    return submit(
        () ->
            note.map(sent -> command(caller, request, parties, sent))
                .orElseGet(() -> failing(caller, request, broken.orElseThrow())),
        outcomes,
        MAX_DRAWS);
  }

  /** Submits, and again with new ids when another process drew the same in the same millisecond. */
  private Future<Answer> submit(
      java.util.function.Supplier<TransferCommand> commands, TransferOutcomes outcomes, int draws) {
    return pipeline
        .submit(commands.get())
        .compose(
            outcome ->
                isIdTaken(outcome) && draws > 1
                    ? submit(commands, outcomes, draws - 1)
                    : Future.succeededFuture(outcomes.answer(outcome)));
  }

  private static boolean isIdTaken(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && (refused.reason() instanceof TransferIdTaken
            || refused.reason() instanceof LedgerRefusal.LotIdTaken);
  }

  /** The first rule that the request is known to break before the ledger looks at it. */
  private Optional<Answer> broken(TransferRequest request, Parties parties) {
    if (request.batches().isEmpty()) {
      return Optional.of(Errors.noBatches());
    }
    if (request.from().equals(request.to())) {
      return Optional.of(Errors.sameOrganisation());
    }
    Optional<Answer> twice = listedTwice(request.batches());
    if (twice.isPresent()) {
      return twice;
    }
    if (parties.to().isEmpty()) {
      return Optional.of(Errors.notFound(Model.ORGANISATION, request.to()));
    }
    if (parties.supplier().isEmpty()) {
      return Optional.of(Errors.notFound(Model.SUPPLIER, request.supplier()));
    }
    if (!parties.allowed()) {
      return Optional.of(Errors.notATransferee(request.to()));
    }
    return request.batches().stream()
        .map(BatchQuantity::batch)
        .filter(batch -> codec.decode(IdPrefix.CREDIT_BATCH, batch).isEmpty())
        .findFirst()
        .map(batch -> Errors.notFound(Model.CREDIT_BATCH, batch));
  }

  private static Optional<Answer> listedTwice(List<BatchQuantity> batches) {
    var seen = new HashSet<String>();
    return batches.stream()
        .map(BatchQuantity::batch)
        .filter(batch -> !seen.add(batch))
        .findFirst()
        .map(Errors::batchTwice);
  }

  /** A command that cannot succeed, but still finds out whether its key was used before. */
  private TransferCommand failing(Caller caller, TransferRequest request, Answer answer) {
    return command(caller, request, new Intent.Doomed(List.of(), new ErrorAnswer(answer)), "{}");
  }

  private TransferCommand command(
      Caller caller, TransferRequest request, Parties parties, TransferNote note) {
    HolderId supplier = parties.supplier().orElseThrow().id();
    AccountRef sender = Names.account(caller.organisation().id());
    AccountRef receiver = Names.account(note.to().id());
    List<Leg> legs =
        request.batches().stream()
            .map(quantity -> leg(quantity, sender, receiver, supplier))
            .toList();
    return command(caller, request, new Intent.Move(List.of(), legs), view.detail(note));
  }

  private TransferCommand command(
      Caller caller, TransferRequest request, Intent intent, String detail) {
    return TransferCommand.of(caller.tenant(), new TransferId(ids.next()), Names.TRANSFER_KIND)
        .key(request.ledgerKey(caller.organisation().id()))
        .detail(detail)
        .to(intent);
  }

  private Leg leg(
      BatchQuantity quantity, AccountRef sender, AccountRef receiver, HolderId supplier) {
    UUID batch = codec.decode(IdPrefix.CREDIT_BATCH, quantity.batch()).orElseThrow();
    var rule =
        new LotRule.Named(new LotId(batch), supplier, new LotId(ids.next()), new LotId(ids.next()));
    var kilograms =
        quantity.kilograms().bitLength() < Long.SIZE
            ? new Amount(quantity.kilograms())
            : MORE_THAN_ANY_BATCH;
    return Leg.of(sender, receiver, kilograms, rule);
  }
}
