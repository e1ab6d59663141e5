package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.ShortUuid;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Posting;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the entries of one transfer say besides numbers; stored with the transfer, and the only
 * thing besides the receipt from which entries are rendered.
 *
 * @param transaction the client's {@code transaction_id}
 * @param user who caused the transfer
 */
record TransferDetail(
    UUID transaction, Optional<String> description, Metadata metadata, UUID user) {
  private static final Wanted<String> DESCRIPTION =
      new Wanted.Characters(0, Names.MAX_DESCRIPTION_CHARS);

  /** What the bodies of transfers and entries have in common. */
  static TransferDetail of(Caller caller, Reader reader) {
    return new TransferDetail(
        reader.required("transaction_id", Reader.ID),
        reader.optional("description", DESCRIPTION),
        reader.metadata(),
        caller.user());
  }

  /**
   * The transaction as a key. A retry must repeat everything but the user.
   *
   * @param fingerprint of all that the request says besides this
   */
  IdempotencyKey key(Digest fingerprint) {
    metadata.addTo(fingerprint.add(description.orElse("")));
    return IdempotencyKey.of(Names.TRANSACTIONS, transaction.toString(), fingerprint);
  }

  /** As it is stored, without what is not there: every transfer has such a text. */
  String text() {
    JsonWriter json =
        JsonWriter.object()
            .text("transaction", ShortUuid.of(transaction))
            .text("user", ShortUuid.of(user));
    description.ifPresent(text -> json.text("description", text));
    if (!metadata.value().isNull()) {
      json.raw("metadata", metadata.json());
    }
    return json.toText();
  }

  /** The reverse of {@link #text()}. */
  static TransferDetail read(String text) {
    JsonNode json = Json.parse(text);
    return new TransferDetail(
        ShortUuid.read(json.get("transaction").textValue()),
        Optional.ofNullable(json.path("description").textValue()),
        json.has("metadata") ? Metadata.of(json.get("metadata")) : Metadata.NONE,
        ShortUuid.read(json.get("user").textValue()));
  }

  /** Writes the members of an entry into the open object. */
  void write(JsonWriter json, UUID ledger, Posting posting, Instant time) {
    json.uuid("id", posting.id())
        .uuid("ledger_id", ledger)
        .uuid("transaction_id", transaction)
        .number("amount", posting.amount().abs().units())
        .text("type", posting.amount().isNegative() ? Names.DEBIT : Names.CREDIT)
        .text("description", description.orElse(null))
        .number("balance", posting.balance().units())
        .time("timestamp", time)
        .raw("metadata", metadata.json())
        .time("created_at", time)
        .uuid("created_by", user);
  }
}
