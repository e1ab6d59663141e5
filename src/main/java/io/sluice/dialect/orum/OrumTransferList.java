package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Services;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.TransferFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/** Book transfers: list. */
final class OrumTransferList {
  private final Services services;
  private final OrumAccess access;
  private final OrumDirectory directory;

  OrumTransferList(Services services, OrumAccess access, OrumDirectory directory) {
    this.services = services;
    this.access = access;
    this.directory = directory;
  }

  /** The provider's word for a status; {@code created} is legal, but nothing stays so. */
  private enum Status {
    CREATED,
    COMPLETED,
    FAILED;

    static Optional<Status> of(String text) {
      return switch (text) {
        case null -> Optional.empty();
        case "created" -> Optional.of(CREATED);
        case "completed" -> Optional.of(COMPLETED);
        case "failed" -> Optional.of(FAILED);
        default -> throw new ApiException(OrumErrors.invalidStatus());
      };
    }
  }

  private record Query(
      TenantId tenant,
      OrumPage page,
      Optional<String> referenceId,
      Optional<Status> status,
      Optional<String> subledger) {
    static Query of(TenantId tenant, MultiMap query) {
      return new Query(
          tenant,
          OrumPage.of(query),
          OrumFields.reference(
              query, "book_transfer_reference_id", OrumErrors::invalidBookTransferReferenceId),
          Status.of(query.get("status")),
          OrumFields.reference(
              query, "subledger_reference_id", OrumErrors::invalidSubledgerReferenceId));
    }

    boolean isEmpty() {
      return page.isEmpty() || status.filter(Status.CREATED::equals).isPresent();
    }

    Optional<Boolean> posted() {
      return status.map(Status.COMPLETED::equals);
    }

    boolean lets(Receipt receipt) {
      return posted().filter(wanted -> wanted != receipt.posted()).isEmpty()
          && subledger.filter(name -> !OrumTransferView.names(receipt, name)).isEmpty();
    }
  }

  Future<Answer> list(Call call) {
    return access
        .authorise(call, OrumScope.READ_BOOK_TRANSFERS)
        .compose(tenant -> find(Query.of(tenant, call.query())))
        .map(OrumTransferView::many);
  }

  private Future<List<Receipt>> find(Query query) {
    if (query.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return query.referenceId().isPresent()
        ? findOne(query, query.referenceId().get())
        : findSome(query);
  }

  private Future<List<Receipt>> findOne(Query query, String referenceId) {
    var key = IdempotencyKey.of(OrumTransfers.KIND, referenceId, Digest.start());
    return services
        .transfers()
        .findByKey(query.tenant(), key.digest())
        .map(found -> query.page().of(found.filter(query::lets).stream().toList()));
  }

  private Future<List<Receipt>> findSome(Query query) {
    if (query.subledger().isEmpty()) {
      return page(
          query,
          new TransferFilter(query.tenant(), OrumTransfers.KIND, query.posted(), Optional.empty()));
    }
    OrumBooks books = new OrumBooks(query.tenant());
    return directory
        .find(query.tenant(), query.subledger().get())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : page(
                        query,
                        new TransferFilter(
                            query.tenant(),
                            OrumTransfers.KIND,
                            query.posted(),
                            found.map(holder -> books.account(holder).id()))));
  }

  private Future<List<Receipt>> page(Query query, TransferFilter filter) {
    return services.transfers().list(filter, query.page().size(), query.page().offset());
  }
}
