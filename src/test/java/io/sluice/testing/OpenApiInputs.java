package io.sluice.testing;

import io.sluice.testing.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an OpenAPI document lets requests say, and for each a value that it cannot have. */
public final class OpenApiInputs {
  private final OpenApiDocument document;

  public OpenApiInputs(OpenApiDocument document) {
    this.document = document;
  }

  /**
   * A member of a body, at any depth.
   *
   * @param path the names that lead to it; of what lies in an array, that of the array
   * @param impossible JSON of a type that it cannot have
   */
  public record Member(List<String> path, String impossible) {}

  /** For each query parameter of an operation a text that does not fit it. */
  public Map<String, String> impossibleQueries(Operation operation) {
    var texts = new TreeMap<String, String>();
    for (JsonNode parameter : document.at(operation.pointer() + "/parameters")) {
      JsonNode resolved = resolve(parameter);
      if (resolved.get("in").stringValue().equals("query")) {
        JsonNode schema =
            resolved.has("schema")
                ? resolved.get("schema")
                : resolved.at("/content/application~1json/schema");
        texts.put(resolved.get("name").stringValue(), impossible(schema));
      }
    }
    return texts;
  }

  private String impossible(JsonNode reference) {
    JsonNode schema = resolve(reference);
    if (schema.has("items")) {
      return impossible(schema.get("items"));
    }
    boolean isText = types(schema).contains("string");
    if (isText && schema.path("minLength").asInt(0) > 0) {
      return "";
    }
    // What has no longest text is more than a text: a word, a time, a cursor.
    return isText && schema.has("maxLength")
        ? "x".repeat(schema.get("maxLength").asInt() + 1)
        : "~";
  }

  /** Every member that a schema names, those of its members included. */
  public List<Member> members(String schemaPointer) {
    var found = new ArrayList<Member>();
    collect(document.at(schemaPointer), List.of(), found);
    return found;
  }

  private void collect(JsonNode reference, List<String> path, List<Member> found) {
    JsonNode schema = resolve(reference);
    for (String word : List.of("anyOf", "oneOf", "allOf")) {
      for (JsonNode branch : schema.path(word)) {
        collect(branch, path, found);
      }
    }
    if (schema.has("items")) {
      collect(schema.get("items"), path, found);
    }
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      var longer = new ArrayList<>(path);
      longer.add(member.getKey());
      Set<String> types = types(resolve(member.getValue()));
      if (!types.isEmpty()) {
        found.add(new Member(List.copyOf(longer), unlike(types)));
      }
      collect(member.getValue(), longer, found);
    }
  }

  private static String unlike(Set<String> types) {
    if (!types.contains("array")) {
      return "[[]]";
    }
    return types.contains("object") ? "7" : "{}";
  }

  /** The types that a schema allows; none where it says nothing of them. */
  private Set<String> types(JsonNode schema) {
    if (schema.path("type").isString()) {
      return Set.of(schema.get("type").stringValue());
    }
    if (schema.path("type").isArray()) {
      return schema
          .get("type")
          .valueStream()
          .map(JsonNode::stringValue)
          .collect(Collectors.toSet());
    }
    return List.of("anyOf", "oneOf", "allOf").stream()
        .flatMap(word -> schema.path(word).valueStream())
        .flatMap(branch -> types(resolve(branch)).stream())
        .collect(Collectors.toSet());
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString() ? resolve(document.at(reference.stringValue().substring(1))) : node;
  }
}
