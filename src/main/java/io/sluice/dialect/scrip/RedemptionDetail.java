package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import java.util.UUID;

/**
 * What is stored with a redemption.
 *
 * @param amount with as many decimals as the asset's scale
 * @param target where it went, and where reversals come from, whatever the programme says by then
 */
record RedemptionDetail(
    EntryDetail entry, UUID participant, String amount, RedemptionTarget target) {
  private static final String PARTICIPANT = "participant_id";
  private static final String AMOUNT = "amount";

  static RedemptionDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new RedemptionDetail(
        EntryDetail.parse(text),
        Values.uuid(json.get(PARTICIPANT)).orElseThrow(),
        json.get(AMOUNT).textValue(),
        RedemptionTarget.parse(json));
  }

  String text() {
    JsonWriter json = entry.begin().uuid(PARTICIPANT, participant).text(AMOUNT, amount);
    target.write(json);
    return json.toText();
  }

  /** Members of an answer. */
  JsonWriter write(JsonWriter json) {
    return json.uuid(PARTICIPANT, participant)
        .uuid(EntryDetail.PROGRAM, entry.program())
        .uuid(EntryDetail.ASSET, entry.asset())
        .text(AMOUNT, amount)
        .text(EntryDetail.DESCRIPTION, entry.description());
  }
}
