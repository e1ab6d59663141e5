package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Preparation;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Refunds: the administrator hands batches of the buffer pool to an organisation, and anybody may
 * read of it.
 */
record Refunds(
    Directory directory,
    BufferPool pool,
    BatchStore batches,
    Movements movements,
    Submissions submissions,
    IdCodec codec,
    Ids ids) {
  private record Request(String reference, String to, String notes, BatchQuantities batches) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(
          body.required("reference", Reader.REFERENCE),
          body.required("to_organisation_id", Reader.ID),
          body.required("notes", Reader.NOTES),
          BatchQuantities.read(body, 1));
    }
  }

  /** Who takes part, and who made each of the batches that there are. */
  private record Others(
      Organisation pool, Optional<Organisation> to, Map<LotId, HolderId> suppliers) {}

  /** {@code POST /refunds} of the administration: once for each reference. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    call.note("sluice.reference", request.reference());
    call.note("sluice.amount", request.batches().kilograms() + " kg");
    var words =
        new BatchOutcomes(
            Deed.REFUND,
            request.batches(),
            "",
            this::answer,
            BatchOutcomes::noShortage,
            Optional.of(request.reference()),
            codec);
    return Preparation.of(others(tenant, request))
        .compose(others -> submissions.submit(() -> command(tenant, request, others), words));
  }

  private Future<Others> others(TenantId tenant, Request request) {
    Future<Map<LotId, HolderId>> suppliers = suppliers(tenant, request.batches());
    return pool.require(tenant)
        .compose(
            from ->
                directory
                    .organisation(tenant, request.to())
                    .compose(to -> suppliers.map(known -> new Others(from, to, known))));
  }

  private Future<Map<LotId, HolderId>> suppliers(TenantId tenant, BatchQuantities quantities) {
    List<LotId> lots = quantities.parts().stream().map(part -> part.lot(codec)).toList();
    return batches
        .findAll(tenant, lots)
        .map(
            found ->
                found.stream()
                    .collect(
                        Collectors.toMap(batch -> batch.id(), batch -> batch.origin().supplier())));
  }

  private TransferCommand command(TenantId tenant, Request request, Others others) {
    var scope = new KeyScope(Names.REFUND, others.pool().id());
    return TransferCommand.of(Principal.operator(tenant), new TransferId(ids.next()), Names.REFUND)
        .key(
            scope.key(
                Optional.of(request.reference()),
                digest -> request.batches().addTo(digest).add(request.to()).add(request.notes())))
        .detail(others.to().map(to -> detail(request, others.pool(), to)).orElse("{}"))
        .to(intent(request, others));
  }

  private String detail(Request request, Organisation from, Organisation to) {
    var json = JsonWriter.object();
    from.write(json.object("from_buffer_pool_organisation"), codec).end();
    to.write(json.object("to_organisation"), codec).end();
    return Kilograms.write(json, "credit_batch_size_total", request.batches().kilograms())
        .text("notes", request.notes())
        .toText();
  }

  private Intent intent(Request request, Others others) {
    var draft = new Draft();
    request.batches().twice().ifPresent(batch -> draft.refuse(() -> Errors.batchTwice(batch)));
    draft.need(others.to(), () -> Errors.notFound(IdPrefix.ORGANISATION, request.to()));
    draft.refuseIf(
        others.to().filter(Organisation::holdsAccount).isEmpty(),
        () -> Errors.rule("The receiver holds no account"));
    Function<LotId, HolderId> supplier = lot -> others.suppliers().getOrDefault(lot, Orders.NOBODY);
    return draft.intent(
        () ->
            request
                .batches()
                .legs(
                    Accounts.of(others.pool().id()),
                    Accounts.of(others.to().orElseThrow().id()),
                    supplier,
                    LotRule.Use.MOVE,
                    codec,
                    ids));
  }

  /** {@code GET /refunds} of the administration: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Page page = Reader.read(call, reader -> Page.read("refunds", PlaceForm.MOMENT, reader));
    return movements.page(tenant, page, Filter.of(Kind.REFUND), this::write);
  }

  /** {@code GET /refunds/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call).map(this::answer);
  }

  /** {@code GET /refunds/{id}/credit_batches}: what was handed over, not paginated. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call).compose(receipt -> movements.received(tenant, receipt));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    return movements.find(tenant, Kind.REFUND, IdPrefix.REFUND, Reader.pathId(call));
  }

  private Answer answer(Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(200);
  }

  /** The members of the registry's BufferPoolRefund. */
  private JsonWriter write(JsonWriter json, Receipt receipt) {
    return json.text("id", codec.encode(IdPrefix.REFUND, receipt.id().value()))
        .time("refunded_at", receipt.createdAt())
        .members(receipt.detail());
  }
}
