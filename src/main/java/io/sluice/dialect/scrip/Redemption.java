package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Draft;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.RedemptionListing.Stored;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * A redemption held against what it names.
 *
 * @param payee the target that the programme has by now
 */
record Redemption(RedemptionRequest request, Holder participant, ProgramAsset named, Payee payee)
    implements Words {
  static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  private static final String AMOUNT = "amount";

  enum Status {
    COMPLETED,
    PARTIALLY_REVERSED,
    FULLY_REVERSED
  }

  TransferCommand command(Principal asking, TransferId id, Events events) {
    var draft = new Draft();
    named.check(draft);
    Optional<Amount> amount = named.asset().flatMap(asset -> amount(asset, draft));
    var command =
        TransferCommand.of(asking, id, Action.REDEMPTION.kind())
            .key(request.idempotencyKey())
            .events(
                events.of(
                    asking.tenant(),
                    EventType.REDEMPTION_COMPLETED,
                    id.value(),
                    (json, receipt) -> write(json, made(receipt))));
    if (!draft.isDoomed()) {
      command.detail(detail().text());
    }
    return command.to(
        draft.intentOf(
            () ->
                Leg.of(
                    account(named.rules()), payee.account(named.rules()), amount.orElseThrow())));
  }

  private Optional<Amount> amount(AssetRules asset, Draft draft) {
    draft.check(
        new Check.AccountStatusIn(
            account(asset),
            ACTIVE,
            new ErrorAnswer(() -> Errors.inactive(Names.PARTICIPANT, "the path", ACTIVE))));
    draft.refuseIf(payee.holder().equals(participant.id()), Payee::paysItself);
    payee.check(draft, asset, ACTIVE);
    Optional<Amount> amount = asset.amount(request.amount(), () -> AMOUNT, draft::refuse);
    amount.ifPresent(known -> draft.check(asset.withinCeiling(known, ceiling -> AMOUNT)));
    return amount;
  }

  private AccountRef account(AssetRules asset) {
    return asset.account(participant.id(), Bucket.AVAILABLE);
  }

  private RedemptionDetail detail() {
    return new RedemptionDetail(
        new EntryDetail(request.program(), request.asset(), request.description()),
        request.participant(),
        named.rules().text(request.amount()),
        payee.target());
  }

  @Override
  public Answer unpaid(InsufficientFunds funds) {
    return named.unpaid("bucket " + Bucket.AVAILABLE, funds);
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
    return write(JsonWriter.object(), made(receipt)).toAnswer(status);
  }

  /** As it was when it was made, whatever has been reversed since. */
  private static Stored made(Receipt receipt) {
    return new Stored(
        receipt.id(),
        receipt.createdAt(),
        receipt.detail(),
        receipt.postings().getLast().amount(),
        Amount.ZERO,
        Optional.empty());
  }

  /** The members of an answer about a redemption; its id is also its journal entry's. */
  static JsonWriter write(JsonWriter json, Stored redemption) {
    var detail = RedemptionDetail.parse(redemption.detail());
    int scale = new BigDecimal(detail.amount()).scale();
    json.uuid("id", redemption.id().value());
    return detail
        .write(json)
        .uuid("journal_entry_id", redemption.id().value())
        .text("status", status(redemption).name())
        .text("reversed_amount", Decimals.text(redemption.reversed(), scale))
        .time("created_at", redemption.createdAt())
        .time("updated_at", redemption.reversedAt().orElse(redemption.createdAt()));
  }

  private static Status status(Stored redemption) {
    if (redemption.reversed().isZero()) {
      return Status.COMPLETED;
    }
    return redemption.reversed().equals(redemption.amount())
        ? Status.FULLY_REVERSED
        : Status.PARTIALLY_REVERSED;
  }
}
