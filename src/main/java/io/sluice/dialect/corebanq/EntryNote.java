package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import io.sluice.ledger.Digest;
import io.sluice.ledger.Posting;
import java.time.Instant;
import java.util.UUID;

/**
 * What the entries of one transfer say besides numbers; stored as the transfer's detail, and the
 * only thing besides the receipt from which entries are rendered.
 *
 * @param transaction the client's {@code transaction_id}
 * @param description empty where the client gave none
 * @param user who caused the transfer
 */
record EntryNote(UUID transaction, String description, Metadata metadata, UUID user) {
  static final int MAX_DESCRIPTION_CHARS = 1_000;

  /** Adds what a retry must repeat: everything but the user. */
  Digest addTo(Digest fingerprint) {
    fingerprint.add(description);
    metadata.addTo(fingerprint);
    return fingerprint;
  }

  String toDetail() {
    return JsonWriter.object()
        .uuid("transaction", transaction)
        .text("description", description)
        .raw("metadata", metadata.json())
        .uuid("user", user)
        .toText();
  }

  static EntryNote ofDetail(String detail) {
    JsonNode json = Json.parse(detail);
    return new EntryNote(
        Values.uuid(json.get("transaction")).orElseThrow(),
        json.get("description").textValue(),
        Metadata.of(json.get("metadata")),
        Values.uuid(json.get("user")).orElseThrow());
  }

  /** Writes the members of an entry into the open object. */
  void write(JsonWriter json, UUID ledger, Posting posting, Instant time) {
    json.uuid("id", posting.id())
        .uuid("ledger_id", ledger)
        .uuid("transaction_id", transaction)
        .number("amount", posting.amount().abs().units())
        .text("type", posting.amount().isNegative() ? "debit" : "credit")
        .text("description", description)
        .number("balance", posting.balance().units())
        .time("timestamp", time)
        .raw("metadata", metadata.json())
        .time("created_at", time)
        .uuid("created_by", user);
  }
}
