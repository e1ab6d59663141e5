package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a ledger's creation fixed, kept as the detail of its holder.
 *
 * @param asset the currency as the books know it
 * @param overdraftLimit how far below zero the balance may go, where enabled; in cents
 * @param openingBalance what the ledger starts with; in cents
 * @param openingDate as the client gave it; otherwise the ledger opened when it was created
 * @param createdBy the user who created it
 */
record Ledger(
    String description,
    String type,
    UUID currencyId,
    String currencyCode,
    AssetId asset,
    boolean overdraftEnabled,
    long overdraftLimit,
    long openingBalance,
    Optional<Instant> openingDate,
    Optional<UUID> parent,
    Metadata metadata,
    UUID createdBy) {
  /** The kind of every holder that is a ledger. */
  static final String KIND = "corebanq.ledger";

  /** Stands in until the currency was looked up. */
  static final AssetId NO_ASSET = new AssetId(new UUID(0, 0));

  static AccountRef account(HolderId ledger, AssetId asset) {
    return AccountRef.available(ledger, asset);
  }

  Ledger in(AssetId currency) {
    return new Ledger(
        description,
        type,
        currencyId,
        currencyCode,
        currency,
        overdraftEnabled,
        overdraftLimit,
        openingBalance,
        openingDate,
        parent,
        metadata,
        createdBy);
  }

  /** The balance that the ledger may not pass, zero or less. */
  Amount floor() {
    return overdraftEnabled ? Amount.of(overdraftLimit).negated() : Amount.ZERO;
  }

  /** As JSON, for the holder's detail. */
  String toDetail() {
    return JsonWriter.object()
        .text("description", description)
        .text("type", type)
        .uuid("currency_id", currencyId)
        .text("currency_code", currencyCode)
        .uuid("asset", asset.value())
        .bool("overdraft_enabled", overdraftEnabled)
        .number("overdraft_limit", overdraftLimit)
        .number("opening_balance", openingBalance)
        .time("opening_date", openingDate.orElse(null))
        .uuid("parent", parent.orElse(null))
        .raw("metadata", metadata.json())
        .uuid("created_by", createdBy)
        .toText();
  }

  /** The reverse of {@link #toDetail()}. */
  static Ledger ofDetail(String detail) {
    JsonNode json = Json.parse(detail);
    return new Ledger(
        json.get("description").textValue(),
        json.get("type").textValue(),
        uuid(json, "currency_id"),
        json.get("currency_code").textValue(),
        new AssetId(uuid(json, "asset")),
        json.get("overdraft_enabled").booleanValue(),
        json.get("overdraft_limit").longValue(),
        json.get("opening_balance").longValue(),
        Timestamps.parse(json.get("opening_date").textValue()),
        Values.uuid(json.get("parent")),
        Metadata.of(json.get("metadata")),
        uuid(json, "created_by"));
  }

  private static UUID uuid(JsonNode json, String name) {
    return Values.uuid(json.get(name)).orElseThrow();
  }
}
