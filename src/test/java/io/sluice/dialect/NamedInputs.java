package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.OpenApiInputs;
import io.sluice.testing.OpenApiInputs.Member;
import io.sluice.testing.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an API's document names is read: a query parameter or a member of a body that was ignored
 * would be let through with a value that it cannot have.
 */
abstract class NamedInputs extends HostileInputs {
  private static final String CONTENT = "/requestBody/content";

  /** A good request for each operation. */
  private Map<String, Ask> asks() {
    var asks = new TreeMap<String, Ask>();
    world.everyOperation().forEach(ask -> asks.putIfAbsent(endpointOf(ask).operation(), ask));
    return asks;
  }

  @Test
  void readsEveryQueryParameterThatItsDocumentNames() {
    // Given
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);

    asks()
        .forEach(
            (id, ask) -> {
              Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
              String path = ask.target().split("\\?")[0];
              inputs
                  .impossibleQueries(operation)
                  .forEach(
                      (name, value) -> {
                        String query =
                            name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
                        var asked =
                            new Ask(ask.method(), path + "?" + query, ask.headers(), ask.body());

                        // When
                        Reply reply = asked.send(world.client());

                        // Then
                        assertDoesNotFit(reply, id + "?" + query);
                      });
            });
  }

  @Test
  void readsEveryMemberThatItsDocumentNames() {
    // Given
    OpenApiDocument document = OpenApiDocument.of(fixture.dialect());
    var inputs = new OpenApiInputs(document);

    asks()
        .forEach(
            (id, ask) -> {
              Operation operation = document.find(ask.method(), ask.target()).orElseThrow();
              for (Member member : inputs.members(schema(document, operation))) {
                // When
                Reply reply = ask.withBody(with(ask.body(), member)).send(world.client()).first();

                // Then
                assertDoesNotFit(reply, id + " " + member);
              }
            });
  }

  /** Where it is said what a body is, or of several lines each. */
  private static String schema(OpenApiDocument document, Operation operation) {
    String lines = operation.pointer() + CONTENT + "/application~1x-ndjson/schema";
    return document.at(lines).isMissingNode()
        ? operation.pointer() + CONTENT + "/application~1json/schema"
        : lines;
  }

  private void assertDoesNotFit(Reply reply, String what) {
    assertThat(reply.status()).as(() -> what + "\n" + reply).isIn(400, 422);
    fixture.assertErrorShape(reply);
  }

  /** The body with the member, and what it lies in, put in the place of what was there. */
  private static String with(String body, Member member) {
    ObjectNode root = (ObjectNode) Json.parse(body);
    ObjectNode object = root;
    List<String> path = member.path();
    for (String step : path.subList(0, path.size() - 1)) {
      JsonNode inner = object.get(step);
      if (inner != null && inner.isArray() && !inner.isEmpty()) {
        inner = inner.get(0);
      }
      object = inner instanceof ObjectNode there ? there : object.putObject(step);
    }
    object.set(path.getLast(), Json.parse(member.impossible()));
    return root.toString();
  }
}
