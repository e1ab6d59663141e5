package io.sluice.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One dialect's OpenAPI 3.1 document, and what it says of an answer. */
public final class OpenApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

  private final String location;
  private final JsonNode root;
  private final SchemaRegistry registry;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final OpenApiHeaders headers = new OpenApiHeaders();

  private OpenApiDocument(String dialect, JsonNode root) {
    this.root = root;
    location = "https://sluice.invalid/" + dialect;
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(location, root.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    root.get("paths")
        .properties()
        .forEach(path -> path.getValue().properties().forEach(o -> add(path.getKey(), o)));
  }

  /** Reads {@code /openapi/<dialect>.yaml} from the class path. */
  public static OpenApiDocument of(String dialect) {
    try (InputStream in =
        OpenApiDocument.class.getResourceAsStream("/openapi/" + dialect + ".yaml")) {
      return new OpenApiDocument(dialect, new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document as a tree. */
  public JsonNode root() {
    return root;
  }

  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The operation that a request is for. */
  public Optional<Operation> find(String method, String target) {
    String path = target.split("\\?")[0];
    return operations.stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> operation.pattern().matcher(path).matches())
        // A literal segment is a better match than a parameter.
        .min((a, b) -> Long.compare(a.parameters(), b.parameters()));
  }

  /**
   * The operation that a request is for; for a method that its path does not take, all of the path,
   * each of which tells of that answer.
   */
  List<Operation> meant(String method, String target) {
    Optional<Operation> one = find(method, target);
    if (one.isPresent() || method.equals("HEAD")) {
      return one.stream().toList();
    }
    String path = target.split("\\?")[0];
    return operations.stream()
        .filter(operation -> operation.pattern().matcher(path).matches())
        .toList();
  }

  /** Every answer that an operation declares, as {@link SeenAnswers} writes them down. */
  public List<String> declaredAnswers() {
    List<String> declared = new ArrayList<>();
    for (Operation operation : operations) {
      String responses = operation.pointer() + "/responses";
      for (String status : at(responses).propertyNames()) {
        String answer = operation.id() + " " + status;
        declared.add(answer);
        at(resolve(responses + "/" + status) + "/headers")
            .propertyNames()
            .forEach(header -> declared.add(answer + " " + header.toLowerCase(Locale.ROOT)));
      }
    }
    return declared;
  }

  /** Whether an operation declares a status, be it among all the others. */
  public boolean declares(Operation operation, int status) {
    JsonNode responses = at(operation.pointer() + "/responses");
    return responses.has(Integer.toString(status)) || responses.has("default");
  }

  /** The names of all parameters in queries. */
  public List<String> queryParameters() {
    return root.findParents("in").stream()
        .filter(parameter -> parameter.get("in").asString("").equals("query"))
        .map(parameter -> parameter.path("name").asString(""))
        .distinct()
        .toList();
  }

  /** The names of an operation's parameters in queries. */
  public Set<String> queryParameters(Operation operation) {
    var names = new TreeSet<String>();
    at(operation.pointer() + "/parameters")
        .forEach(
            parameter -> {
              String reference = parameter.path("$ref").asString("");
              JsonNode whole =
                  reference.isEmpty() ? parameter : at(resolve(reference.substring(1)));
              if (whole.path("in").asString("").equals("query")) {
                names.add(whole.path("name").asString(""));
              }
            });
    return names;
  }

  /** The names of all members of all objects. */
  public List<String> members() {
    return root.findValues("properties").stream()
        .flatMap(properties -> properties.propertyNames().stream())
        .distinct()
        .toList();
  }

  /** Everything in which an answer does not fit what its operation declares. */
  public List<String> misfits(Operation operation, Reply reply) {
    String pointer = operation.pointer() + "/responses";
    String key = Integer.toString(reply.status());
    if (at(pointer + "/" + key).isMissingNode()) {
      key = "default";
    }
    String response = resolve(pointer + "/" + key);
    if (at(response).isMissingNode()) {
      return List.of("status " + reply.status() + " is not declared");
    }
    List<String> misfits = new ArrayList<>(headers.misfits(this, response, reply));
    misfits.addAll(misfitsOfBody(response, reply));
    return misfits;
  }

  private List<String> misfitsOfBody(String response, Reply reply) {
    JsonNode content = at(response + "/content");
    if (content.isMissingNode() || content.isEmpty()) {
      return reply.body().length == 0 ? List.of() : List.of("a body is not declared");
    }
    String media = response + "/content/" + reply.contentType().replace("/", "~1");
    if (at(media).isMissingNode()) {
      return List.of("content type '" + reply.contentType() + "' is not declared");
    }
    if (at(media + "/schema").isMissingNode()) {
      return List.of();
    }
    return switch (reply.contentType()) {
      case "application/json" -> misfits(media + "/schema", reply.text());
      // What the document says is what each line is.
      case "application/x-ndjson" ->
          reply.text().lines().flatMap(line -> misfits(media + "/schema", line).stream()).toList();
      default -> List.of();
    };
  }

  /** Everything in which a JSON text does not fit a schema of the document. */
  List<String> misfits(String schemaPointer, String json) {
    Schema schema =
        schemas.computeIfAbsent(
            schemaPointer, p -> registry.getSchema(SchemaLocation.of(location + "#" + p)));
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  /** Where a pointer leads to when what stands there refers to something else. */
  String resolve(String pointer) {
    JsonNode reference = at(pointer).path("$ref");
    return reference.isString() ? resolve(reference.stringValue().substring(1)) : pointer;
  }

  /** What a JSON pointer leads to; a missing node when nothing. */
  public JsonNode at(String pointer) {
    return root.at(JsonPointer.compile(pointer));
  }

  private void add(String path, Map.Entry<String, JsonNode> member) {
    if (METHODS.contains(member.getKey())) {
      String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1");
      operations.add(
          new Operation(
              member.getValue().path("operationId").asString(""),
              member.getKey().toUpperCase(Locale.ROOT),
              path,
              pointer + "/" + member.getKey(),
              pattern(path)));
    }
  }

  private static Pattern pattern(String path) {
    var regex = new StringBuilder();
    for (String segment : path.substring(1).split("/")) {
      regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
    }
    return Pattern.compile(regex.toString());
  }

  /**
   * One operation of the document.
   *
   * @param path with {@code {name}} parameters
   * @param pointer the JSON pointer of the operation
   */
  public record Operation(String id, String method, String path, String pointer, Pattern pattern) {
    long parameters() {
      return path.chars().filter(c -> c == '{').count();
    }

    /** The path as the routes write it. */
    public String route() {
      return path.replace('{', ':').replace("}", "");
    }
  }
}
