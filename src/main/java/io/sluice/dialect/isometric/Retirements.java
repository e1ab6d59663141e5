package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.Members;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.isometric.RetirementRequest.What;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Retirements: credits are used up for a beneficiary, and never move again. The caller retires what
 * its organisation owns, the administrator on behalf of any.
 */
record Retirements(
    Directory directory,
    Beneficiaries beneficiaries,
    Orders orders,
    Submissions submissions,
    RetirementDetail detail,
    IdCodec codec,
    Ids ids) {
  /** Who and what else takes part, as far as the request's ids lead to somebody. */
  private record Others(
      Optional<Organisation> beneficiary,
      boolean mayBenefit,
      Optional<Supplier> supplier,
      Optional<HolderId> order) {}

  /** {@code POST /retirements}. */
  Future<Answer> create(Caller caller, Call call) {
    return own(
        caller, Reader.read(call, reader -> RetirementRequest.named(reader.body(), reader.key())));
  }

  /** {@code POST /retirements/from_oldest_credits}. */
  Future<Answer> createFromOldest(Caller caller, Call call) {
    return own(
        caller, Reader.read(call, reader -> RetirementRequest.oldest(reader.body(), reader.key())));
  }

  private Future<Answer> own(Caller caller, RetirementRequest request) {
    caller.requireOwn(request.owner(), codec);
    return retire(
        caller,
        request,
        beneficiary -> beneficiaries.allows(caller.tenant(), caller.organisation(), beneficiary),
        Optional.empty());
  }

  /** {@code POST /retirements} of the administration: once for each reference. */
  Future<Answer> onBehalf(TenantId tenant, Call call) {
    return onBehalf(tenant, call, RetirementRequest::named);
  }

  /** {@code POST /retirements/from_oldest_credits} of the administration. */
  Future<Answer> oldestOnBehalf(TenantId tenant, Call call) {
    return onBehalf(tenant, call, RetirementRequest::oldest);
  }

  private Future<Answer> onBehalf(
      TenantId tenant,
      Call call,
      BiFunction<Members, Optional<String>, RetirementRequest> reading) {
    RetirementRequest request =
        Reader.read(
            call,
            reader -> {
              Members body = reader.body();
              return reading.apply(body, Optional.of(body.required("reference", Reader.REFERENCE)));
            });
    call.note("sluice.reference", request.key().orElseThrow());
    call.note("sluice.amount", request.what().kilograms() + " kg");
    return directory
        .requireOrganisation(tenant, request.owner())
        .map(owner -> new Caller(Principal.operator(tenant), owner))
        .compose(
            caller ->
                retire(caller, request, anybody -> Future.succeededFuture(true), request.key()));
  }

  private interface Allowing {
    Future<Boolean> allows(Organisation beneficiary);
  }

  private Future<Answer> retire(
      Caller caller, RetirementRequest request, Allowing allowing, Optional<String> reference) {
    var words =
        new BatchOutcomes(
            Deed.RETIREMENT,
            request.batches(),
            request.supplier(),
            detail::answer,
            refusal -> tooLittle(refusal, request),
            reference,
            codec);
    return Preparation.of(others(caller, request, allowing))
        .compose(others -> submissions.submit(() -> command(caller, request, others), words));
  }

  private static Answer tooLittle(
      LedgerRefusal.InsufficientFunds refusal, RetirementRequest request) {
    return Errors.tooLittleToRetire(refusal.available().units(), request.what().kilograms());
  }

  private Future<Others> others(Caller caller, RetirementRequest request, Allowing allowing) {
    TenantId tenant = caller.tenant();
    var supplier = directory.supplier(tenant, request.supplier());
    return directory
        .organisation(tenant, request.beneficiary())
        .compose(
            beneficiary ->
                beneficiary
                    .map(allowing::allows)
                    .orElseGet(() -> Future.succeededFuture(false))
                    .compose(
                        may ->
                            supplier.compose(
                                found ->
                                    order(caller, request)
                                        .map(
                                            order -> new Others(beneficiary, may, found, order)))));
  }

  private Future<Optional<HolderId>> order(Caller caller, RetirementRequest request) {
    return request.what() instanceof What.Oldest oldest && oldest.order().isPresent()
        ? orders
            .find(caller, oldest.order().get())
            .map(found -> found.map(whole -> whole.order().id()))
        : Future.succeededFuture(Optional.empty());
  }

  private TransferCommand command(Caller caller, RetirementRequest request, Others others) {
    Organisation owner = caller.organisation();
    return TransferCommand.of(caller.principal(), new TransferId(ids.next()), Names.RETIREMENT)
        .key(request.ledgerKey(owner.id()))
        .detail(others.beneficiary().map(found -> detail.of(owner, found, request)).orElse("{}"))
        .to(intent(Accounts.of(owner.id()), request, others));
  }

  /**
   * What is known to be amiss, in the order that the registry looks at it; else what is retired.
   */
  private Intent intent(AccountRef owner, RetirementRequest request, Others others) {
    var draft = new Draft();
    request.batches().twice().ifPresent(batch -> draft.refuse(() -> Errors.batchTwice(batch)));
    String beneficiary = request.beneficiary();
    draft.need(others.beneficiary(), () -> Errors.notFound(IdPrefix.ORGANISATION, beneficiary));
    draft.refuseIf(!others.mayBenefit(), () -> Errors.notABeneficiary(beneficiary));
    draft.need(others.supplier(), () -> Errors.notFound(IdPrefix.SUPPLIER, request.supplier()));
    if (request.what() instanceof What.Oldest oldest) {
      oldest
          .order()
          .filter(named -> others.order().isEmpty())
          .ifPresent(named -> draft.refuse(() -> Errors.notFound(IdPrefix.ORDER, named)));
    }
    return draft.intent(() -> legs(owner, request, others));
  }

  private List<Leg> legs(AccountRef owner, RetirementRequest request, Others others) {
    var use = new LotRule.Use.Retire(others.beneficiary().orElseThrow().id());
    HolderId supplier = others.supplier().orElseThrow().id();
    return switch (request.what()) {
      case What.Named(BatchQuantities batches) ->
          batches.legs(owner, Accounts.RETIRED, supplier, use, codec, ids);
      case What.Oldest(BigInteger kilograms, Optional<Integer> year, Optional<String> order) -> {
        var choice = new LotRule.Choice(supplier, year, others.order());
        var rule = new LotRule.Oldest(choice, BatchQuantities.children(ids), use);
        yield List.of(Leg.of(owner, Accounts.RETIRED, BatchQuantities.amount(kilograms), rule));
      }
    };
  }
}
