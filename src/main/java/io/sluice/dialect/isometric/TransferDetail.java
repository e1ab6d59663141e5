package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;

/**
 * What is stored with a transfer, and how it is shown. The text is an object with members of the
 * answer, in their order, and is set into it as it is: a transfer reads the same for ever, with the
 * names and domains of its time.
 */
record TransferDetail(IdCodec codec) {
  /** The text to store. */
  String of(Organisation from, Organisation to, TransferRequest request) {
    JsonWriter json = JsonWriter.object();
    from.write(json.object("from_organisation"), codec).end();
    to.write(json.object("to_organisation"), codec).end();
    return Kilograms.write(json, "credit_batch_size_total", request.batches().kilograms())
        .text("notes", request.notes().orElse(null))
        .toText();
  }

  Answer answer(Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(200);
  }

  /** The members of the registry's Transfer. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    return json.text("id", codec.encode(IdPrefix.TRANSFER, receipt.id().value()))
        .time("transferred_at", receipt.createdAt())
        .members(receipt.detail());
  }
}
