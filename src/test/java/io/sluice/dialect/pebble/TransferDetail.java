package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;

/** What is stored with a move, which is set into answers as it is. */
final class TransferDetail {
  private TransferDetail() {}

  static String of(TransferRequest request) {
    JsonWriter detail =
        JsonWriter.object()
            .text("key", request.key())
            .text("from", request.from())
            .text("to", request.to())
            .number("pebbles", request.pebbles().units());
    request.note().ifPresent(note -> detail.text("note", note));
    return detail.toText();
  }

  /** The first posting is that of the jar that gave. */
  static Answer answer(Receipt receipt) {
    return JsonWriter.object()
        .uuid("id", receipt.id().value())
        .time("moved_at", receipt.createdAt())
        .members(receipt.detail())
        .number("left", receipt.postings().getFirst().balance().units())
        .toAnswer(201);
  }
}
