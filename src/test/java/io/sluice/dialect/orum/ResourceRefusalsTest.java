package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.dialect.Json;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each refusal that all operations have in common, of each of them: ids of nobody, versions, and
 * members that are missing, one by one in requests that are good otherwise.
 */
class ResourceRefusalsTest {
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
  private static final String VERSION = "Orum-Version";
  private static final Pattern UUID =
      Pattern.compile("(?<=/)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** What is said of an id that is none, by the beginning of the path. */
  private static final Map<String, String> NO_ID =
      Map.of(
          "/deliver/persons", "unknown_id_person",
          "/deliver/businesses", "unknown_id_business",
          "/deliver/subledgers", "unknown_id_subledger",
          "/deliver/balance/subledgers", "unknown_id_subledger",
          "/deliver/booktransfers", "unknown_id_book_transfer",
          "/deliver/reports", "invalid_orum_id",
          "/webhooks/configurations", "unknown_id_webhook_configuration");

  /** What a body must have, by the end of the path. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "persons", List.of("customer_reference_id", "first_name", "last_name"),
          "businesses", List.of("customer_reference_id", "legal_name"),
          "subledgers", List.of("subledger_reference_id", "customer_reference_id"),
          "booktransfers", List.of("book_transfer_reference_id", "amount", "currency"),
          "recon", List.of("start_time", "end_time", "subledger_reference_id"),
          "configurations", List.of("event_types", "url", "enabled"),
          "invoke", List.of("event_type", "data"));

  private static TestClient client;
  private static List<Ask> asks;

  @BeforeAll
  static void ask() {
    World world = new OrumWorld(TestingGateway.shared());
    client = world.client();
    asks = world.everyOperation();
  }

  private static Ask at(Ask ask, String target) {
    return new Ask(ask.method(), target, ask.headers(), ask.body());
  }

  private static String code(Reply reply) {
    return reply.status() + " " + reply.json().path("error_code").textValue();
  }

  private static Stream<Ask> withId() {
    return asks.stream().filter(ask -> UUID.matcher(ask.target()).find());
  }

  private static String noId(Ask ask) {
    return NO_ID.entrySet().stream()
        .filter(each -> ask.target().startsWith(each.getKey() + "/"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyIdInAPathIsOne() {
    assertThat(withId()).isNotEmpty();
    withId()
        .forEach(
            ask ->
                assertThat(code(at(ask, UUID.matcher(ask.target()).replaceAll("x")).send(client)))
                    .as(ask::toString)
                    .isEqualTo("400 " + noId(ask)));
  }

  @Test
  void everyIdInAPathIsSomebodys() {
    withId()
        .forEach(
            ask ->
                assertThat(
                        code(at(ask, UUID.matcher(ask.target()).replaceAll(NOBODY)).send(client)))
                    .as(ask::toString)
                    .isEqualTo("404 " + noId(ask).replace("invalid_orum_id", "not_found")));
  }

  /** But reports and tokens. */
  @Test
  void everyOperationHasAVersion() {
    for (Ask ask : asks) {
      if (!ask.target().matches("/(deliver/reports|oauth)/.*")) {
        assertThat(code(ask.send(client.without(VERSION)))).isEqualTo("400 version_missing");
        assertThat(code(ask.send(client.with(VERSION, "v2021-10-01"))))
            .isEqualTo("400 version_invalid");
      }
    }
  }

  private static Stream<Ask> withBody() {
    return asks.stream().filter(ask -> List.of("POST", "PUT").contains(ask.method()));
  }

  @Test
  void everyMemberThatIsRequiredIsThere() {
    withBody()
        .forEach(
            ask ->
                REQUIRED
                    .getOrDefault(end(ask), List.of())
                    .forEach(
                        member -> {
                          ObjectNode body = (ObjectNode) Json.parse(ask.body());
                          body.remove(member);

                          Reply reply = ask.withBody(body.toString()).send(client);

                          assertThat(code(reply)).isEqualTo("400 missing_" + member);
                        }));
  }

  /** The last word of the path that is no id. */
  private static String end(Ask ask) {
    String path = UUID.matcher(ask.target()).replaceAll("").replaceAll("/$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void everyPartOfAnAddressIsThere() {
    withBody()
        .filter(ask -> ask.body().contains("addresses"))
        .forEach(
            ask -> {
              for (String part : List.of("type", "address1", "city", "state", "country", "zip5")) {
                ObjectNode body = (ObjectNode) Json.parse(ask.body());
                ((ObjectNode) body.at("/addresses/0")).remove(part);

                Reply reply = ask.withBody(body.toString()).send(client);

                assertThat(code(reply))
                    .isEqualTo("400 missing_" + (part.equals("type") ? "addresses_type" : part));
              }
            });
  }
}
