package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.TransferStore;
import io.sluice.store.orum.BookTransferListing;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Book transfers: list. */
record TransferList(TransferStore transfers, BookTransferListing listing, Directory directory) {
  private static final String CREATED = "created";
  private static final String COMPLETED = "completed";

  /** The provider's words for a status; {@code created} is legal, but nothing stays so. */
  private static final Wanted<String> STATUS =
      new Wanted.OneOf(List.of(CREATED, COMPLETED, "failed"));

  private record Query(
      TenantId tenant,
      Page page,
      Optional<String> referenceId,
      Optional<String> status,
      Optional<String> subledger) {
    static Query of(TenantId tenant, Call call) {
      Parameters query = Reader.parameters(call);
      return new Query(
          tenant,
          Page.of(query),
          query.query(Reader.REFERENCE_ID, Reader.TEXT),
          query.query("status", STATUS),
          query.query(Reader.SUBLEDGER_ID, Reader.REFERENCE));
    }

    boolean isEmpty() {
      return page.isEmpty() || status.filter(CREATED::equals).isPresent();
    }

    Optional<Boolean> posted() {
      return status.map(COMPLETED::equals);
    }

    boolean lets(Receipt receipt) {
      return receipt.kind().equals(Names.BOOK_TRANSFER)
          && posted().filter(wanted -> wanted != receipt.posted()).isEmpty()
          && subledger.filter(name -> !TransferDetail.names(receipt, name)).isEmpty();
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    return find(Query.of(caller.tenant(), call)).map(TransferDetail::many);
  }

  private Future<List<Receipt>> find(Query query) {
    if (query.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return query.referenceId().isPresent()
        ? findAlike(query, query.referenceId().get())
        : findSome(query);
  }

  /** A client may have named one of its own as the operator's reversals are named. */
  private Future<List<Receipt>> findAlike(Query query, String referenceId) {
    var key = IdempotencyKey.of(Names.BOOK_TRANSFER, referenceId, Digest.start());
    Future<Optional<Receipt>> own = transfers.findByKey(query.tenant(), key.digest());
    Future<Optional<Receipt>> reversal =
        TransferReversals.key(referenceId)
            .map(reversing -> transfers.findByKey(query.tenant(), reversing.digest()))
            .orElse(Future.succeededFuture(Optional.empty()));
    return Future.all(own, reversal)
        .map(
            both ->
                query
                    .page()
                    .of(
                        both.<Optional<Receipt>>list().stream()
                            .flatMap(Optional::stream)
                            .filter(query::lets)
                            .sorted(Comparator.comparing(Receipt::createdAt).reversed())
                            .toList()));
  }

  private Future<List<Receipt>> findSome(Query query) {
    if (query.subledger().isEmpty()) {
      return page(query, Optional.empty());
    }
    Accounts accounts = new Accounts(query.tenant());
    return directory
        .find(query.tenant(), query.subledger().get())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : page(query, found.map(holder -> accounts.account(holder).id())));
  }

  private Future<List<Receipt>> page(Query query, Optional<AccountId> account) {
    var filter = new BookTransferListing.Filter(query.tenant(), query.posted(), account);
    return listing.list(filter, query.page().size(), query.page().offset());
  }
}
