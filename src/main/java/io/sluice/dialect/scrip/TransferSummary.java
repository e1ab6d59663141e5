package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import io.sluice.ledger.Receipt;
import java.util.UUID;

/**
 * What the answer to a transfer says besides its id; part of what is stored as its detail.
 *
 * @param source the holder who paid
 * @param recipients how many were paid
 * @param total with as many decimals as the asset's scale
 */
record TransferSummary(UUID asset, UUID source, long recipients, String total) {
  private static final String ASSET = "asset_id";
  private static final String SOURCE = "source_id";
  private static final String RECIPIENTS = "recipient_count";
  private static final String TOTAL = "total_amount";

  static TransferSummary ofDetail(String detail) {
    JsonNode json = Json.parse(detail);
    return new TransferSummary(
        Values.uuid(json.get(ASSET)).orElseThrow(),
        Values.uuid(json.get(SOURCE)).orElseThrow(),
        json.get(RECIPIENTS).longValue(),
        json.get(TOTAL).textValue());
  }

  /** With what else is stored of the request. */
  String toDetail(TransferRequest request) {
    return JsonWriter.object()
        .uuid("program_id", request.program())
        .uuid(ASSET, asset)
        .uuid(SOURCE, source)
        .number(RECIPIENTS, recipients)
        .text(TOTAL, total)
        .text("description", request.description())
        .toText();
  }

  Answer render(Receipt receipt) {
    return Outcomes.ok(
        JsonWriter.object()
            .uuid(ASSET, asset)
            .uuid("journal_entry_id", receipt.id().value())
            .number(RECIPIENTS, recipients)
            .uuid(SOURCE, source)
            .text(TOTAL, total));
  }
}
