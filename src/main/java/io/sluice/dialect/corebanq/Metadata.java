package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A client's free-form JSON object, or none.
 *
 * @param json the object written compactly, in the client's order; {@code null} (the JSON text)
 *     where there is none
 */
record Metadata(String json) {
  static final Metadata NONE = new Metadata("null");

  private static final String WRAPPER = "{\"m\":";

  static Metadata of(JsonNode node) {
    String wrapped = JsonWriter.object().node("m", node).toText();
    return new Metadata(wrapped.substring(WRAPPER.length(), wrapped.length() - 1));
  }

  /**
   * Whether the compact form can be read again: a long number may have grown past the limit on
   * numbers by being written in scientific notation.
   */
  boolean isReadable() {
    try {
      return !Json.parse(json).isMissingNode();
    } catch (JsonException e) {
      return false;
    }
  }

  int sizeBytes() {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Adds what the metadata means to a fingerprint: the order of members and the way in which a
   * number is written do not matter.
   */
  void addTo(Digest digest) {
    add(digest, equals(NONE) ? NullNode.getInstance() : Json.parse(json));
  }

  private static void add(Digest digest, JsonNode node) {
    digest.add(node.getNodeType().name());
    if (node.isObject()) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      Collections.sort(names);
      digest.add(names.size());
      names.forEach(name -> add(digest.add(name), node.get(name)));
    } else if (node.isArray()) {
      digest.add(node.size());
      node.forEach(element -> add(digest, element));
    } else {
      digest.add(node.isNumber() ? number(node.decimalValue()) : node.asText());
    }
  }

  /** Never expanded: 1e1000000 stays one digit and an exponent. */
  private static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
  }
}
