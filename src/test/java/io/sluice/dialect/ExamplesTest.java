package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.events.Receiver;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.DemoTenant;
import io.sluice.testing.Likeness;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.OpenApiExamples;
import io.sluice.testing.OpenApiExamples.Example;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * The examples of the OpenAPI documents, sent to a fresh demo tenant in the documents' order, what
 * deletes at the end. The documents say how to read them: what stands in angle brackets is printed
 * at the start, a server at hooks.example.com is the reader's own, and an id that Sluice has made
 * is to be taken from one's own answer to the example that has it.
 */
class ExamplesTest {
  private static final String LINES = "application/x-ndjson";
  private static final JsonMapper JSON = new JsonMapper();

  /** Ids that Sluice makes, and of these the demo's, which are the same everywhere. */
  private static final Pattern MADE =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
              + "|[a-z]{3}_[0-9A-Z]{16}");

  private static final Pattern OF_DEMO =
      Pattern.compile(".*-7000-8000-000000000000|[a-z]{3}_[0-9A-Z]{12}0000");

  private static final String SECOND_FACTOR = "verifySecondFactor";

  /** What shows deliveries, which are made a little after the commit of what they tell. */
  private static final Set<String> TOLD_LATER =
      Set.of("listWebhookDeliveryStats", "listWebhookDeliveries", "getWebhookDelivery");

  private static final Set<String> OF_ENDED_DELIVERIES =
      Set.of("retryWebhookDelivery", "resendWebhookDelivery");

  private static TestingGateway gateway;
  private static Vertx vertx;

  /** What the operator does before there is what an example shows. */
  private final Map<String, Consumer<Example>> operator =
      Map.of(
          SECOND_FACTOR,
          this::challenge,
          "listProjectDocuments",
          this::enterDocument,
          "getRefund",
          this::refund);

  private final Map<String, String> stands = new HashMap<>();
  private TenantId tenant;
  private TestClient client;
  private String cookies = "";

  @BeforeAll
  static void start() {
    gateway = TestingGateway.start();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"isometric", "orum", "scrip", "corebanq"})
  void hasAFittingExampleOfEveryOperation(String dialect) {
    // Given
    var document = OpenApiDocument.of(dialect);
    var examples = new OpenApiExamples(document);

    // When
    Map<String, List<String>> flaws = new HashMap<>();
    document.operations().forEach(each -> flaws.put(each.id(), examples.flaws(each)));

    // Then
    flaws.values().removeIf(List::isEmpty);
    assertThat(flaws).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"isometric", "orum", "scrip", "corebanq"})
  void isAnsweredOnTheDemoTenantAsTheExampleSays(String dialect) {
    // Given
    DemoTenant demo = DemoTenant.of(gateway, dialect, gateway.newTenant());
    tenant = demo.tenant();
    client = demo.client();
    demo.secrets().forEach((name, secret) -> stands.put("<" + name + ">", secret));
    stands.put("https://hooks.example.com", Receiver.start(vertx).url());
    List<Example> all =
        new OpenApiExamples(OpenApiDocument.of(dialect))
            .all().stream().sorted(Comparator.comparingInt(ExamplesTest::turn)).toList();

    // When
    List<Example> waiting = new ArrayList<>(all);
    List<String> misfits = new ArrayList<>();
    for (Optional<Example> next = ready(all, waiting);
        next.isPresent();
        next = ready(all, waiting)) {
      waiting.remove(next.get());
      misfits.addAll(send(next.get()));
    }

    // Then
    assertThat(misfits).isEmpty();
    assertThat(waiting).as("name ids that no example has made").isEmpty();
  }

  /** What deletes comes late, the longest paths first; what signs somebody else in, last. */
  private static int turn(Example example) {
    Operation operation = example.operation();
    if (operation.id().equals(SECOND_FACTOR)) {
      return Integer.MAX_VALUE;
    }
    return operation.method().equals("DELETE") ? 100 - operation.path().split("/").length : 0;
  }

  /** The first that names nothing which another one has yet to make. */
  private Optional<Example> ready(List<Example> all, List<Example> waiting) {
    return waiting.stream()
        .filter(example -> unknown(example).noneMatch(id -> isMadeByAnother(all, example, id)))
        .findFirst();
  }

  private Stream<String> unknown(Example example) {
    return MADE.matcher(example.request())
        .results()
        .map(MatchResult::group)
        .filter(id -> !OF_DEMO.matcher(id).matches() && !stands.containsKey(id));
  }

  private static boolean isMadeByAnother(List<Example> all, Example example, String id) {
    return all.stream()
        .filter(other -> other != example)
        .anyMatch(other -> other.answers().values().toString().contains(id));
  }

  private List<String> send(Example example) {
    operator.getOrDefault(example.operation().id(), nothing -> {}).accept(example);
    if (OF_ENDED_DELIVERIES.contains(example.operation().id())) {
      endDeliveries();
    }
    if (TOLD_LATER.contains(example.operation().id())) {
      Waiting.until(() -> misfits(example, ask(example)).isEmpty());
    }
    Reply reply = ask(example);
    List<String> misfits = misfits(example, reply);
    if (misfits.isEmpty()) {
      reply.header("Set-Cookie").ifPresent(cookie -> cookies = cookie.split(";")[0]);
      Likeness.pairs(shown(example, reply), json(reply), this::learn);
    }
    return misfits;
  }

  private void learn(String shown, String found) {
    if (MADE.matcher(shown).matches() && !OF_DEMO.matcher(shown).matches()) {
      stands.putIfAbsent(shown, found);
    }
  }

  private Reply ask(Example example) {
    TestClient sender = cookies.isEmpty() ? client : client.with("Cookie", cookies);
    for (Map.Entry<String, String> header : example.headers().entrySet()) {
      sender = sender.with(header.getKey(), inPlace(header.getValue()));
    }
    Operation operation = example.operation();
    String target = inPlace(example.target());
    return example.text().isPresent()
        ? sender.send(operation.method(), target, inPlace(example.text().get()))
        : sender.send(operation.method(), target, new byte[0]);
  }

  private String inPlace(String text) {
    String result = text;
    for (Map.Entry<String, String> stand : stands.entrySet()) {
      result = result.replace(stand.getKey(), stand.getValue());
    }
    return result;
  }

  private static List<String> misfits(Example example, Reply reply) {
    JsonNode shown = shown(example, reply);
    List<String> differences =
        shown == null ? List.of("is answered " + reply) : Likeness.differences(shown, json(reply));
    return differences.stream().map(each -> example.operation().id() + ": " + each).toList();
  }

  private static JsonNode json(Reply reply) {
    if (reply.body().length == 0) {
      return MissingNode.getInstance();
    }
    return switch (reply.contentType()) {
      case "application/json" -> JSON.readTree(reply.text());
      case LINES -> array(reply.text());
      default -> StringNode.valueOf(reply.text());
    };
  }

  /** The example of what was answered; null where there is none. */
  private static JsonNode shown(Example example, Reply reply) {
    JsonNode shown = example.answers().get(reply.status());
    return reply.contentType().equals(LINES) && shown != null ? array(shown.stringValue()) : shown;
  }

  private static JsonNode array(String lines) {
    return JSON.readTree("[" + String.join(",", lines.lines().toList()) + "]");
  }

  /** A user of whom the operator wants a code, which he sends him. */
  private void challenge(Example example) {
    JsonNode body = example.body().orElseThrow();
    String login = "{\"username\":\"anna\",\"password\":\"correct horse\"}";
    String user = operate("POST", "/credentials/users", login).get("id").asText();
    operate(
        "PUT",
        "/corebanq/users/" + user,
        "{\"internal\":false,\"mfa_mode\":\"email\",\"address\":\"anna@example.org\"}");
    Reply asked = client.post("/v1/authenticate", login);
    stands.put("<challenge>", asked.json().get("challenge").asText());
    stands.put(body.get("user_id").stringValue(), user);
    stands.put(
        body.get("otp").stringValue(),
        operate("POST", "/corebanq/codes", "").at("/codes/0/code").asText());
  }

  private void enterDocument(Example example) {
    operate(
        "POST",
        "/isometric/projects/" + idIn(example) + "/documents",
        "{\"display_name\":\"Project design"
            + " document\",\"url\":\"https://meadow.example/pdd.pdf\"}");
  }

  /** The id in an example's path. */
  private static String idIn(Example example) {
    return MADE.matcher(example.target())
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  private void refund(Example example) {
    operate("PUT", "/isometric/buffer_pool", "{\"name\":\"Buffer Pool\"}");
    String project = client.get("/registry/v0/projects").json().at("/nodes/0/id").asText();
    String batch =
        operate(
                "POST",
                "/isometric/issuances",
                """
                {"reference":"buffered","project_id":"%s","credit_batches":[
                 {"credit_quantity_kg":8061,"buffer_kg":939,"sequestered_on":"2025-06-01",
                  "ccp_approved":true}]}
                """
                    .formatted(project))
            .at("/buffer_pool_credit_batches/0/id")
            .asText();
    String seller = client.get("/registry/v0/organisation").json().get("id").asText();
    String refund =
        operate(
                "POST",
                "/isometric/refunds",
                """
                {"reference":"refund","to_organisation_id":"%s",
                 "notes":"Monitoring ended without losses",
                 "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":939}]}
                """
                    .formatted(seller, batch))
            .get("id")
            .asText();
    stands.put(idIn(example), refund);
  }

  private com.fasterxml.jackson.databind.JsonNode operate(String method, String path, String body) {
    Reply reply = gateway.admin().send(method, "/admin/tenants/" + tenant.value() + path, body);
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
    return reply.json();
  }

  /** What takes a day otherwise: deliveries that were given up. */
  private void endDeliveries() {
    Waiting.until(
        () ->
            client
                    .get("/v1/webhook-endpoints/delivery-stats")
                    .json()
                    .at("/data/0/pending_count")
                    .asInt()
                == 0);
    gateway
        .database()
        .execute(
            "UPDATE event_delivery SET status = 3, due_at = NULL, delivered_at = NULL"
                + " WHERE tenant_id = "
                + tenant.value());
  }
}
