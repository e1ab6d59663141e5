package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import io.sluice.ledger.Receipt;
import java.util.UUID;

/**
 * What is stored with a transfer, and how it is shown.
 *
 * @param source the holder who paid
 * @param recipients how many were paid
 * @param total with as many decimals as the asset's scale
 */
record TransferDetail(
    UUID program, UUID asset, UUID source, int recipients, String total, String description) {
  private static final String SOURCE = "source_id";
  private static final String RECIPIENTS = "recipient_count";
  private static final String TOTAL = "total_amount";

  static TransferDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new TransferDetail(
        Values.uuid(json.get(EntryDetail.PROGRAM)).orElseThrow(),
        Values.uuid(json.get(EntryDetail.ASSET)).orElseThrow(),
        Values.uuid(json.get(SOURCE)).orElseThrow(),
        json.get(RECIPIENTS).intValue(),
        json.get(TOTAL).textValue(),
        json.get(EntryDetail.DESCRIPTION).textValue());
  }

  String text() {
    return JsonWriter.object()
        .uuid(EntryDetail.PROGRAM, program)
        .uuid(EntryDetail.ASSET, asset)
        .uuid(SOURCE, source)
        .number(RECIPIENTS, recipients)
        .text(TOTAL, total)
        .text(EntryDetail.DESCRIPTION, description)
        .toText();
  }

  /** The answer to the transfer, the first time and ever after. */
  Answer answer(Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(200);
  }

  /** The members of that answer. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    return json.uuid(EntryDetail.ASSET, asset)
        .uuid("journal_entry_id", receipt.id().value())
        .number(RECIPIENTS, recipients)
        .uuid(SOURCE, source)
        .text(TOTAL, total);
  }
}
