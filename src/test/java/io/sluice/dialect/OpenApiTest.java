package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.Reply;
import io.sluice.testing.ReplyCheck;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
  private static final String ERROR = "{\"error_code\":\"not_found\",\"message\":\"x\"}";

  /** Below these stand values of clients' and the gateway's, null among them. */
  private static final Set<String> VALUES = Set.of("example", "examples", "enum");

  static Stream<Dialect> dialects() {
    return TestingGateway.shared().assembly().dialects().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void documentsExactlyTheOperationsThatThereAre(Dialect dialect) {
    List<String> documented =
        OpenApiDocument.of(dialect.name()).operations().stream()
            .map(operation -> line(operation.id(), operation.method(), operation.route()))
            .toList();

    List<String> served =
        dialect.endpoints().stream()
            .map(endpoint -> line(endpoint.operation(), endpoint.method().name(), endpoint.path()))
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(served).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void isTitledByTheOperationThatItsDemoCalls(Dialect dialect) {
    // Given
    List<String> served =
        dialect.endpoints().stream()
            .map(
                endpoint -> endpoint.method() + " " + endpoint.path().replaceAll(":(\\w+)", "{$1}"))
            .toList();

    // When
    String[] title = dialect.title().split(": ");

    // Then
    assertThat(title).hasSize(2);
    assertThat(served).contains(title[1]);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void declaresARequestBodyWhereOneIsTaken(Dialect dialect) {
    OpenApiDocument document = OpenApiDocument.of(dialect.name());
    for (Endpoint endpoint : dialect.endpoints()) {
      Operation operation = document.find(endpoint.method().name(), endpoint.path()).orElseThrow();
      JsonNode content = document.at(operation.pointer() + "/requestBody/content");

      Optional<String> expected =
          switch (endpoint.consumes()) {
            case NOTHING -> Optional.empty();
            case JSON, JSON_OR_FORM -> Optional.of("application/json");
            case LINES -> Optional.of("application/x-ndjson");
          };

      assertThat(content.propertyNames().stream().findFirst())
          .as(endpoint.operation())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void isShownByBrowsersAndYamlToOthers(Dialect dialect) {
    // Given
    TestClient client = TestClient.of(TestingGateway.shared().baseUrl(), ReplyCheck.NONE);
    String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    String path = "/openapi/" + dialect.name() + ".yaml";

    // When
    Reply shown = client.with("Accept", browser).get(path);

    // Then
    Reply plain = client.with("Accept", "*/*").get(path);
    assertThat(shown.header("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(plain.header("Content-Type")).contains("application/yaml");
    assertThat(shown.header("Vary")).contains("Accept");
    assertThat(shown.text()).isEqualTo(plain.text()).startsWith("openapi: ");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void isAnOpenApi31DocumentWhoseReferencesLeadSomewhere(Dialect dialect) {
    OpenApiDocument document = OpenApiDocument.of(dialect.name());

    assertThat(document.root().get("openapi").stringValue()).startsWith("3.1.");
    for (String reference : references(document.root())) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  /** What follows a comma in a text that lacks its quotes is a name to YAML. */
  @ParameterizedTest
  @MethodSource("dialects")
  void hasNoTextThatFellApart(Dialect dialect) {
    assertThat(namesWithoutValues(OpenApiDocument.of(dialect.name()).root())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void declaresTheAnswersToEveryFault(Dialect dialect) {
    OpenApiDocument document = OpenApiDocument.of(dialect.name());
    List<Fault> faults =
        List.of(
            new Fault.UnsupportedMediaType("x"),
            new Fault.BodyTooLarge(1),
            new Fault.InvalidJson("x"),
            new Fault.BadRequest("x"),
            new Fault.Overloaded(java.time.Duration.ofSeconds(1)),
            new Fault.DeadlinePassed(),
            new Fault.Unavailable(),
            new Fault.Defect());
    for (Operation operation : document.operations()) {
      for (Fault fault : faults) {
        boolean bodyless = document.at(operation.pointer() + "/requestBody").isMissingNode();
        if (!bodyless || !isAboutTheBody(fault)) {
          assertThat(document.misfits(operation, reply(dialect.fault(fault))))
              .as(operation.id() + " " + fault)
              .isEmpty();
        }
      }
    }
  }

  @Test
  void noticesAnAnswerThatDoesNotFit() {
    OpenApiDocument document = OpenApiDocument.of("orum");
    Operation operation = document.find("GET", "/deliver/balance").orElseThrow();

    assertThat(document.misfits(operation, reply(200, "{\"balance\":1}"))).isNotEmpty();
    assertThat(document.misfits(operation, reply(401, "{\"error_code\":1,\"message\":\"x\"}")))
        .isNotEmpty();
    Answer bare = Answer.json(404, Buffer.buffer(ERROR));
    Answer good = bare.with("Link", "</reference/errors#orum-not_found>; rel=\"help\"");
    assertThat(document.misfits(operation, reply(good))).isEmpty();
    for (Answer bad :
        List.of(
            bare,
            good.with("Link", "</reference/errors>; rel=\"help\""),
            good.with("Retry-After", "1"),
            good.with("X-Request-Id", ""),
            good.with("X-Retry-In", "1s"))) {
      assertThat(document.misfits(operation, reply(bad))).isNotEmpty();
    }
  }

  private static boolean isAboutTheBody(Fault fault) {
    return switch (fault) {
      case Fault.UnsupportedMediaType f -> true;
      case Fault.BodyTooLarge f -> true;
      case Fault.InvalidJson f -> true;
      default -> false;
    };
  }

  private static Reply reply(Answer answer) {
    // The gateway adds the request's id to every answer.
    var headers = new HashMap<String, List<String>>();
    headers.put("content-type", List.of(answer.contentType()));
    headers.put("x-request-id", List.of("1"));
    answer
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new Reply(answer.status(), headers, answer.body().getBytes());
  }

  private static Reply reply(int status, String json) {
    return new Reply(status, Map.of("content-type", List.of("application/json")), json.getBytes());
  }

  private static List<String> references(JsonNode node) {
    List<String> found = new ArrayList<>();
    node.properties()
        .forEach(
            member -> {
              if (member.getKey().equals("$ref")) {
                found.add(member.getValue().stringValue());
              }
              found.addAll(references(member.getValue()));
            });
    node.values().forEach(child -> found.addAll(references(child)));
    return found;
  }

  private static List<String> namesWithoutValues(JsonNode node) {
    List<String> found = new ArrayList<>();
    node.properties()
        .forEach(
            member -> {
              if (member.getValue().isNull() && !member.getKey().equals("default")) {
                found.add(member.getKey());
              } else if (!VALUES.contains(member.getKey())) {
                found.addAll(namesWithoutValues(member.getValue()));
              }
            });
    if (node.isArray()) {
      node.values().forEach(child -> found.addAll(namesWithoutValues(child)));
    }
    return found;
  }

  private static String line(String id, String method, String path) {
    return id + " " + method + " " + path;
  }
}
