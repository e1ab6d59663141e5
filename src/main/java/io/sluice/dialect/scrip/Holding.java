package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.dialect.scrip.HoldingRequest.Kind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.LedgerRefusal.NothingToMove;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.LotRule.Extent;
import io.sluice.ledger.LotRule.Stamp;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A hold, its release, its end or a forfeit, held against what it names. How much of what it is
 * about is decided by the ledger, together with what there is.
 *
 * @param holder a participant or a group
 * @param issuance where voided value of an UNLIMITED asset goes back to
 * @param breakage where forfeited value goes
 */
record Holding(
    HoldingRequest request, Holder holder, ProgramAsset named, HolderId issuance, HolderId breakage)
    implements Words {
  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  /** What a closed participant has left can still be taken away. */
  private static final Set<HolderStatus> NOT_SUSPENDED =
      Set.of(HolderStatus.ACTIVE, HolderStatus.CLOSED);

  private static final String AMOUNT = "amount";

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var draft = new Draft();
    named.check(draft);
    Optional<Amount> amount = named.asset().flatMap(asset -> amount(asset, draft));
    return TransferCommand.of(asking, id, request.kind().action().kind())
        .key(request.idempotencyKey())
        .detail(entry().begin().toText())
        .events(events.of(asking.tenant(), told(), id.value(), this::writeEvent))
        .to(draft.intentOf(() -> leg(named.rules(), amount.orElseThrow())));
  }

  /** What is wanted at most: without an amount, all that there could ever be. */
  private Optional<Amount> amount(AssetRules asset, Draft draft) {
    Set<HolderStatus> allowed = allowed();
    draft.check(
        new Check.AccountStatusIn(
            account(asset, request.from()),
            allowed,
            new ErrorAnswer(() -> Errors.inactive(holder.kind(), "the path", allowed))));
    asset.refuseUnlessLots(request.lotMembers(), draft);
    return request.amount().isEmpty()
        ? Optional.of(Amount.MAX)
        : asset.amount(request.amount().get(), () -> AMOUNT, draft::refuse);
  }

  private Set<HolderStatus> allowed() {
    return switch (request.kind()) {
      case FORFEIT, VOID_HOLD -> holder.kind().equals(Names.GROUP) ? ACTIVE : NOT_SUSPENDED;
      case HOLD, RELEASE -> ACTIVE;
    };
  }

  private Leg leg(AssetRules asset, Amount amount) {
    var rule = new LotRule.Selected(request.filter(), extent(asset), stamp());
    return Leg.of(account(asset, request.from()), credited(asset), amount, rule);
  }

  /** Releasing lots stops at what matches; all else wants what it says. */
  private Extent extent(AssetRules asset) {
    boolean upTo = request.amount().isEmpty() || (request.kind() == Kind.RELEASE && asset.lots());
    return upTo ? Extent.AT_MOST : Extent.EXACTLY;
  }

  private Stamp stamp() {
    return switch (request.kind()) {
      case HOLD -> new Stamp.Held(request.reference());
      case RELEASE -> new Stamp.Cleared();
      case FORFEIT, VOID_HOLD -> new Stamp.Kept();
    };
  }

  private AccountRef credited(AssetRules asset) {
    return switch (request.kind()) {
      case HOLD -> account(asset, Bucket.HELD);
      case RELEASE -> account(asset, Bucket.AVAILABLE);
      case VOID_HOLD -> asset.prefunded() ? named.wallet() : asset.system(issuance);
      case FORFEIT -> asset.system(breakage);
    };
  }

  private AccountRef account(AssetRules asset, Bucket bucket) {
    return asset.account(holder.id(), bucket);
  }

  private EntryDetail entry() {
    return new EntryDetail(
        request.program(), request.asset(), request.description(), request.reference());
  }

  private EventType told() {
    return switch (request.kind()) {
      case HOLD -> EventType.BALANCE_HELD;
      case RELEASE -> EventType.BALANCE_RELEASED;
      case FORFEIT, VOID_HOLD -> EventType.BALANCE_DEBITED;
    };
  }

  private void writeEvent(JsonWriter json, Receipt receipt) {
    Bucket bucket =
        switch (request.kind()) {
          case HOLD -> Bucket.HELD;
          case RELEASE -> Bucket.AVAILABLE;
          case FORFEIT, VOID_HOLD -> request.from();
        };
    new BalanceChange(holder.kind(), holder.id(), entry(), bucket)
        .write(json, named.rules(), receipt);
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    return named.unpaid("bucket " + request.from(), funds);
  }

  @Override
  public Answer refused(LedgerRefusal refusal) {
    return refusal instanceof NothingToMove && request.kind() == Kind.VOID_HOLD
        ? Errors.notFound("lot that was credited to HELD under", request.reference().orElse(""))
        : Words.super.refused(refusal);
  }

  @Override
  public Answer stored(Receipt receipt) {
    return stored(receipt, Optional.empty());
  }

  /**
   * What the answer tells besides what was done.
   *
   * @param balance what the holder had afterwards
   * @param moved what was done to lots, oldest first; empty where the asset has none
   */
  record Effect(Balance balance, List<LotMovement> moved) {}

  /**
   * The answer to what was carried out.
   *
   * @param effect empty where it could not be read
   */
  Answer stored(Receipt receipt, Optional<Effect> effect) {
    AssetRules asset = named.rules();
    String amount = asset.text(receipt.postings().getLast().amount());
    JsonWriter json =
        JsonWriter.object().text("amount_processed", amount).uuid("asset_id", request.asset());
    effect.ifPresent(known -> known.balance().write(json.object("balance")).end());
    json.uuid("journal_entry_id", receipt.id().value());
    effect
        .filter(known -> asset.lots())
        .ifPresent(known -> json.objects("lots_processed", processed(known.moved()), this::write));
    json.text("message", "Processed " + amount)
        .text("operation", request.kind().name())
        .uuid("program_id", request.program());
    request.reference().ifPresent(text -> json.text("reference_id", text));
    return json.toAnswer(200);
  }

  private void write(JsonWriter json, LotMovement moved) {
    json.uuid("id", moved.lot().value()).text("amount", named.rules().text(moved.amount().abs()));
  }

  /** The lots where they are now; of what is gone, the lots that it was taken from. */
  private List<LotMovement> processed(List<LotMovement> moved) {
    boolean gone = request.kind() == Kind.FORFEIT || request.kind() == Kind.VOID_HOLD;
    return moved.stream().filter(each -> each.amount().isNegative() == gone).toList();
  }
}
