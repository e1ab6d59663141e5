package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.RedemptionListing.Stored;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Reversals: what was redeemed comes back, in parts or all of it. */
record Reversals(
    Services services,
    ScripStores stores,
    Directory directory,
    Redemptions redemptions,
    Events events) {
  /**
   * How often a reversal of all that is left is tried. Each time that it fails, another reversal of
   * the same redemption has been carried out.
   */
  private static final int ATTEMPTS = 20;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  Future<Answer> reverse(Caller caller, Call call) {
    ReversalRequest request = Reader.read(call, ReversalRequest::read);
    return reverse(caller.principal(), request, ATTEMPTS);
  }

  /**
   * What is left only ever becomes less. So whoever takes what was left a moment ago either takes
   * all of it, or is refused because others were faster, and looks again.
   */
  private Future<Answer> reverse(Principal asking, ReversalRequest request, int attempts) {
    return Preparation.of(reversal(asking.tenant(), request))
        .compose(
            reversal ->
                services
                    .pipeline()
                    .submit(reversal.command(asking, services.transferId(), events))
                    .compose(
                        outcome ->
                            reversal.cameTooLate(outcome)
                                ? again(asking, request, attempts - 1)
                                : Future.succeededFuture(reversal.answer(outcome))));
  }

  private Future<Answer> again(Principal asking, ReversalRequest request, int attempts) {
    return attempts > 0
        ? reverse(asking, request, attempts)
        : Future.succeededFuture(Errors.fault(new Fault.Overloaded(RETRY_AFTER)));
  }

  private Future<Reversal> reversal(TenantId tenant, ReversalRequest request) {
    return redemptions
        .byId(tenant, request.redemption())
        .compose(redemption -> resolve(tenant, request, redemption))
        .compose(reversal -> open(tenant, reversal).map(reversal));
  }

  private Future<Reversal> resolve(TenantId tenant, ReversalRequest request, Stored redemption) {
    var detail = RedemptionDetail.parse(redemption.detail());
    var named = directory.programAsset(tenant, detail.entry().program(), detail.entry().asset());
    var payee = redemptions.payee(tenant, detail.target());
    return named.compose(
        known -> payee.map(found -> new Reversal(request, redemption, detail, known, found)));
  }

  /** Makes the account of what is left, before the first reversal. */
  private Future<?> open(TenantId tenant, Reversal reversal) {
    if (!reversal.redemption().reversed().isZero()) {
      return Future.succeededFuture();
    }
    AccountRef left = reversal.left();
    String reference = left.holder().value().toString();
    var memo =
        Holder.active(tenant, left.holder(), Names.REDEMPTION, reference, "{}", services.now());
    return services
        .holders()
        .insertWithAccount(memo, left, reversal.redemption().amount().negated());
  }

  /**
   * What a request asks for.
   *
   * @param page after the reversal of a number
   */
  private record Query(UUID redemption, Page<Long> page) {
    static Query read(Reader reader) {
      UUID redemption = reader.pathId();
      return new Query(
          redemption,
          Page.read(
              reader,
              "reversals",
              1,
              parts -> Values.parameter(parts.getFirst()).map(Integer::longValue),
              redemption));
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    int limit = query.page().limit();
    TenantId tenant = caller.tenant();
    return redemptions
        .byId(tenant, query.redemption())
        .compose(
            found ->
                stores
                    .redemptions()
                    .reversals(tenant, found.id(), query.page().after().orElse(0L), limit + 1))
        .map(
            found ->
                Slice.of(found, limit)
                    .answer(
                        query.page(),
                        last -> List.of(Long.toString(last.number())),
                        (json, each) ->
                            ReversalDetail.parse(each.detail())
                                .write(json, each.id().value(), each.createdAt())));
  }
}
