package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.dialect.Text;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The client's own pairs of texts, kept as they were sent. */
final class Metadata implements Wanted.Own<JsonNode> {
  static final Metadata WANTED = new Metadata();

  static final int MAX_PAIRS = 5;
  static final int MAX_KEY_CHARS = 20;
  static final int MAX_VALUE_CHARS = 50;

  private Metadata() {}

  @Override
  public Optional<JsonNode> read(JsonNode node) {
    return objection(node).isEmpty() ? Optional.of(node) : Optional.empty();
  }

  @Override
  public JsonNode standIn() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The rule that a node breaks; empty for one that fits. */
  static Optional<String> objection(JsonNode node) {
    if (!node.isObject()) {
      return Optional.of("must be an object");
    }
    if (node.size() > MAX_PAIRS) {
      return Optional.of("holds at most " + MAX_PAIRS + " pairs");
    }
    return node.properties().stream().flatMap(pair -> objection(pair).stream()).findFirst();
  }

  private static Optional<String> objection(Map.Entry<String, JsonNode> pair) {
    if (Text.length(pair.getKey()) > MAX_KEY_CHARS) {
      return Optional.of("keys have at most " + MAX_KEY_CHARS + " characters");
    }
    String value = pair.getValue().textValue();
    return value == null || Text.length(value) > MAX_VALUE_CHARS
        ? Optional.of("values are strings of at most " + MAX_VALUE_CHARS + " characters")
        : Optional.empty();
  }

  /** Adds what the pairs mean to a fingerprint: their order does not matter. */
  static void addTo(Digest digest, Optional<JsonNode> metadata) {
    SortedMap<String, String> pairs = new TreeMap<>();
    metadata.ifPresent(
        node ->
            node.properties()
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue().textValue())));
    digest.add(pairs.size());
    pairs.forEach((key, value) -> digest.add(key).add(value));
  }
}
