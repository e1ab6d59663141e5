package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.isometric.MovementListing.Place;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Deliveries: anybody's, and those under an order for its parties. */
record DeliveryReads(
    Movements movements, Deliveries deliveries, Orders orders, Directory directory) {
  private static final UUID NOWHERE = new UUID(0, 0);

  private record Query(Page page, Optional<String> supplier, Optional<String> buyer) {
    private static Query read(Reader reader) {
      return new Query(
          Page.read("deliveries", PlaceForm.MOMENT, reader),
          reader.query("from_supplier_id", Reader.ID),
          reader.query("to_organisation_id", Reader.ID));
    }
  }

  /** {@code GET /deliveries}: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Query query = Reader.read(call, Query::read);
    Filter filter =
        Filter.of(Kind.DELIVERY).where(Place.BUYER, query.buyer().map(movements::account));
    return query
        .supplier()
        .map(
            id ->
                directory
                    .supplier(tenant, id)
                    .map(found -> found.map(DeliveryReads::account).orElse(NOWHERE))
                    .map(account -> filter.where(Place.DELIVERER, Optional.of(account))))
        .orElseGet(() -> Future.succeededFuture(filter))
        .compose(complete -> page(tenant, query.page(), complete));
  }

  /** {@code GET /suppliers/{id}/deliveries}: newest first. */
  Future<Answer> ofSupplier(TenantId tenant, Call call) {
    Below below = Below.read(call, "deliveries", PlaceForm.MOMENT);
    return directory
        .requireSupplier(tenant, below.id())
        .map(DeliveryReads::account)
        .map(account -> Filter.of(Kind.DELIVERY).where(Place.DELIVERER, Optional.of(account)))
        .compose(filter -> page(tenant, below.page(), filter));
  }

  /** {@code GET /orders/{id}/deliveries}: newest first. */
  Future<Answer> ofOrder(Caller caller, Call call) {
    Below below = Below.read(call, "deliveries", PlaceForm.MOMENT);
    return orders
        .require(caller, below.id())
        .map(whole -> Accounts.open(whole.order().id()).id())
        .map(AccountId::value)
        .map(account -> Filter.of(Kind.DELIVERY).where(Place.ORDER, Optional.of(account)))
        .compose(filter -> page(caller.tenant(), below.page(), filter));
  }

  private Future<Answer> page(TenantId tenant, Page page, Filter filter) {
    return movements.page(tenant, page, filter, deliveries::write);
  }

  private static UUID account(Supplier supplier) {
    HolderId organisation = supplier.organisation();
    return Accounts.of(organisation).id().value();
  }

  /** {@code GET /deliveries/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call)
        .map(receipt -> deliveries.write(JsonWriter.object(), receipt))
        .map(json -> json.toAnswer(200));
  }

  /** {@code GET /deliveries/{id}/credit_batches}: what was handed over, not paginated. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call).compose(receipt -> movements.received(tenant, receipt));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    return movements.find(tenant, Kind.DELIVERY, IdPrefix.DELIVERY, Reader.pathId(call));
  }
}
