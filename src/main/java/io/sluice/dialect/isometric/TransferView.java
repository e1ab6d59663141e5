package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Shows transfers, from their receipts alone, so that a transfer reads the same for ever: names and
 * domains are those at its time.
 */
final class TransferView {
  private final IdCodec ids;

  TransferView(IdCodec ids) {
    this.ids = ids;
  }

  /**
   * What the ledger keeps with a transfer.
   *
   * @param nonce makes it unlike any other transfer's
   */
  String detail(Organisation from, Organisation to, Optional<String> notes, UUID nonce) {
    var json = JsonWriter.object();
    from.write(json.object("from_organisation"), ids).end();
    to.write(json.object("to_organisation"), ids).end();
    return json.text("notes", notes.orElse(null)).uuid("nonce", nonce).toText();
  }

  Answer answer(Receipt receipt) {
    Buffer body = write(JsonWriter.object(), receipt).toBuffer();
    return Answer.json(200, body);
  }

  /** The members of the registry's Transfer. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    JsonNode detail = Json.parse(receipt.detail());
    // The first posting is the sender's, for the sum of all batches.
    var kilograms = receipt.postings().getFirst().amount().units().negate();
    json.text("id", ids.encode(IdPrefix.TRANSFER, receipt.id().value()))
        .time("transferred_at", receipt.createdAt())
        .node("from_organisation", detail.get("from_organisation"))
        .node("to_organisation", detail.get("to_organisation"));
    return Kilograms.write(json, "credit_batch_size_total", kilograms)
        .node("notes", detail.get("notes"));
  }
}
