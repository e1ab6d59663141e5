package io.sluice.testing;

import io.sluice.testing.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What an OpenAPI document lets requests say: for each a value that it cannot have, and some that
 * it can.
 */
public final class OpenApiInputs {
  private static final String CONTENT = "/requestBody/content";

  private final OpenApiDocument document;

  public OpenApiInputs(OpenApiDocument document) {
    this.document = document;
  }

  /**
   * A member of a body, at any depth.
   *
   * @param path the names that lead to it; of what lies in an array, that of the array
   * @param impossible JSON of types that it cannot have
   * @param possible JSON that it can have; empty in what is only one of several alternatives, whose
   *     members the whole describes
   */
  public record Member(List<String> path, List<String> impossible, List<String> possible) {}

  /** For each query parameter of an operation a text that does not fit it. */
  public Map<String, String> impossibleQueries(Operation operation) {
    var texts = new TreeMap<String, String>();
    queries(operation).forEach((name, schema) -> texts.put(name, impossible(schema)));
    return texts;
  }

  /** For each query parameter of an operation texts that fit it. */
  public Map<String, List<String>> possibleQueries(Operation operation) {
    var texts = new TreeMap<String, List<String>>();
    queries(operation).forEach((name, schema) -> texts.put(name, possible(schema).texts()));
    return texts;
  }

  /** A query of what an operation must be told, but for one parameter. */
  public String requiredQuery(Operation operation, String besides) {
    return parameters(operation)
        .filter(parameter -> parameter.path("required").asBoolean(false))
        .filter(parameter -> !parameter.get("name").stringValue().equals(besides))
        .map(
            parameter ->
                parameter.get("name").stringValue()
                    + "="
                    + possible(schema(parameter)).texts().getFirst())
        .collect(Collectors.joining("&"));
  }

  private Map<String, JsonNode> queries(Operation operation) {
    var schemas = new TreeMap<String, JsonNode>();
    parameters(operation)
        .forEach(parameter -> schemas.put(parameter.get("name").stringValue(), schema(parameter)));
    return schemas;
  }

  /** Those of its query. */
  private Stream<JsonNode> parameters(Operation operation) {
    return document
        .at(operation.pointer() + "/parameters")
        .valueStream()
        .map(this::resolve)
        .filter(parameter -> parameter.get("in").stringValue().equals("query"));
  }

  private static JsonNode schema(JsonNode parameter) {
    return parameter.has("schema")
        ? parameter.get("schema")
        : parameter.at("/content/application~1json/schema");
  }

  private Possible possible(JsonNode reference) {
    return Possible.of(resolve(reference));
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

  /** Every member of an operation's body that its schema names, those of its members included. */
  public List<Member> members(Operation operation) {
    List<Named> named = named(operation);
    Set<List<String>> nullable =
        named.stream().filter(Named::mayBeNull).map(Named::path).collect(Collectors.toSet());
    return named.stream().map(each -> member(each, nullable.contains(each.path()))).toList();
  }

  /** What is only one of several alternatives may be anything beside the others. */
  private Member member(Named named, boolean mayBeNull) {
    String unlike = unlike(named.types());
    return new Member(
        named.path(),
        mayBeNull || !named.isWhole() ? List.of(unlike) : List.of(unlike, "null"),
        named.isWhole() ? possible(named.schema()).json() : List.of());
  }

  /** The ways to members that may be null and need not be there. */
  public List<List<String>> nullable(Operation operation) {
    return named(operation).stream()
        .filter(Named::mayBeNull)
        .filter(named -> !named.isRequired())
        .map(Named::path)
        .distinct()
        .toList();
  }

  /**
   * A place of a document that names a member and says which types it has.
   *
   * @param isWhole whether all that the document says of it is there, and no alternative
   */
  private record Named(
      List<String> path, JsonNode schema, Set<String> types, boolean isRequired, boolean isWhole) {
    boolean mayBeNull() {
      return types.contains("null");
    }
  }

  private List<Named> named(Operation operation) {
    var found = new ArrayList<Named>();
    collect(body(operation), List.of(), true, found);
    return found;
  }

  /** What a body is, or of several lines each. */
  private JsonNode body(Operation operation) {
    JsonNode content = document.at(operation.pointer() + CONTENT);
    JsonNode lines = content.at("/application~1x-ndjson/schema");
    return lines.isMissingNode() ? content.at("/application~1json/schema") : lines;
  }

  private void collect(JsonNode reference, List<String> path, boolean whole, List<Named> found) {
    JsonNode schema = resolve(reference);
    for (String word : List.of("anyOf", "oneOf", "allOf")) {
      for (JsonNode branch : schema.path(word)) {
        collect(branch, path, false, found);
      }
    }
    if (schema.has("items")) {
      collect(schema.get("items"), path, whole, found);
    }
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String name = member.getKey();
      var longer = new ArrayList<>(path);
      longer.add(name);
      Set<String> types = types(resolve(member.getValue()));
      boolean required =
          schema.path("required").valueStream().anyMatch(each -> each.asString("").equals(name));
      if (!types.isEmpty()) {
        found.add(new Named(List.copyOf(longer), member.getValue(), types, required, whole));
      }
      collect(member.getValue(), longer, whole, found);
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
