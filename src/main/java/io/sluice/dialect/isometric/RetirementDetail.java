package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;

/**
 * What is stored with a retirement, and how it is shown: as of a transfer, with the names and
 * domains of its time. The beneficiary's id in it is what lists are filtered by.
 */
record RetirementDetail(IdCodec codec, Settings settings) {
  /** The text to store. */
  String of(Organisation owner, Organisation beneficiary, RetirementRequest request) {
    JsonWriter json = JsonWriter.object().texts("purposes", request.purposes());
    beneficiary.write(json.object("beneficiary"), codec).end();
    owner.write(json.object("owner"), codec).end();
    return Kilograms.write(json, "credit_batch_size_total", request.what().kilograms())
        .text("notes", request.notes().orElse(null))
        .toText();
  }

  Answer answer(Receipt receipt) {
    return write(JsonWriter.object(), receipt).toAnswer(200);
  }

  /** The members of the registry's Retirement. */
  JsonWriter write(JsonWriter json, Receipt receipt) {
    String id = codec.encode(IdPrefix.RETIREMENT, receipt.id().value());
    return json.text("id", id)
        .time("retired_at", receipt.createdAt())
        .text("url", settings.page("retirement", id))
        .members(receipt.detail());
  }
}
