package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Digest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A client's free-form JSON object, or none.
 *
 * @param value the object; JSON null where there is none
 * @param json the same written compactly, in the client's order
 */
record Metadata(JsonNode value, String json) {
  static final Metadata NONE = of(NullNode.getInstance());

  static Metadata of(JsonNode value) {
    return new Metadata(value, JsonWriter.compact(value));
  }

  /**
   * Adds what the metadata means to a fingerprint: the order of members and the way in which a
   * number is written do not matter.
   */
  void addTo(Digest digest) {
    add(digest, value);
  }

  /** What was written as 1E0 is read back as 1, which is another node of the same text. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Metadata metadata && json.equals(metadata.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
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
