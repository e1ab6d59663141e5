package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.ReversalRules;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.dialect.Values;
import io.sluice.ledger.Amount;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import java.util.Optional;

/**
 * What the operator takes back. The reversal of a book transfer is a book transfer, so that it is
 * in lists, reports and events like any other; its metadata says what it reverses.
 */
record TransferReversals(Services services, Events events) implements ReversalRules {
  @Override
  public Verdict of(Wish wish) {
    return switch (wish.original().kind()) {
      case Names.BOOK_TRANSFER ->
          as(Names.BOOK_TRANSFER, detail(wish), events.ofTransfer(wish.tenant()));
      case Names.FUNDING -> as(Names.FUNDING_REVERSAL, funding(wish), EventSource.NONE);
      default -> new Never("A reversal of a funding is not reversed: fund the enterprise anew.");
    };
  }

  private Verdict as(String kind, String detail, EventSource told) {
    return new As(services.transferId(), kind, detail, Amount.MAX_LONG, told);
  }

  /** The key of what has this reference id because it reverses something. */
  static Optional<IdempotencyKey> key(String referenceId) {
    return Optional.of(referenceId)
        .filter(text -> text.startsWith(Names.REVERSAL_REFERENCE))
        .flatMap(text -> Values.uuid(text.substring(Names.REVERSAL_REFERENCE.length())))
        .map(TransferId::new)
        .map(IdempotencyKey::ofReversal);
  }

  private static String reference(Receipt original) {
    return Names.REVERSAL_REFERENCE + original.id().value();
  }

  private static String detail(Wish wish) {
    JsonNode old = Json.parse(wish.original().detail());
    JsonWriter json =
        JsonWriter.object()
            .text(Reader.REFERENCE_ID, reference(wish.original()))
            .node("amount", old.get("amount"))
            .node("currency", old.get("currency"))
            .object("metadata")
            .uuid("reverses", wish.original().id().value())
            .text("reason", Text.beginning(wish.reason(), Metadata.MAX_VALUE_CHARS))
            .end();
    side(json, Side.SOURCE, old.get(Side.DESTINATION.member()));
    side(json, Side.DESTINATION, old.get(Side.SOURCE.member()));
    return json.toText();
  }

  /** The enterprise is not named. */
  private static void side(JsonWriter json, Side side, JsonNode subledger) {
    if (subledger != null) {
      json.node(side.member(), subledger);
    }
  }

  private static String funding(Wish wish) {
    JsonNode old = Json.parse(wish.original().detail());
    return JsonWriter.object()
        .text("reference", reference(wish.original()))
        .node("amount", old.get("amount"))
        .node("currency", old.get("currency"))
        .text("reason", wish.reason())
        .toText();
  }
}
