package io.sluice.clients;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call, to be varied.
 *
 * @param operation method and path in the document
 */
record Ask(
    String operation, Caller caller, Map<String, JsonNode> parameters, Optional<JsonNode> body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Ask of(String operation, Caller caller) {
    return new Ask(operation, caller, Map.of(), Optional.empty());
  }

  Ask as(Caller other) {
    return new Ask(operation, other, parameters, body);
  }

  /** With a parameter, in path or query. */
  Ask with(String name, String value) {
    JsonNode json = JSON.valueToTree(value);
    return with(name, json);
  }

  Ask with(String name, int value) {
    JsonNode json = JSON.valueToTree(value);
    return with(name, json);
  }

  /** With a parameter of any JSON. */
  Ask with(String name, JsonNode value) {
    Map<String, JsonNode> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new Ask(operation, caller, more, body);
  }

  /** With a body, made of a text of JSON with places for values. */
  Ask body(String json, Object... values) {
    return body(JSON.readTree(json.formatted(values)));
  }

  Ask body(JsonNode other) {
    return new Ask(operation, caller, parameters, Optional.of(other));
  }
}
