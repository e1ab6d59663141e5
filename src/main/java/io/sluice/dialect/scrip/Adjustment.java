package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.AdjustmentRequest.Type;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import java.util.Optional;
import java.util.Set;

/**
 * A direct credit or debit, held against what it names.
 *
 * @param holder a participant or a group
 * @param issuance the other side of an UNLIMITED asset
 */
record Adjustment(AdjustmentRequest request, Holder holder, ProgramAsset named, HolderId issuance)
    implements Words {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);
  private static final String AMOUNT = "amount";

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var draft = new Draft();
    named.check(draft);
    Optional<Amount> amount = named.asset().flatMap(asset -> amount(asset, draft));
    return TransferCommand.of(asking, id, Action.valueOf(request.type().name()).kind())
        .detail(entry().begin().toText())
        .events(events.of(asking.tenant(), told(), id.value(), this::writeEvent))
        .to(draft.intentOf(() -> leg(named.rules(), amount.orElseThrow())));
  }

  private EventType told() {
    return switch (request.type()) {
      case CREDIT -> EventType.BALANCE_CREDITED;
      case DEBIT -> EventType.BALANCE_DEBITED;
    };
  }

  private void writeEvent(JsonWriter json, Receipt receipt) {
    new BalanceChange(holder.kind(), holder.id(), entry(), request.account())
        .write(json, named.rules(), receipt);
  }

  private Optional<Amount> amount(AssetRules asset, Draft draft) {
    draft.check(
        new Check.AccountStatusIn(
            account(asset),
            ACTIVE,
            new ErrorAnswer(() -> Errors.inactive(holder.kind(), "the path", ACTIVE))));
    asset.refuseUnlessLots(request.lotMembers(), draft);
    Optional<Amount> amount = asset.amount(request.amount(), () -> AMOUNT, draft::refuse);
    amount.ifPresent(known -> draft.check(asset.withinCeiling(known, ceiling -> AMOUNT)));
    return amount;
  }

  private Leg leg(AssetRules asset, Amount amount) {
    AccountRef other = asset.prefunded() ? named.wallet() : asset.system(issuance);
    var marks = LotMarks.of(request.maturesAt(), request.reference());
    var lots = new LotRule.Automatic(request.expiresAt(), marks);
    return switch (request.type()) {
      case CREDIT -> new Leg(other, account(asset), amount, lots, false);
      case DEBIT -> new Leg(account(asset), other, amount, lots, request.allowNegative());
    };
  }

  private AccountRef account(AssetRules asset) {
    return asset.account(holder.id(), request.account());
  }

  private EntryDetail entry() {
    return new EntryDetail(
        request.program(), request.asset(), request.description(), request.reference());
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    boolean credit = request.type() == Type.CREDIT;
    return named.unpaid(credit ? "the program's wallet" : "bucket " + request.bucket(), funds);
  }

  @Override
  public Answer stored(Receipt receipt) {
    return stored(receipt, Optional.empty());
  }

  /**
   * The answer to an adjustment that was carried out.
   *
   * @param balance what the holder has by now, where the answer tells that and it could be read
   */
  Answer stored(Receipt receipt, Optional<Balance> balance) {
    JsonWriter json =
        JsonWriter.object()
            .text(AMOUNT, named.rules().text(request.amount()))
            .uuid("asset_id", request.asset());
    balance.ifPresent(known -> known.write(json.object("balance")).end());
    json.text("bucket", request.bucket().name())
        .uuid("journal_entry_id", receipt.id().value())
        .text("message", message())
        .uuid("program_id", request.program())
        .text("type", request.type().name());
    return json.toAnswer(200);
  }

  private String message() {
    return holder.kind().equals(Names.GROUP)
        ? "Group balance adjusted successfully"
        : "Participant balance adjusted successfully";
  }
}
