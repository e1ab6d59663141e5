package io.sluice.testing;

import io.sluice.testing.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The example request and the example answers of each operation of an OpenAPI document. */
public final class OpenApiExamples {
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private final OpenApiDocument document;

  public OpenApiExamples(OpenApiDocument document) {
    this.document = document;
  }

  /**
   * An operation's example.
   *
   * @param target path and query
   * @param headers what goes with the request besides credentials
   * @param body empty where none is sent; of lines all together, as one text
   * @param answers the bodies of those answers that have an example, and of those that have no body
   *     at all a missing node, by status
   */
  public record Example(
      Operation operation,
      String target,
      Map<String, String> headers,
      Optional<JsonNode> body,
      Map<Integer, JsonNode> answers) {
    /** The body as it is sent. */
    public Optional<String> text() {
      return body.map(node -> node.isString() ? node.stringValue() : node.toString());
    }

    /** Everything that is sent, as one text. */
    public String request() {
      return target + headers + text().orElse("");
    }
  }

  /** All of them, in the document's order. */
  public List<Example> all() {
    return document.operations().stream().map(this::of).toList();
  }

  /** What is wrong with the examples as the document has them; nothing if they are whole. */
  public List<String> flaws(Operation operation) {
    String body = operation.pointer() + "/requestBody";
    String media = media(operation);
    boolean lacksBody =
        !document.at(body).isMissingNode() && document.at(media + "/example").isMissingNode();
    Stream<String> parameters =
        parameters(operation)
            .filter(parameter -> parameter.path("required").asBoolean(false))
            .filter(parameter -> value(parameter).isEmpty())
            .map(parameter -> "no example of " + parameter.get("name").stringValue());
    Stream<String> bodies =
        lacksBody
            ? Stream.of("no example of the request")
            : misfits(media, document.at(media + "/example"));
    Stream<String> answers =
        of(operation).answers().isEmpty() ? Stream.of("no example of an answer") : Stream.of();
    Stream<String> misfits =
        of(operation).answers().entrySet().stream()
            .flatMap(
                answer ->
                    misfits(
                        response(operation, answer.getKey())
                            + "/content/"
                            + escaped(isOfLines(operation) ? LINES : JSON),
                        answer.getValue()));
    return Stream.of(parameters, bodies, answers, misfits).flatMap(all -> all).toList();
  }

  private Stream<String> misfits(String media, JsonNode example) {
    if (example.isMissingNode() || document.at(media + "/schema").isMissingNode()) {
      return Stream.of();
    }
    Stream<String> values =
        media.endsWith(escaped(LINES))
            ? example.stringValue().lines()
            : Stream.of(example.toString());
    return values.flatMap(value -> document.misfits(media + "/schema", value).stream());
  }

  private boolean isOfLines(Operation operation) {
    return media(operation).endsWith(escaped(LINES));
  }

  /** Where the document says what the body of a request is. */
  private String media(Operation operation) {
    String content = document.resolve(operation.pointer() + "/requestBody") + "/content/";
    return content
        + (document.at(content + escaped(LINES)).isMissingNode() ? escaped(JSON) : escaped(LINES));
  }

  private Example of(Operation operation) {
    String path = operation.path();
    Map<String, String> headers = new LinkedHashMap<>();
    var query = new LinkedHashMap<String, String>();
    for (JsonNode parameter : parameters(operation).toList()) {
      String name = parameter.get("name").stringValue();
      Optional<String> value = value(parameter);
      if (value.isPresent()) {
        switch (parameter.get("in").stringValue()) {
          case "path" -> path = path.replace("{" + name + "}", encoded(value.get()));
          case "query" -> query.put(name, value.get());
          case "header" -> headers.put(name, value.get());
          default -> throw new AssertionError("a parameter in " + parameter.get("in"));
        }
      }
    }
    String pairs =
        query.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    JsonNode body = document.at(media(operation) + "/example");
    if (isOfLines(operation)) {
      headers.put("Content-Type", LINES);
    }
    return new Example(
        operation,
        pairs.isEmpty() ? path : path + "?" + pairs,
        headers,
        body.isMissingNode() ? Optional.empty() : Optional.of(body),
        answers(operation));
  }

  private Map<Integer, JsonNode> answers(Operation operation) {
    var answers = new TreeMap<Integer, JsonNode>();
    for (String status : document.at(operation.pointer() + "/responses").propertyNames()) {
      if (status.startsWith("2")) {
        JsonNode content = document.at(response(operation, Integer.parseInt(status)) + "/content");
        JsonNode media = content.isEmpty() ? content : content.values().iterator().next();
        if (content.isEmpty() || media.has("example")) {
          answers.put(Integer.valueOf(status), media.path("example"));
        }
      }
    }
    return answers;
  }

  private String response(Operation operation, int status) {
    return document.resolve(operation.pointer() + "/responses/" + status);
  }

  private Stream<JsonNode> parameters(Operation operation) {
    String shared = operation.pointer().substring(0, operation.pointer().lastIndexOf('/'));
    return Stream.of(shared, operation.pointer())
        .flatMap(
            pointer ->
                Stream.iterate(0, i -> i + 1)
                    .map(i -> pointer + "/parameters/" + i)
                    .takeWhile(each -> !document.at(each).isMissingNode()))
        .map(pointer -> document.at(document.resolve(pointer)));
  }

  /** A parameter's example, or the only value that it can have. */
  private static Optional<String> value(JsonNode parameter) {
    JsonNode example = parameter.path("example");
    JsonNode value = example.isMissingNode() ? parameter.at("/schema/const") : example;
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String escaped(String name) {
    return name.replace("/", "~1");
  }
}
