package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;
import io.vertx.core.buffer.Buffer;

/**
 * Shows transfers, from their receipts alone, so that a transfer reads the same for ever: names and
 * domains are those at its time.
 */
final class TransferDetail {
  private static final String FROM = "from_organisation";
  private static final String TO = "to_organisation";

  private final IdCodec ids;

  TransferDetail(IdCodec ids) {
    this.ids = ids;
  }

  /** What the ledger keeps with a transfer. */
  String detail(TransferNote note) {
    JsonWriter json = organisations(JsonWriter.object(), note);
    return json.text("notes", note.notes().orElse(null)).toText();
  }

  /** The answer to the request that made a transfer; the same bytes as from what is stored. */
  Answer answer(Receipt receipt, TransferNote note) {
    JsonWriter json = organisations(head(JsonWriter.object(), receipt), note);
    return Answer.json(
        200, total(json, receipt).text("notes", note.notes().orElse(null)).toBuffer());
  }

  /** The answer from what is stored. */
  Answer answer(Receipt receipt) {
    Buffer body = write(JsonWriter.object(), receipt).toBuffer();
    return Answer.json(200, body);
  }

  /** The members of the registry's Transfer. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    JsonNode detail = Json.parse(receipt.detail());
    head(json, receipt).node(FROM, detail.get(FROM)).node(TO, detail.get(TO));
    return total(json, receipt).node("notes", detail.get("notes"));
  }

  private JsonWriter head(JsonWriter json, Receipt receipt) {
    return json.text("id", ids.encode(IdPrefix.TRANSFER, receipt.id().value()))
        .time("transferred_at", receipt.createdAt());
  }

  private JsonWriter organisations(JsonWriter json, TransferNote note) {
    note.from().write(json.object(FROM), ids).end();
    return note.to().write(json.object(TO), ids).end();
  }

  /** The first posting is the sender's, for the sum of all batches. */
  private static JsonWriter total(JsonWriter json, Receipt receipt) {
    var kilograms = receipt.postings().getFirst().amount().units().negate();
    return Kilograms.write(json, "credit_batch_size_total", kilograms);
  }
}
