package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.HolderId;
import java.util.Optional;

/**
 * Who owns credits.
 *
 * @param name for people to read
 * @param domain such as {@code example.com}, where it has one
 * @param holdsAccount whether it acts for itself; else it only ever benefits, or is the buffer pool
 */
record Organisation(HolderId id, String name, Optional<String> domain, boolean holdsAccount) {
  static Organisation of(HolderId id, String detail) {
    JsonNode node = Json.parse(detail);
    return new Organisation(
        id,
        node.path("name").asText(),
        Optional.ofNullable(node.path("domain").textValue()),
        node.path("account").asBoolean(true));
  }

  /** What is stored with the holder. */
  String detail() {
    JsonWriter json = JsonWriter.object().text("name", name).text("domain", domain.orElse(null));
    return (holdsAccount ? json : json.bool("account", false)).toText();
  }

  /** The members of the registry's Organisation. */
  JsonWriter write(JsonWriter json, IdCodec ids) {
    return json.text("id", ids.encode(IdPrefix.ORGANISATION, id.value()))
        .text("name", name)
        .text("domain", domain.orElse(null));
  }
}
