package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.isometric.Orders.Whole;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /deliveries}: the supplier's organisation hands batches to the buyer of an order. The
 * batches move and the order's open kilograms shrink, or nothing happens.
 */
record Deliveries(
    Orders orders, Submissions submissions, Settings settings, IdCodec codec, Ids ids) {
  private record Request(
      BatchQuantities batches, String order, Optional<String> notes, Optional<String> key) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(
          BatchQuantities.read(body, 1),
          body.required("order_id", Reader.ID),
          body.nullable("notes", Reader.NOTES),
          reader.key());
    }
  }

  Future<Answer> create(Caller caller, Call call) {
    Request request = Reader.read(call, Request::read);
    return Preparation.of(orders.require(caller, request.order()))
        .compose(order -> deliver(caller, request, order));
  }

  private Future<Answer> deliver(Caller caller, Request request, Whole order) {
    Organisation deliverer = order.supplier().behind();
    if (!deliverer.id().equals(caller.organisation().id())) {
      throw new ApiException(
          Errors.notYourOrganisation(codec.encode(IdPrefix.ORGANISATION, deliverer.id().value())));
    }
    var words =
        new BatchOutcomes(
            Deed.DELIVERY,
            request.batches(),
            codec.encode(IdPrefix.SUPPLIER, order.supplier().supplier().id().value()),
            receipt -> write(JsonWriter.object(), receipt).toAnswer(200),
            refusal -> shortage(refusal, request),
            codec);
    return submissions.submit(() -> command(caller, request, order), words);
  }

  /** Only the order's own account can hold too little. */
  private static Answer shortage(LedgerRefusal.InsufficientFunds refusal, Request request) {
    return refusal.available().isZero()
        ? Errors.orderCompleted(request.order())
        : Errors.orderTooSmall(
            request.order(), refusal.available().units(), request.batches().kilograms());
  }

  private TransferCommand command(Caller caller, Request request, Whole order) {
    var scope = new KeyScope(Names.DELIVERY, caller.organisation().id());
    return TransferCommand.of(caller.principal(), new TransferId(ids.next()), Names.DELIVERY)
        .key(
            scope.key(
                request.key(),
                digest ->
                    request
                        .batches()
                        .addTo(digest)
                        .add(request.order())
                        .add(request.notes().orElse(null))))
        .detail(detail(request, order))
        .to(intent(request, order));
  }

  private String detail(Request request, Whole order) {
    JsonWriter json = JsonWriter.object().text("order_id", request.order());
    order.supplier().write(json.object("from_supplier"), codec).end();
    order.buyer().write(json.object("to_organisation"), codec).end();
    return Kilograms.write(json, "credit_batch_size_total", request.batches().kilograms())
        .text("notes", request.notes().orElse(null))
        .toText();
  }

  private Intent intent(Request request, Whole order) {
    var draft = new Draft();
    request.batches().twice().ifPresent(batch -> draft.refuse(() -> Errors.batchTwice(batch)));
    return draft.intent(() -> legs(request, order));
  }

  /** The order comes first, as it is looked at first. */
  private List<Leg> legs(Request request, Whole order) {
    HolderId id = order.order().id();
    var legs = new ArrayList<Leg>();
    legs.add(
        Leg.of(
            Accounts.open(id),
            Accounts.ORDERS,
            BatchQuantities.amount(request.batches().kilograms())));
    legs.addAll(
        request
            .batches()
            .legs(
                Accounts.of(order.supplier().behind().id()),
                Accounts.of(order.buyer().id()),
                order.supplier().supplier().id(),
                new LotRule.Use.Deliver(id),
                codec,
                ids));
    return legs;
  }

  /** The members of the registry's Delivery. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    String id = codec.encode(IdPrefix.DELIVERY, receipt.id().value());
    return json.text("id", id)
        .time("delivered_at", receipt.createdAt())
        .text("url", settings.page("delivery", id))
        .members(receipt.detail());
  }
}
