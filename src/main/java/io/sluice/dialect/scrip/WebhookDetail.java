package io.sluice.dialect.scrip;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import java.util.Optional;

/**
 * What a client keeps with an endpoint.
 *
 * @param metadata any JSON
 */
record WebhookDetail(Optional<String> description, Optional<JsonNode> metadata) {
  static final String DESCRIPTION = "description";
  static final String METADATA = "metadata";

  static WebhookDetail parse(String text) {
    JsonNode json = Json.parse(text);
    return new WebhookDetail(
        Optional.ofNullable(json.get(DESCRIPTION)).map(JsonNode::textValue),
        Optional.ofNullable(json.get(METADATA)));
  }

  /** What is given replaces what was there, whole. */
  WebhookDetail changedBy(WebhookDetail given) {
    return new WebhookDetail(
        given.description.or(() -> description), given.metadata.or(() -> metadata));
  }

  String text() {
    return writeMetadata(writeDescription(JsonWriter.object())).toText();
  }

  JsonWriter writeDescription(JsonWriter json) {
    return description.map(text -> json.text(DESCRIPTION, text)).orElse(json);
  }

  JsonWriter writeMetadata(JsonWriter json) {
    return metadata.map(node -> json.node(METADATA, node)).orElse(json);
  }
}
