package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.ReversalRules;
import io.sluice.ledger.Amount;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TransferId;
import java.util.Map;

/**
 * What the registry takes back: the very batches of a transfer, by a transfer like any other, whose
 * notes say what it reverses.
 */
record TransferReversals(IdCodec codec, Ids ids) implements ReversalRules {
  private static final Map<String, String> NEVER =
      Map.of(
          Names.RETIREMENT,
          "Retired kilograms never move again.",
          Names.DELIVERY,
          "A delivery has fulfilled an order: have the batches transferred back.",
          Names.ORDER,
          "An order moves no credits.",
          Names.REFUND,
          "The buffer pool takes nothing back: have the batches transferred on.",
          Names.ISSUANCE,
          "Issued kilograms only go by being retired.");

  @Override
  public Verdict of(Wish wish) {
    String kind = wish.original().kind();
    return kind.equals(Names.TRANSFER) ? as(wish) : new Never(NEVER.get(kind));
  }

  private Verdict as(Wish wish) {
    var id = new TransferId(ids.next());
    return new As(id, Names.TRANSFER, detail(wish), Amount.MAX, EventSource.NONE);
  }

  private String detail(Wish wish) {
    JsonNode old = Json.parse(wish.original().detail());
    String reversed = codec.encode(IdPrefix.TRANSFER, wish.original().id().value());
    return JsonWriter.object()
        .node("from_organisation", old.get("to_organisation"))
        .node("to_organisation", old.get("from_organisation"))
        .node("credit_batch_size_total", old.get("credit_batch_size_total"))
        .text("notes", "Reversal of " + reversed + ": " + wish.reason())
        .toText();
  }
}
