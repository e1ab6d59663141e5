package io.sluice.clients;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A provider's own OpenAPI document, 3.0 or 3.1, and what it says of an answer. */
final class Document {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final String location;
  private final JsonNode root;
  private final SchemaRegistry registry;
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Map<String, Schema> schemas = new HashMap<>();

  private Document(String name, String base, JsonNode root) {
    this.root = root;
    location = "https://sluice.invalid/" + name;
    registry = registry(root.path("openapi").asString("").startsWith("3.0"));
    for (var path : root.path("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          add(base, path.getKey(), path.getValue(), member.getKey(), member.getValue());
        }
      }
    }
  }

  /** Reads a document of a provider, JSON or YAML. */
  static Document read(Provider provider, Path file) {
    return new Document(provider.word(), provider.base(), new YAMLMapper().readTree(file.toFile()));
  }

  /** The document that a gateway serves of the same provider. */
  static Document served(Provider provider, String yaml) {
    return new Document(provider.word(), "", new YAMLMapper().readTree(yaml));
  }

  private SchemaRegistry registry(boolean version30) {
    Dialect dialect = version30 ? Dialects.getOpenApi30() : Dialects.getDraft202012();
    return SchemaRegistry.withDefaultDialect(
        dialect,
        builder ->
            builder
                .schemas(Map.of(location, root.toString()))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  private void add(String base, String path, JsonNode item, String method, JsonNode operation) {
    Map<String, String> parameters = new TreeMap<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        parameters.put(parameter.path("name").asString(""), format(parameter.path("schema")));
      }
    }
    String name = method.toUpperCase(Locale.ROOT) + " " + path;
    operations.put(
        name,
        new Operation(
            name,
            operation.path("operationId").asString(""),
            operation.path("tags").path(0).asString(""),
            "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method,
            parameters,
            pattern(base + path)));
  }

  private String format(JsonNode schema) {
    if (schema.has("$ref")) {
      return format(at(schema.get("$ref").asString().substring(1)));
    }
    for (String several : List.of("allOf", "anyOf")) {
      for (JsonNode one : schema.path(several)) {
        if (!format(one).isEmpty()) {
          return format(one);
        }
      }
    }
    return schema.path("format").asString("");
  }

  private static Pattern pattern(String path) {
    var regex = new StringBuilder();
    for (String segment : path.substring(1).split("/")) {
      regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
    }
    return Pattern.compile(regex.toString());
  }

  List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  Operation operation(String name) {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new NoSuchElementException("the document has no " + name);
    }
    return operation;
  }

  /** Whether an operation declares a status, be it among all the others. */
  boolean declares(Operation operation, int status) {
    return !response(operation, status).isMissingNode();
  }

  private JsonNode response(Operation operation, int status) {
    return at(pointerOfResponse(operation, status));
  }

  private String pointerOfResponse(Operation operation, int status) {
    String responses = operation.pointer() + "/responses/";
    String own = responses + status;
    return resolve(at(own).isMissingNode() ? responses + "default" : own);
  }

  private String resolve(String pointer) {
    JsonNode reference = at(pointer).path("$ref");
    return reference.isString() ? resolve(reference.stringValue().substring(1)) : pointer;
  }

  /** Everything in which an answer does not fit what its operation declares for that status. */
  List<String> misfits(Operation operation, Exchange exchange) {
    String response = pointerOfResponse(operation, exchange.status());
    JsonNode content = at(response + "/content");
    if (content.isMissingNode() || content.isEmpty()) {
      return exchange.body().length == 0 ? List.of() : List.of("a body is not declared");
    }
    String media = response + "/content/" + exchange.mediaType().replace("/", "~1");
    if (at(media).isMissingNode()) {
      return List.of("content type '" + exchange.mediaType() + "' is not declared");
    }
    if (!exchange.mediaType().equals("application/json")) {
      return List.of();
    }
    return misfits(media + "/schema", exchange.text());
  }

  private List<String> misfits(String pointer, String json) {
    Schema schema =
        schemas.computeIfAbsent(
            pointer, p -> registry.getSchema(SchemaLocation.of(location + "#" + p)));
    List<String> misfits = new ArrayList<>();
    for (Error error : schema.validate(json, InputFormat.JSON)) {
      misfits.add(error.toString());
    }
    return misfits;
  }

  private JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }
}
