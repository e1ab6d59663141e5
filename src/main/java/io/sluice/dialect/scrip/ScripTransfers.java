package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** {@code POST /v1/transfers}: from one source to up to 100 recipients, all or nothing. */
final class ScripTransfers {
  private final Services services;
  private final Directory directory;

  ScripTransfers(Services services, Directory directory) {
    this.services = services;
    this.directory = directory;
  }

  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(call);
    return resolve(caller, request)
        .compose(
            found -> {
              var plan =
                  new TransferPlan(caller.tenant(), new TransferId(services.ids().next()), found);
              return services
                  .pipeline()
                  .submit(plan.command())
                  .map(outcome -> answer(outcome, plan, found));
            });
  }

  /** What is stored of a fresh transfer is what was planned, so a replay has the same bytes. */
  private static Answer answer(Outcome outcome, TransferPlan plan, Resolved found) {
    Receipt receipt = Outcomes.receipt(outcome, unpaid(found));
    TransferSummary summary =
        outcome instanceof Outcome.Posted
            ? plan.summary()
            : TransferSummary.ofDetail(receipt.detail());
    return summary.render(receipt);
  }

  /**
   * A request and what its names stand for.
   *
   * @param linked whether the programme may use the asset
   * @param holders those parties that exist
   */
  record Resolved(
      TransferRequest request,
      Optional<HolderId> program,
      Optional<ScripAsset> asset,
      boolean linked,
      Map<Party.Key, HolderId> holders) {
    Optional<HolderId> holder(Party party) {
      return Optional.ofNullable(holders.get(party.key()));
    }
  }

  private Future<Resolved> resolve(Caller caller, TransferRequest request) {
    UUID programId = request.program();
    UUID assetId = request.asset();
    List<Party> parties = new ArrayList<>(request.recipients().size() + 1);
    parties.add(request.source());
    request.recipients().forEach(row -> parties.add(row.party()));
    var program = directory.program(caller.tenant(), programId);
    var asset = directory.asset(caller.tenant(), assetId);
    var linked = directory.isLinked(caller.tenant(), programId, assetId);
    var holders = directory.parties(caller.tenant(), parties);
    return Future.all(program, asset, linked, holders)
        .map(
            all ->
                new Resolved(
                    request, program.result(), asset.result(), linked.result(), holders.result()));
  }

  private static Function<InsufficientFunds, ErrorAnswer> unpaid(Resolved found) {
    return funds -> {
      ScripAsset asset = found.asset().orElseThrow();
      return ScripErrors.insufficientBalance(
          found.request().source().field(),
          asset.text(funds.available()),
          asset.text(funds.required()));
    };
  }
}
