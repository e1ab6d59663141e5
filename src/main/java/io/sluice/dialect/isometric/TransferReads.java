package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.isometric.MovementListing.Place;
import io.vertx.core.Future;

/** Transfers, to be read by anybody in the registry. */
record TransferReads(Movements movements, TransferDetail detail) {
  private record Query(Page page, Filter filter) {}

  /** {@code GET /transfers}: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Query query = Reader.read(call, this::query);
    return movements.page(tenant, query.page(), query.filter(), detail::write);
  }

  private Query query(Reader reader) {
    var from = reader.query("from_organisation_id", Reader.ID).map(movements::account);
    var to = reader.query("to_organisation_id", Reader.ID).map(movements::account);
    Filter filter = Filter.of(Kind.TRANSFER).where(Place.SENDER, from).where(Place.RECEIVER, to);
    return new Query(Page.read("transfers", PlaceForm.MOMENT, reader), filter);
  }

  /** {@code GET /transfers/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call).map(detail::answer);
  }

  /** {@code GET /transfers/{id}/credit_batches}: what was moved, not paginated. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call).compose(receipt -> movements.received(tenant, receipt));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    return movements.find(tenant, Kind.TRANSFER, IdPrefix.TRANSFER, Reader.pathId(call));
  }
}
