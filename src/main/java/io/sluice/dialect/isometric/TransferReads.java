package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.isometric.Errors.Model;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.TransferStore;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.TransferListing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Transfers, to be read by anybody in the registry. */
final class TransferReads {
  /** An account that nothing ever was in. */
  private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

  private final Gate gate;
  private final TransferStore transfers;
  private final TransferListing listing;
  private final BatchStore batches;
  private final TransferDetail view;
  private final BatchDetail batchView;
  private final IdCodec codec;

  TransferReads(
      Gate gate,
      TransferStore transfers,
      TransferListing listing,
      BatchStore batches,
      IdCodec codec) {
    this.gate = gate;
    this.transfers = transfers;
    this.listing = listing;
    this.batches = batches;
    this.view = new TransferDetail(codec);
    this.batchView = new BatchDetail(codec);
    this.codec = codec;
  }

  /** {@code GET /transfers}: newest first. */
  Future<Answer> list(Call call) {
    return gate.caller(call)
        .compose(
            caller -> {
              var problems = new Problems();
              var query = new Query(call, problems);
              Optional<String> from = query.id("from_organisation_id");
              Optional<String> to = query.id("to_organisation_id");
              Page relay = Page.read("transfers", query);
              problems.throwIfAny();
              var filter =
                  new TransferListing.Filter(Names.TRANSFER_KIND, account(from), account(to));
              return page(caller.tenant(), relay, filter);
            });
  }

  private Future<Answer> page(TenantId tenant, Page relay, TransferListing.Filter filter) {
    return listing
        .list(filter, relay.window(tenant))
        .compose(
            found ->
                listing
                    .count(tenant, filter)
                    .map(
                        total ->
                            relay.page(
                                found, total, receipt -> receipt.id().value(), view::write)));
  }

  private Optional<AccountId> account(Optional<String> organisation) {
    return organisation.map(
        id ->
            codec
                .decode(IdPrefix.ORGANISATION, id)
                .map(uuid -> Names.account(new HolderId(uuid)).id())
                .orElse(NOBODY));
  }

  /** {@code GET /transfers/{id}}. */
  Future<Answer> get(Call call) {
    return gate.caller(call).compose(caller -> find(caller.tenant(), call)).map(view::answer);
  }

  /** {@code GET /transfers/{id}/credit_batches}: what was moved, not paginated. */
  Future<Answer> batches(Call call) {
    return gate.caller(call)
        .compose(
            caller ->
                find(caller.tenant(), call).compose(receipt -> moved(caller.tenant(), receipt)));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    String id = Query.read(call, Query::pathId);
    return codec
        .decode(IdPrefix.TRANSFER, id)
        .map(uuid -> transfers.find(tenant, new TransferId(uuid)))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(
            found ->
                found
                    .filter(receipt -> receipt.kind().equals(Names.TRANSFER_KIND))
                    .orElseThrow(() -> new ApiException(Errors.notFound(Model.TRANSFER, id))));
  }

  /** The batches that came to the receiver: whole ones, and of split ones the left child. */
  private Future<Answer> moved(TenantId tenant, Receipt receipt) {
    AccountId receiver = receipt.postings().getLast().account();
    return transfers
        .lotMovements(tenant, receipt.id())
        .map(
            movements ->
                movements.stream()
                    .filter(m -> m.account().equals(receiver) && m.amount().isPositive())
                    .map(LotMovement::lot)
                    .toList())
        .compose(lots -> batches.findAll(tenant, lots))
        .map(this::list);
  }

  private Answer list(List<Batch> found) {
    var json = JsonWriter.object().array("nodes");
    found.forEach(batch -> batchView.write(json.element(), batch).end());
    return Answer.json(200, json.end().number("total_count", found.size()).toBuffer());
  }
}
