package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Book transfers: create and get. */
final class OrumTransfers {
  static final String KIND = "orum.booktransfer";

  private final Services services;
  private final OrumAccess access;
  private final OrumEnterprises enterprises;
  private final OrumDirectory directory;

  OrumTransfers(
      Services services, OrumAccess access, OrumEnterprises enterprises, OrumDirectory directory) {
    this.services = services;
    this.access = access;
    this.enterprises = enterprises;
    this.directory = directory;
  }

  Future<Answer> create(Call call) {
    return access
        .authorise(call, OrumScope.WRITE_BOOK_TRANSFERS)
        .compose(tenant -> submit(tenant, OrumTransferRequest.parse(call.body())))
        .map(OrumTransfers::answer);
  }

  /** Carries a wish out, or finds that its reference id was used before. */
  Future<Outcome> submit(TenantId tenant, OrumTransferRequest request) {
    return enterprises
        .books(tenant)
        .compose(
            books ->
                directory
                    .find(tenant, request.subledgers())
                    .map(found -> command(books, request, found)))
        .compose(services.pipeline()::submit);
  }

  Future<Answer> get(Call call) {
    return access
        .authorise(call, OrumScope.READ_BOOK_TRANSFERS)
        .compose(tenant -> services.transfers().find(tenant, id(call.pathParameter("id"))))
        .map(
            found ->
                found
                    .filter(receipt -> receipt.kind().equals(KIND))
                    .map(OrumTransferView::one)
                    .orElseThrow(() -> new ApiException(OrumErrors.unknownBookTransfer())));
  }

  /** The idempotency key that stands for a reference id, which is unique within the tenant. */
  static IdempotencyKey key(OrumTransferRequest request) {
    return IdempotencyKey.of(KIND, request.referenceId(), request.fingerprint());
  }

  private static TransferId id(String text) {
    return Values.uuid(text)
        .map(TransferId::new)
        .orElseThrow(() -> new ApiException(OrumErrors.malformedBookTransferId()));
  }

  private TransferCommand command(
      OrumBooks books, OrumTransferRequest request, Map<String, HolderId> found) {
    return TransferCommand.of(books.tenant(), new TransferId(services.ids().next()), KIND)
        .key(key(request))
        .balanceLimit(Amount.MAX_LONG)
        .recordsRefusal()
        .detail(request.toDetail())
        .to(intent(books, request, found));
  }

  /** Nobody is refused here and now: that the reference id was used before goes first. */
  private static Intent intent(
      OrumBooks books, OrumTransferRequest request, Map<String, HolderId> found) {
    var draft = new Draft();
    var source =
        draft.need(
            account(books, request.source(), found),
            () -> OrumErrors.unknownSubledger(OrumSide.SOURCE));
    var destination =
        draft.need(
            account(books, request.destination(), found),
            () -> OrumErrors.unknownSubledger(OrumSide.DESTINATION));
    return draft.intentOf(
        () -> Leg.of(source.orElseThrow(), destination.orElseThrow(), request.amount()));
  }

  /** The account of one side; empty when it names a subledger that does not exist. */
  private static Optional<AccountRef> account(
      OrumBooks books, Optional<String> side, Map<String, HolderId> found) {
    return side.isEmpty()
        ? Optional.of(books.enterpriseAccount())
        : Optional.ofNullable(found.get(side.get())).map(books::account);
  }

  /** What a client is told of each outcome. */
  static Answer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Posted(Receipt receipt) -> OrumTransferView.one(receipt);
      // Orum replays nothing: the reference id is the guard, whatever the body says.
      case Outcome.Replayed(Receipt receipt) ->
          OrumErrors.duplicateBookTransferReferenceId(receipt.id().value());
      case Outcome.Conflict(TransferId existing) ->
          OrumErrors.duplicateBookTransferReferenceId(existing.value());
      case Outcome.Refused(Refusal reason, Optional<Receipt> recorded) ->
          recorded.map(OrumTransferView::one).orElseGet(() -> refused(reason));
      case Outcome.Overloaded overloaded -> OrumErrors.tooManyRequests(overloaded.retryAfter());
      case Outcome.Expired expired -> OrumErrors.tooManyRequests(OrumDialect.RETRY_AFTER_EXPIRY);
      case Outcome.Unavailable unavailable -> OrumErrors.fateUnknown();
    };
  }

  private static Answer refused(Refusal reason) {
    return switch (reason) {
      case ErrorAnswer error -> error.answer();
      case LedgerRefusal.BalanceOutOfRange range -> OrumErrors.amountOutOfRange();
      default -> throw new IllegalStateException("no answer to " + reason);
    };
  }
}
