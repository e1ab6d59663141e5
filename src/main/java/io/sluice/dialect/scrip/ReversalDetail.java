package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import java.time.Instant;
import java.util.UUID;

/**
 * What is stored with a reversal, and how it is shown.
 *
 * @param entry its description is the reason
 * @param amount with as many decimals as the asset's scale
 */
record ReversalDetail(EntryDetail entry, UUID redemption, String amount) {
  private static final String REDEMPTION = "redemption_id";
  private static final String AMOUNT = "amount";

  static ReversalDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new ReversalDetail(
        EntryDetail.parse(text),
        Values.uuid(json.get(REDEMPTION)).orElseThrow(),
        json.get(AMOUNT).textValue());
  }

  String text() {
    return entry.begin().uuid(REDEMPTION, redemption).text(AMOUNT, amount).toText();
  }

  /** The members of an answer about a reversal; its id is also its journal entry's. */
  JsonWriter write(JsonWriter json, UUID id, Instant createdAt) {
    return json.uuid("id", id)
        .uuid(REDEMPTION, redemption)
        .text(AMOUNT, amount)
        .text("reason", entry.description())
        .uuid("journal_entry_id", id)
        .time("created_at", createdAt);
  }
}
