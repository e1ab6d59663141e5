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
 * @param code capital letters and digits, unique in the registry; part of serial numbers
 */
record Supplier(
    HolderId id,
    HolderId organisation,
    String code,
    Optional<String> shortDescription,
    Optional<String> longDescription,
    Optional<Location> location) {
  static Supplier of(HolderId id, String detail) {
    JsonNode node = Json.parse(detail);
    return new Supplier(
        id,
        new HolderId(UUID.fromString(node.path("organisation").asText())),
        node.path("code").asText(),
        text(node, "short_description"),
        text(node, "long_description"),
        Location.in(node));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  /** What is stored with the holder. */
  String detail() {
    JsonWriter json = JsonWriter.object().uuid("organisation", organisation.value());
    described(json.text("code", code));
    return Location.write(json, location).toText();
  }

  /** The members of the registry's Supplier. */
  JsonWriter write(JsonWriter json, IdCodec ids, Organisation behind) {
    described(json.text("id", ids.encode(IdPrefix.SUPPLIER, id.value())));
    behind.write(json.object("organisation"), ids).end();
    return Location.write(json, location);
  }

  private void described(JsonWriter json) {
    json.text("short_description", shortDescription.orElse(null))
        .text("long_description", longDescription.orElse(null));
  }
}
