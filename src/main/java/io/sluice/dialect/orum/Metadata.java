package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Text;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The client's own pairs of a name and a JSON scalar, kept as they were sent. */
final class Metadata implements Wanted.Own<JsonNode> {
  static final Metadata WANTED = new Metadata();

  static final int MAX_PAIRS = 5;
  static final int MAX_KEY_CHARS = 20;
  static final int MAX_VALUE_CHARS = 50;

  private Metadata() {}

  @Override
  public Optional<JsonNode> read(JsonNode node) {
    boolean fits =
        node.isObject()
            && node.size() <= MAX_PAIRS
            && node.properties().stream().allMatch(Metadata::fits);
    return fits ? Optional.of(node) : Optional.empty();
  }

  @Override
  public JsonNode standIn() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static boolean fits(Map.Entry<String, JsonNode> pair) {
    JsonNode value = pair.getValue();
    return Text.length(pair.getKey()) <= MAX_KEY_CHARS
        && value.isValueNode()
        && Text.length(written(value)) <= MAX_VALUE_CHARS;
  }

  /** A string counts its characters, any other scalar those of its JSON text. */
  private static String written(JsonNode value) {
    return value.isTextual() ? value.textValue() : JsonWriter.compact(value);
  }

  /** Adds what the pairs mean to a fingerprint: their order does not matter, their types do. */
  static void addTo(Digest digest, Optional<JsonNode> metadata) {
    SortedMap<String, String> pairs = new TreeMap<>();
    metadata.ifPresent(
        node ->
            node.properties()
                .forEach(pair -> pairs.put(pair.getKey(), JsonWriter.compact(pair.getValue()))));
    digest.add(pairs.size());
    pairs.forEach((key, value) -> digest.add(key).add(value));
  }
}
