package io.sluice.dialect.corebanq;

import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.ReversalRules;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.TransferId;
import java.util.Optional;
import java.util.UUID;

/**
 * What the operator takes back: entries of a transaction of its own, whose description and metadata
 * say what it reverses.
 */
record TransferReversals(Services services) implements ReversalRules {
  /** Nobody of the tenant's users made it. */
  private static final UUID NO_USER = new UUID(0, 0);

  @Override
  public Verdict of(Wish wish) {
    return switch (wish.original().kind()) {
      case Names.TRANSFER, Names.ENTRY -> as(services.transferId(), wish);
      case Names.OPENING ->
          new Never("An opening balance belongs to its ledger: correct it by an entry.");
      default -> new Never("A reversal is not reversed: repeat what it reversed.");
    };
  }

  private static Verdict as(TransferId id, Wish wish) {
    var old = TransferDetail.read(wish.original().detail());
    var detail =
        new TransferDetail(
            id.value(),
            Optional.of("Reversal: " + wish.reason()),
            Metadata.of(Json.parse(metadata(wish, old))),
            NO_USER);
    return new As(id, Names.REVERSAL, detail.text(), Amount.MAX_LONG, EventSource.NONE);
  }

  private static String metadata(Wish wish, TransferDetail old) {
    return JsonWriter.object()
        .uuid("reverses_transfer_id", wish.original().id().value())
        .uuid("reverses_transaction_id", old.transaction())
        .toText();
  }
}
