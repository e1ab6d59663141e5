package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.scrip.RedemptionListing.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reversal held against what it names.
 *
 * @param payee who got what was redeemed, and gives it back
 */
record Reversal(
    ReversalRequest request,
    Stored redemption,
    RedemptionDetail redeemed,
    ProgramAsset named,
    Payee payee)
    implements Words {
  /** Whoever closed may still give back, as it may pay a transfer. */
  private static final Set<HolderStatus> MAY_GIVE_BACK =
      Set.of(HolderStatus.ACTIVE, HolderStatus.CLOSED);

  private static final String AMOUNT = "amount";

  /**
   * What is left of the redemption to reverse: how far this account, which nobody else uses, is
   * above its floor. It starts at zero and may go as far below as the redemption's amount.
   */
  AccountRef left() {
    return AccountRef.available(memo(), named.rules().id());
  }

  /** What has been reversed. */
  private AccountRef reversed() {
    return AccountRef.of(memo(), named.rules().id(), Bucket.HELD, AccountKind.SIMPLE);
  }

  private HolderId memo() {
    return new HolderId(redemption.id().value());
  }

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var draft = new Draft();
    named.check(draft);
    Optional<Amount> amount = amount(named.rules(), draft);
    amount.ifPresent(known -> draft.refuseIf(!known.isPositive(), Errors::nothingLeftToReverse));
    var command =
        TransferCommand.of(asking, id, Action.REVERSAL.kind())
            .key(request.idempotencyKey(redeemed.entry().program()))
            .events(
                events.of(
                    asking.tenant(), EventType.REDEMPTION_REVERSED, id.value(), Reversal::write));
    if (!draft.isDoomed()) {
      command.detail(detail(amount.orElseThrow()).text());
    }
    return command.to(draft.intent(() -> legs(amount.orElseThrow())));
  }

  private Optional<Amount> amount(AssetRules asset, Draft draft) {
    AccountRef account = account(asset);
    draft.check(
        new Check.AccountStatusIn(
            account,
            Redemption.ACTIVE,
            new ErrorAnswer(
                () -> Errors.inactive(Names.PARTICIPANT, "the redemption", Redemption.ACTIVE))));
    payee.check(draft, asset, MAY_GIVE_BACK);
    Optional<Amount> amount =
        request
            .amount()
            .map(value -> asset.amount(value, () -> AMOUNT, draft::refuse))
            .orElse(Optional.of(redemption.left()));
    amount.ifPresent(known -> draft.check(asset.withinCeiling(known, ceiling -> AMOUNT)));
    return amount;
  }

  private List<Leg> legs(Amount amount) {
    AssetRules asset = named.rules();
    // First what is left: whoever wants too much hears of that.
    return List.of(
        Leg.of(left(), reversed(), amount),
        Leg.of(payee.account(asset), account(asset), amount, lots(asset)));
  }

  /** Of a LOT asset, the very lots come back. */
  private LotRule lots(AssetRules asset) {
    return asset.lots() ? new LotRule.Restore(redemption.id(), left()) : LotRule.AUTOMATIC;
  }

  private AccountRef account(AssetRules asset) {
    return asset.account(new HolderId(redeemed.participant()), Bucket.AVAILABLE);
  }

  private ReversalDetail detail(Amount amount) {
    return new ReversalDetail(
        new EntryDetail(redeemed.entry().program(), redeemed.entry().asset(), request.reason()),
        request.redemption(),
        named.rules().text(amount));
  }

  /** Whether all that was left was wanted, but others had taken some of it meanwhile. */
  boolean cameTooLate(Outcome outcome) {
    return request.amount().isEmpty()
        && outcome instanceof Outcome.Refused(InsufficientFunds funds, Optional<Receipt> recorded)
        && funds.account().equals(left());
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    return funds.account().equals(left())
        ? Errors.reversalExceeds(
            named.rules().text(funds.available()), named.rules().text(funds.required()))
        : named.unpaid(payee.name(), funds);
  }

  @Override
  public Answer stored(Receipt receipt) {
    return answer(201, receipt);
  }

  @Override
  public Answer replayed(Receipt receipt) {
    return answer(200, receipt);
  }

  private static Answer answer(int status, Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(status);
  }

  private static JsonWriter write(JsonWriter json, Receipt receipt) {
    return ReversalDetail.parse(receipt.detail())
        .write(json, receipt.id().value(), receipt.createdAt());
  }
}
