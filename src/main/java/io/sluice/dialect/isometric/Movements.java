package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Place;
import io.sluice.store.TransferStore;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.isometric.MovementListing;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads what was done with credit batches, of any kind. */
record Movements(
    Directory directory,
    TransferStore transfers,
    IsometricStores stores,
    BatchDetail batchDetail,
    IdCodec codec) {
  /** An account that nothing ever was in. */
  private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

  /** As PostgreSQL orders ids. */
  private static final Comparator<LotId> IN_ORDER =
      Comparator.comparing(lot -> lot.value().toString());

  /** A page of one kind, newest first. */
  Future<Answer> page(
      TenantId tenant,
      Page page,
      MovementListing.Filter filter,
      BiConsumer<JsonWriter, Receipt> write) {
    return page.answer(
        stores.movements().list(filter, page.window(tenant)),
        () -> stores.movements().count(tenant, filter),
        receipt -> Place.of(receipt.createdAt(), receipt.id().value()),
        write);
  }

  /** Where an organisation's credits are; nowhere for an id that names no organisation. */
  UUID account(String organisation) {
    return codec
        .decode(IdPrefix.ORGANISATION, organisation)
        .map(id -> Accounts.of(new HolderId(id)).id())
        .orElse(NOBODY)
        .value();
  }

  /** The movement of that id; fails with 400 when there is none of that kind. */
  Future<Receipt> find(TenantId tenant, MovementListing.Kind kind, IdPrefix prefix, String id) {
    return directory.require(
        prefix,
        id,
        uuid ->
            transfers
                .find(tenant, new TransferId(uuid))
                .map(found -> found.filter(receipt -> receipt.kind().equals(kind.text()))));
  }

  /** The batches that came to the last receiver: whole ones, and of split ones the left child. */
  Future<Answer> received(TenantId tenant, Receipt receipt) {
    AccountId receiver = receipt.postings().getLast().account();
    return transfers
        .lotMovements(tenant, receipt.id())
        .map(
            movements ->
                movements.stream()
                    .filter(m -> m.account().equals(receiver) && m.amount().isPositive())
                    .map(LotMovement::lot)
                    .sorted(IN_ORDER)
                    .toList())
        .compose(lots -> answer(tenant, lots));
  }

  /** The batches that a retirement used up. */
  Future<Answer> retired(TenantId tenant, Receipt receipt) {
    return stores.batches().retiredIds(tenant, receipt.id()).compose(lots -> answer(tenant, lots));
  }

  private Future<Answer> answer(TenantId tenant, List<LotId> lots) {
    if (lots.size() <= BatchPieces.BATCHES) {
      return stores.batches().findAll(tenant, lots).map(this::answer);
    }
    var pieces = new BatchPieces(lots, some -> stores.batches().findAll(tenant, some), batchDetail);
    return Future.succeededFuture(Answer.of(200, Answer.JSON, pieces));
  }

  private Answer answer(List<Batch> found) {
    return JsonWriter.object()
        .objects("nodes", found, batchDetail::write)
        .number("total_count", found.size())
        .toAnswer(200);
  }
}
