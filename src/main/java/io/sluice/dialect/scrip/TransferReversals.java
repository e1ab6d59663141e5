package io.sluice.dialect.scrip;

import io.sluice.dialect.ReversalRules;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TransferId;
import java.util.List;

/** What the operator takes back: an entry of the journal like the reversal of a redemption. */
record TransferReversals(Services services) implements ReversalRules {
  @Override
  public Verdict of(Wish wish) {
    return switch (Action.of(wish.original().kind()).orElseThrow()) {
      case TRANSFER, CREDIT, DEBIT, FUND, BURN -> as(services.transferId(), wish);
      case REDEMPTION ->
          new Never("The client reverses redemptions: POST /v1/redemptions/{id}/reverse.");
      case HOLD, RELEASE, VOID_HOLD ->
          new Never("What is held is ended by a release, a forfeit or a void-hold.");
      case FORFEIT -> new Never("What was forfeited is gone: credit the participant.");
      case REVERSAL -> new Never("A reversal is not reversed: repeat what it reversed.");
      case MATURITY, EXPIRATION ->
          new Never("What came about in the course of time does not go back: adjust the balance.");
    };
  }

  /** An archived asset takes no entry of any kind. */
  private static Verdict as(TransferId id, Wish wish) {
    var old = EntryDetail.parse(wish.original().detail());
    return new As(
        id,
        Action.REVERSAL.kind(),
        detail(wish, old),
        Amount.MAX,
        EventSource.NONE,
        List.of(new HolderId(old.asset())));
  }

  private static String detail(Wish wish, EntryDetail old) {
    var description = "Reversal of " + wish.original().id().value() + ": " + wish.reason();
    return new EntryDetail(old.program(), old.asset(), description, old.reference())
        .begin()
        .toText();
  }
}
