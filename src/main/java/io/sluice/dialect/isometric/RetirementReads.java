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

/** Retirements, to be read by anybody in the registry. */
record RetirementReads(Movements movements, RetirementDetail detail) {
  private record Query(Page page, Filter filter) {}

  /** {@code GET /retirements}: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Query query = Reader.read(call, this::query);
    return movements.page(tenant, query.page(), query.filter(), detail::write);
  }

  /** {@code GET /retirements} of the administration: those that it made on behalf of somebody. */
  Future<Answer> listOnBehalf(TenantId tenant, Call call) {
    Page page =
        Reader.read(call, reader -> Page.read("retirements_on_behalf", PlaceForm.MOMENT, reader));
    return movements.page(tenant, page, Filter.byOperator(Kind.RETIREMENT), detail::write);
  }

  private Query query(Reader reader) {
    var beneficiary = reader.query("beneficiary_org_id", Reader.ID);
    var owner = reader.query("owner_org_id", Reader.ID).map(movements::account);
    Filter filter =
        Filter.of(Kind.RETIREMENT).where(Place.OWNER, owner).where(Place.BENEFICIARY, beneficiary);
    return new Query(Page.read("retirements", PlaceForm.MOMENT, reader), filter);
  }

  /** {@code GET /retirements/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call).map(detail::answer);
  }

  /** {@code GET /retirements/{id}/credit_batches}: what was used up, not paginated. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call).compose(receipt -> movements.retired(tenant, receipt));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    return movements.find(tenant, Kind.RETIREMENT, IdPrefix.RETIREMENT, Reader.pathId(call));
  }
}
