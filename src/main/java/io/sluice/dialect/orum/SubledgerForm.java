package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.store.Holder;

/** How a subledger is shown, in answers and events alike. */
final class SubledgerForm {
  private SubledgerForm() {}

  static JsonWriter write(JsonWriter json, Holder holder) {
    JsonNode detail = Json.parse(holder.detail());
    return json.uuid("id", holder.id().value())
        .text("subledger_reference_id", holder.reference())
        .node("customer_reference_id", detail.get("customer_reference_id"))
        .node("customer_resource_type", detail.get("customer_resource_type"))
        .text("status", "created")
        .time("created_at", holder.createdAt())
        .time("updated_at", holder.updatedAt());
  }
}
