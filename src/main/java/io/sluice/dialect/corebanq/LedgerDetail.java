package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Values;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept with the holder of a ledger, from which the ledger is rendered.
 *
 * @param asset the ledger's currency as the books know it
 * @param closingDate as the client gave it; a ledger that has one is closed
 * @param modifiedBy the user who changed it last
 */
record LedgerDetail(Ledger ledger, AssetId asset, Optional<Instant> closingDate, UUID modifiedBy) {
  /** Of a new ledger. */
  LedgerDetail(Ledger ledger, AssetId asset) {
    this(ledger, asset, Optional.empty(), ledger.createdBy());
  }

  /** The same, changed last by this user. */
  LedgerDetail by(UUID user) {
    return new LedgerDetail(ledger, asset, closingDate, user);
  }

  /** The account of the ledger with this id. */
  AccountRef account(HolderId id) {
    return AccountRef.available(id, asset);
  }

  /** As it is stored, without what nearly no ledger has. */
  String text() {
    JsonWriter json =
        JsonWriter.object()
            .text("description", ledger.description())
            .text("type", ledger.type())
            .uuid("currency_id", ledger.currency().id())
            .text("currency_code", ledger.currency().code())
            .uuid("asset", asset.value())
            .bool("overdraft_enabled", ledger.overdraft().enabled())
            .number("overdraft_limit", ledger.overdraft().limit())
            .number("opening_balance", ledger.openingBalance())
            .time("opening_date", ledger.openingDate().orElse(null))
            .uuid("parent", ledger.parent().orElse(null))
            .raw("metadata", ledger.metadata().json())
            .uuid("created_by", ledger.createdBy());
    closingDate.ifPresent(date -> json.time("closing_date", date));
    if (!modifiedBy.equals(ledger.createdBy())) {
      json.uuid("modified_by", modifiedBy);
    }
    return json.toText();
  }

  /** The reverse of {@link #text()}. */
  static LedgerDetail read(String text) {
    JsonNode json = Json.parse(text);
    Ledger ledger =
        new Ledger(
            json.get("description").textValue(),
            json.get("type").textValue(),
            new Currency(uuid(json, "currency_id"), json.get("currency_code").textValue()),
            new Overdraft(
                json.get("overdraft_enabled").booleanValue(),
                json.get("overdraft_limit").longValue()),
            json.get("opening_balance").longValue(),
            Timestamps.parse(json.get("opening_date").textValue()),
            Values.uuid(json.get("parent")),
            Metadata.of(json.get("metadata")),
            uuid(json, "created_by"));
    return new LedgerDetail(
        ledger,
        new AssetId(uuid(json, "asset")),
        Timestamps.parse(json.path("closing_date").textValue()),
        Values.uuid(json.path("modified_by")).orElse(ledger.createdBy()));
  }

  private static UUID uuid(JsonNode json, String name) {
    return Values.uuid(json.get(name)).orElseThrow();
  }

  /** Writes the members of a ledger into the open object. */
  static void write(
      JsonWriter json, Holder holder, AccountBalance balance, List<HolderId> children) {
    LedgerDetail detail = read(holder.detail());
    Ledger ledger = detail.ledger();
    json.uuid("id", holder.id().value())
        .text("code", holder.reference())
        .text("description", ledger.description())
        .text("type", ledger.type())
        .uuid("currency_id", ledger.currency().id())
        .text("currency_code", ledger.currency().code())
        .number("balance_current", balance.balance().units())
        .number("balance_available", balance.available().units())
        .bool("overdraft_enabled", ledger.overdraft().enabled())
        .number("overdraft_limit", ledger.overdraft().limit());
    writeDates(json, holder, detail, balance);
    json.uuid("parent_ledger_id", ledger.parent().orElse(null))
        .uuids("child_ledger_ids", children, HolderId::value)
        .time("created_at", holder.createdAt())
        .uuid("created_by", ledger.createdBy())
        .time("modified_at", holder.updatedAt())
        .uuid("modified_by", detail.modifiedBy())
        .bool("active", holder.status() == HolderStatus.ACTIVE)
        .raw("metadata", ledger.metadata().json());
  }

  /** An account that nothing was posted to still has the time of its opening. */
  private static void writeDates(
      JsonWriter json, Holder holder, LedgerDetail detail, AccountBalance balance) {
    Instant active = balance.updatedAt();
    json.time("last_activity_date", active.isAfter(holder.createdAt()) ? active : null)
        .time("opening_date", detail.ledger().openingDate().orElse(holder.createdAt()))
        .time("closing_date", detail.closingDate().orElse(null));
  }
}
