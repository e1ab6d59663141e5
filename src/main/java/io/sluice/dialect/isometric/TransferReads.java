package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.TransferStore;
import io.sluice.store.isometric.Batch;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.isometric.TransferListing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Transfers, to be read by anybody in the registry. */
record TransferReads(
    Directory directory,
    TransferStore transfers,
    IsometricStores stores,
    TransferDetail detail,
    BatchDetail batchDetail,
    IdCodec codec) {
  /** An account that nothing ever was in. */
  private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

  private record Query(Page page, TransferListing.Filter filter) {}

  /** {@code GET /transfers}: newest first. */
  Future<Answer> list(TenantId tenant, Call call) {
    Query query = Reader.read(call, this::query);
    return query
        .page()
        .answer(
            stores.transfers().list(query.filter(), query.page().window(tenant)),
            () -> stores.transfers().count(tenant, query.filter()),
            receipt -> receipt.id().value(),
            detail::write);
  }

  private Query query(Reader reader) {
    Optional<AccountId> from = reader.query("from_organisation_id", Reader.ID).map(this::account);
    Optional<AccountId> to = reader.query("to_organisation_id", Reader.ID).map(this::account);
    return new Query(Page.read("transfers", reader), new TransferListing.Filter(from, to));
  }

  private AccountId account(String organisation) {
    return codec
        .decode(IdPrefix.ORGANISATION, organisation)
        .map(id -> Accounts.of(new HolderId(id)).id())
        .orElse(NOBODY);
  }

  /** {@code GET /transfers/{id}}. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant, call).map(detail::answer);
  }

  /** {@code GET /transfers/{id}/credit_batches}: what was moved, not paginated. */
  Future<Answer> batches(TenantId tenant, Call call) {
    return find(tenant, call).compose(receipt -> moved(tenant, receipt));
  }

  private Future<Receipt> find(TenantId tenant, Call call) {
    return directory.require(
        IdPrefix.TRANSFER,
        Reader.pathId(call),
        id ->
            transfers
                .find(tenant, new TransferId(id))
                .map(found -> found.filter(receipt -> receipt.kind().equals(Names.TRANSFER))));
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
        .compose(lots -> stores.batches().findAll(tenant, lots))
        .map(this::list);
  }

  private Answer list(List<Batch> found) {
    return JsonWriter.object()
        .objects("nodes", found, batchDetail::write)
        .number("total_count", found.size())
        .toAnswer(200);
  }
}
