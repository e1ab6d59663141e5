package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.HolderId;
import java.util.Optional;
import java.util.UUID;

/**
 * Who removed the carbon: an organisation in that role.
 *
 * @param organisation the one behind it; it receives what is issued
 * @param location three letters of ISO 3166-1, where known
 */
record Supplier(
    HolderId id,
    HolderId organisation,
    Optional<String> shortDescription,
    Optional<String> longDescription,
    Optional<String> location) {
  static Supplier of(HolderId id, String detail) {
    JsonNode node = Json.parse(detail);
    return new Supplier(
        id,
        new HolderId(UUID.fromString(node.path("organisation").asText())),
        text(node, "short_description"),
        text(node, "long_description"),
        text(node, "location"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  /** What is stored with the holder. */
  String detail() {
    return descriptions(JsonWriter.object().uuid("organisation", organisation.value()))
        .text("location", location.orElse(null))
        .toText();
  }

  /** The members of the registry's Supplier. */
  JsonWriter write(JsonWriter json, IdCodec ids, Organisation behind) {
    json.text("id", ids.encode(IdPrefix.SUPPLIER, id.value()));
    descriptions(json);
    behind.write(json.object("organisation"), ids).end();
    return json.text("location", location.orElse(null));
  }

  private JsonWriter descriptions(JsonWriter json) {
    return json.text("short_description", shortDescription.orElse(null))
        .text("long_description", longDescription.orElse(null));
  }
}
