package io.sluice.clients;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON from text. */
final class Json {
  private Json() {}

  static JsonNode of(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
