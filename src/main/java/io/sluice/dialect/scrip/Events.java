package io.sluice.dialect.scrip;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Digest;
import io.sluice.ledger.Event;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Words events: an envelope, the same for all endpoints, around what only the operation knows. One
 * for each operation that was committed.
 *
 * @param audience how many endpoints may want to hear of anything
 */
record Events(ToIntFunction<TenantId> audience, Ids ids) {
  /** The version of the envelope. */
  private static final String API_VERSION = "2026-03-01";

  /** Whether anybody may want to hear of it; if not, nothing needs to be made. */
  boolean wanted(TenantId tenant) {
    return audience.applyAsInt(tenant) > 0;
  }

  /**
   * Tells of a transfer once it is posted, if anybody may want to hear of it.
   *
   * @param data writes the members of {@code data}
   */
  EventSource of(
      TenantId tenant, EventType type, UUID subject, BiConsumer<JsonWriter, Receipt> data) {
    int endpoints = audience.applyAsInt(tenant);
    if (endpoints == 0) {
      return EventSource.NONE;
    }
    return EventSource.to(
        endpoints,
        receipt ->
            receipt.posted()
                ? List.of(
                    event(
                        tenant,
                        type,
                        subject,
                        receipt.createdAt(),
                        json -> data.accept(json, receipt)))
                : List.of());
  }

  /**
   * An event that has happened.
   *
   * @param data writes the members of {@code data}
   */
  Event event(
      TenantId tenant, EventType type, UUID subject, Instant at, Consumer<JsonWriter> data) {
    UUID id = ids.next();
    JsonWriter json =
        JsonWriter.object()
            .uuid("id", id)
            .text("type", type.word())
            .text("api_version", API_VERSION)
            .time("created_at", at)
            .uuid("organization_id", organization(tenant))
            .object("data");
    data.accept(json);
    return new Event(id, Names.DIALECT, type.word(), subject, json.end().toText());
  }

  /** What the tenant is called where the provider's organisations have UUIDs. */
  private static UUID organization(TenantId tenant) {
    return Digest.start().add("scrip.organization").add(tenant.value()).toUuid();
  }
}
