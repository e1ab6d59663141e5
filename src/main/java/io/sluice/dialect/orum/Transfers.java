package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Draft;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.loop.Chain;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Book transfers: create and get. */
record Transfers(Services services, Enterprises enterprises, Directory directory, Events events) {
  /** What a client is told of each outcome. */
  static final OutcomeWords WORDS = new Said();

  Future<Answer> create(Caller caller, Call call) {
    return Chain.map(submit(caller.principal(), TransferRequest.read(call)), WORDS::answer);
  }

  /** Carries a request out, or finds that its reference id was used before. */
  Future<Outcome> submit(Principal asking, TransferRequest request) {
    TenantId tenant = asking.tenant();
    Future<TransferCommand> command =
        Chain.compose(
            enterprises.accounts(tenant),
            accounts ->
                Chain.map(
                    directory.find(tenant, request.subledgers()),
                    found -> command(asking, accounts, request, found)));
    return Chain.compose(Preparation.of(command), services.pipeline()::submit);
  }

  Future<Answer> get(Caller caller, Call call) {
    var id = new TransferId(Reader.pathId(call, Errors::malformedBookTransferId));
    return services
        .transfers()
        .find(caller.tenant(), id)
        .map(
            found ->
                found
                    .filter(receipt -> receipt.kind().equals(Names.BOOK_TRANSFER))
                    .map(TransferDetail::one)
                    .orElseThrow(() -> new ApiException(Errors.unknownBookTransfer())));
  }

  private TransferCommand command(
      Principal asking, Accounts accounts, TransferRequest request, Map<String, HolderId> found) {
    return TransferCommand.of(asking, services.transferId(), Names.BOOK_TRANSFER)
        .key(request.key())
        .balanceLimit(Amount.MAX_LONG)
        .recordsRefusal()
        .events(events.ofTransfer(asking.tenant()))
        .detail(TransferDetail.of(request))
        .to(intent(accounts, request, found));
  }

  /** Nobody is refused here and now: that the reference id was used before goes first. */
  private static Intent intent(
      Accounts accounts, TransferRequest request, Map<String, HolderId> found) {
    var draft = new Draft();
    var source =
        draft.need(
            account(accounts, request.source(), found), () -> Errors.unknownSubledger(Side.SOURCE));
    var destination =
        draft.need(
            account(accounts, request.destination(), found),
            () -> Errors.unknownSubledger(Side.DESTINATION));
    if (!draft.isDoomed()) {
      checkOwners(draft, request, source.orElseThrow(), destination.orElseThrow());
    }
    return draft.intentOf(
        () -> Leg.of(source.orElseThrow(), destination.orElseThrow(), request.amount()));
  }

  /**
   * An owner who is closed may still pay to the enterprise, so that no money is stranded. The
   * enterprise itself is never unfit.
   */
  private static void checkOwners(
      Draft draft, TransferRequest request, AccountRef source, AccountRef destination) {
    if (request.source().isPresent()) {
      draft.check(Unfit.SOURCE_NOT_VERIFIED.of(source));
    }
    if (request.source().isPresent() && request.destination().isPresent()) {
      draft.check(Unfit.SOURCE_CLOSED.of(source));
    }
    if (request.destination().isPresent()) {
      draft.check(Unfit.DESTINATION_NOT_VERIFIED.of(destination));
      draft.check(Unfit.DESTINATION_CLOSED.of(destination));
    }
  }

  /** The account of one side; empty when it names a subledger that does not exist. */
  private static Optional<AccountRef> account(
      Accounts accounts, Optional<String> side, Map<String, HolderId> found) {
    return side.isEmpty()
        ? Optional.of(accounts.enterpriseAccount())
        : Optional.ofNullable(found.get(side.get())).map(accounts::account);
  }

  /** Orum replays nothing: the reference id is the guard, whatever the body says. */
  private record Said() implements Words {
    @Override
    public Answer stored(Receipt receipt) {
      return TransferDetail.one(receipt);
    }

    @Override
    public Answer replayed(Receipt receipt) {
      return conflict(receipt.id());
    }

    @Override
    public Answer conflict(TransferId existing) {
      return Errors.duplicateBookTransferReferenceId(existing.value());
    }
  }
}
