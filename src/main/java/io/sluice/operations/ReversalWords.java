package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.OutcomeWords;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Inspection.Entry;
import io.sluice.store.Particulars;

/**
 * What an administrator is told of a reversal.
 *
 * @param entry what was to be reversed
 */
record ReversalWords(TenantId tenant, Entry entry) implements OutcomeWords {
  private static final int CREATED = 201;
  private static final int AGAIN = 200;

  static Answer closed() {
    return AdminErrors.notReversible("Whoever paid is closed and gets nothing back.");
  }

  static Answer archived() {
    return AdminErrors.notReversible(
        "Its asset, or whoever received, is archived and takes part in nothing any more.");
  }

  @Override
  public Answer stored(Receipt receipt) {
    return answer(CREATED, receipt);
  }

  @Override
  public Answer replayed(Receipt receipt) {
    return answer(AGAIN, receipt);
  }

  private Answer answer(int status, Receipt receipt) {
    String kind = receipt.kind();
    return JsonWriter.object()
        .uuid("id", receipt.id().value())
        .text("kind", kind.substring(kind.indexOf('.') + 1))
        .uuid("reverses", entry.transfer().receipt().id().value())
        .time("created_at", receipt.createdAt())
        .text("link", LookUpAdministration.page(tenant) + "/transfers/" + receipt.id().value())
        .toAnswer(status);
  }

  /** Whoever asks to reverse a transfer asks for the same, whatever the reason. */
  @Override
  public Answer conflict(TransferId existing) {
    throw new IllegalStateException("a key of a reversal stands for " + existing);
  }

  @Override
  public Answer refused(LedgerRefusal refusal) {
    return switch (refusal) {
      case LedgerRefusal.InsufficientFunds r ->
          AdminErrors.valueGone(
              "Account %s has %s of the %s that it would have to give back."
                  .formatted(
                      r.account().id().value(),
                      EntryJson.decimal(r.available(), named(r.account())),
                      EntryJson.decimal(r.required(), named(r.account()))));
      case LedgerRefusal.BalanceOutOfRange r ->
          AdminErrors.notReversible(
              "The balance of account " + r.account().id().value() + " would leave its range.");
      case LedgerRefusal.LotNotHeld r ->
          AdminErrors.valueGone("Lot " + r.lot().value() + " has gone to somebody else.");
      case LedgerRefusal.LotUnavailable r ->
          AdminErrors.valueGone("Lot " + r.lot().value() + " has been split or retired.");
      case LedgerRefusal.LotTooSmall r ->
          AdminErrors.valueGone("Lot " + r.lot().value() + " has less left than came.");
      case LedgerRefusal.TooManyLots r ->
          AdminErrors.notReversible("More than " + r.limit() + " lots would have to be touched.");
      case LedgerRefusal.LotUnknown r -> throw unforeseen(r);
      case LedgerRefusal.LotIssuerMismatch r -> throw unforeseen(r);
      case LedgerRefusal.LotIdTaken r -> throw unforeseen(r);
      case LedgerRefusal.NothingToMove r -> throw unforeseen(r);
    };
  }

  /** Lots that were moved do not vanish, and no new ones are made. */
  private static IllegalStateException unforeseen(LedgerRefusal refusal) {
    return new IllegalStateException("refused: " + refusal);
  }

  private Particulars.Account named(AccountRef account) {
    return entry.named().accounts().get(account.id());
  }

  @Override
  public Answer fault(Fault fault) {
    return AdminErrors.of(fault);
  }
}
