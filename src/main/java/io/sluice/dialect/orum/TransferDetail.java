package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * What is stored with a book transfer, and how it is shown. The text is an object with the members
 * that repeat the request, in their order; it is set into answers as it is, which spares them a
 * parse.
 */
final class TransferDetail {
  /** Stored for other reasons than want of funds, which goes without saying. */
  static final String REASONS = "status_reasons";

  private TransferDetail() {}

  /** The text to store. */
  static String of(TransferRequest request) {
    JsonWriter json =
        JsonWriter.object()
            .text(Reader.REFERENCE_ID, request.referenceId())
            .number("amount", request.amount().units())
            .text("currency", Names.CURRENCY);
    request.metadata().ifPresent(node -> json.node("metadata", node));
    side(json, Side.SOURCE, request.source());
    side(json, Side.DESTINATION, request.destination());
    return json.toText();
  }

  private static void side(JsonWriter json, Side side, Optional<String> subledger) {
    subledger.ifPresent(name -> json.object(side.member()).text(Reader.SUBLEDGER_ID, name).end());
  }

  static Answer one(Receipt receipt) {
    JsonWriter json = JsonWriter.object();
    write(json.object("book_transfer"), receipt);
    return json.toAnswer(200);
  }

  static Answer many(List<Receipt> receipts) {
    return JsonWriter.object()
        .objects("book_transfers", receipts, TransferDetail::write)
        .toAnswer(200);
  }

  /** Whether a subledger is on either side. */
  static boolean names(Receipt receipt, String subledger) {
    JsonNode detail = Json.parse(receipt.detail());
    return subledger.equals(detail.at("/source/subledger_reference_id").textValue())
        || subledger.equals(detail.at("/destination/subledger_reference_id").textValue());
  }

  static void write(JsonWriter json, Receipt receipt) {
    json.uuid("id", receipt.id().value())
        .time("created_at", receipt.createdAt())
        .time("updated_at", receipt.createdAt())
        .members(receipt.detail());
    json.text("status", receipt.posted() ? "completed" : "failed");
    if (!receipt.posted() && !Json.parse(receipt.detail()).has(REASONS)) {
      json.raw(REASONS, wantOfFunds(receipt.detail()));
    }
  }

  private static String wantOfFunds(String detail) {
    return Json.parse(detail).has(Side.SOURCE.member())
        ? reasons(
            Side.SOURCE,
            "insufficient_funds",
            "There was not enough money available to complete the transfer request")
        : reasons(
            Side.SOURCE,
            "enterprise_insufficient_funds",
            "There is an insufficient enterprise balance and the transfer request cannot be"
                + " completed");
  }

  /** Why a book transfer failed, as it is shown. */
  static String reasons(Side side, String code, String message) {
    return JsonWriter.array()
        .element()
        .object(side.member())
        .text("reason_code", code)
        .text("reason_code_message", message)
        .end()
        .end()
        .toText();
  }
}
