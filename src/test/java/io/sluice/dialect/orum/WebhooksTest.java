package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.events.Receiver;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks, from the configuration to the receiver. */
class WebhooksTest {
  private static final String CONFIGURATIONS = "/webhooks/configurations";
  private static final String SECRET = "/webhooks/secret";
  private static final String INVOKE = "/webhooks/invoke";
  private static final String NOBODY = "/00000000-0000-7000-8000-000000000000";

  private static final TestingGateway GATEWAY =
      TestingGateway.start(Map.of("events.allowedNetworks", "127.0.0.1/32", "events.pollMs", "20"));

  private static final OrumFixture FIXTURE = new OrumFixture(GATEWAY);
  private static final Vertx VERTX = Vertx.vertx();

  private final Receiver receiver = Receiver.start(VERTX);
  private OrumTenant tenant;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
  }

  @AfterAll
  static void close() {
    Await.result(VERTX.close());
    GATEWAY.close();
  }

  @Test
  void aConfigurationIsCreatedReplacedListedAndDeleted() {
    // When
    OrumReply created = configure("book_transfer_all", "person_verified");

    // Then
    JsonNode one = created.json().get("webhook_configuration");
    assertThat(one.properties().stream().map(e -> e.getKey()))
        .containsExactly(
            "id",
            "enterprise_name",
            "event_types",
            "enabled",
            "url",
            "data_version",
            "created_at",
            "created_by",
            "updated_at",
            "updated_by");
    assertThat(one.get("event_types").toString())
        .isEqualTo("[\"book_transfer_all\",\"person_verified\"]");
    String path = CONFIGURATIONS + "/" + one.get("id").textValue();
    OrumReply replaced = tenant.send("PUT", path, body(false, "subscribe_all"));
    assertThat(replaced.json().at("/webhook_configuration/enabled").booleanValue()).isFalse();
    assertThat(tenant.get(CONFIGURATIONS).json().at("/webhook_configurations/0"))
        .isEqualTo(replaced.json().get("webhook_configuration"));
    Reply deleted = tenant.client().send("DELETE", path, new byte[0]);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(tenant.get(CONFIGURATIONS).json().get("webhook_configurations")).isEmpty();
    assertThat(tenant.send("PUT", path, body(true, "person_all")).summary())
        .isEqualTo("404 unknown_id_webhook_configuration");
    assertThat(tenant.send("DELETE", path, "").summary())
        .isEqualTo("404 unknown_id_webhook_configuration");
  }

  @Test
  void aMessageIsSignedWithTheKeyThatIsShown() throws Exception {
    // Given
    assertThat(tenant.get(SECRET).summary()).isEqualTo("404 not_found");
    OrumReply made = tenant.post(SECRET, "");
    assertThat(tenant.post(SECRET, "").json()).isEqualTo(made.json());
    assertThat(tenant.get(SECRET).json()).isEqualTo(made.json());
    configure("book_transfer_updated");
    FIXTURE.fund(tenant, 100);
    tenant.subledger("a");

    // When
    JsonNode transfer = tenant.transfer(70, null, "a").json().get("book_transfer");

    // Then
    Receiver.Heard heard = heard(1).getFirst();
    JsonNode message = Json.parse(heard.body());
    assertThat(message.properties().stream().map(e -> e.getKey()))
        .containsExactly("event_id", "event_type", "created_at", "event_data");
    assertThat(message.get("event_data").get("book_transfer")).isEqualTo(transfer);
    String createdAt = message.get("created_at").textValue();
    assertThat(createdAt).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(verifies(made.text("/enterprise_keypair/public_key"), heard, createdAt)).isTrue();
  }

  private static boolean verifies(String pem, Receiver.Heard heard, String createdAt)
      throws Exception {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    var key = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(key));
    signature.update((heard.body() + createdAt).getBytes(StandardCharsets.UTF_8));
    return signature.verify(Base64.getDecoder().decode(heard.headers().get("Signature")));
  }

  @Test
  void everythingIsToldOnce() {
    // Given
    configure("subscribe_all", "person_all");
    String id = tenant.person("ada", "Ada", "Person");
    tenant.subledger("adas", "ada");
    tenant.transfer(5, null, "adas");

    // When
    tenant.send("PATCH", PERSONS + "/" + id, "{\"first_name\":\"Rejected\"}");
    Waiting.until(() -> tenant.statusOf(PERSONS, id).equals("rejected"));
    tenant.send("PATCH", PERSONS + "/" + id, "{\"metadata\":{\"a\":1}}");
    tenant.send("DELETE", PERSONS + "/" + id, "");

    // Then
    assertThat(heard(7).stream().map(WebhooksTest::gist).sorted())
        .containsExactly(
            "book_transfer_updated failed",
            "person_closed closed",
            "person_created created",
            "person_rejected rejected",
            "person_unverified created",
            "person_verified verified",
            "subledger_created created");
  }

  @Test
  void aTestMessageGoesToThoseWhoAskedForItsType() {
    // Given
    configure("person_all");
    configure("business_all");

    // When
    Reply invoked =
        tenant
            .client()
            .post(INVOKE, "{\"event_type\":\"person_closed\",\"data\":{\"status\":\"x\"}}");

    // Then
    assertThat(invoked.status()).isEqualTo(201);
    assertThat(invoked.body()).isEmpty();
    assertThat(heard(1).stream().map(WebhooksTest::gist)).containsExactly("person_closed x");
  }

  /** Each is told to all of an enterprise's endpoints, of which there may be a hundred. */
  @Test
  void anEnterpriseHasSoManyTestMessagesAtOnceAndNoMore() {
    // Given
    configure("person_closed");
    String message = "{\"event_type\":\"person_closed\",\"data\":{\"status\":\"x\"}}";

    // When
    List<Reply> answers =
        IntStream.range(0, 4 * Webhooks.TESTS.burst())
            .mapToObj(i -> tenant.client().post(INVOKE, message))
            .toList();

    // Then
    List<Reply> refused = answers.stream().filter(answer -> answer.status() == 429).toList();
    assertThat(refused).isNotEmpty();
    assertThat(refused.getFirst().text()).contains("too_many_requests");
    assertThat(refused.getFirst().header("Retry-After")).contains("1");
    heard(answers.size() - refused.size());
    assertThat(FIXTURE.tenant().client().post(INVOKE, message).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/webhooks/configurations|{}|missing_event_types",
        "/webhooks/configurations|{'event_types':[]}|invalid_event_types",
        "/webhooks/configurations|{'event_types':['x']}|invalid_event_types",
        "/webhooks/configurations|{'event_types':['person_all']}|missing_url",
        "/webhooks/configurations|{'event_types':['person_all'],'url':7}|invalid_url",
        "/webhooks/configurations|{'event_types':['person_all'],'url':'u'}|missing_enabled",
        "/webhooks/configurations|{'event_types':['person_all'],'url':'u','enabled':1}"
            + "|invalid_enabled",
        "/webhooks/configurations|{'event_types':['person_all'],'url':'u','enabled':true}"
            + "|invalid_url",
        "/webhooks/invoke|{}|missing_event_type",
        "/webhooks/invoke|{'event_type':'person_all'}|invalid_event_type",
        "/webhooks/invoke|{'event_type':'transfer_updated'}|invalid_event_type",
        "/webhooks/invoke|{'event_type':'person_closed'}|missing_data",
        "/webhooks/invoke|{'event_type':'person_closed','data':[]}|invalid_data"
      })
  void whatIsAmissIsNamed(String path, String body, String code) {
    assertThat(tenant.post(path, body.replace('\'', '"')).summary()).isEqualTo("400 " + code);
  }

  @Test
  void anIdThatNamesNoneIsUnknown() {
    // When
    List<String> answers =
        List.of(
            tenant.send("DELETE", CONFIGURATIONS + "/x", "").summary(),
            tenant.send("DELETE", CONFIGURATIONS + NOBODY, "").summary(),
            tenant.send("PUT", CONFIGURATIONS + NOBODY, body(true, "person_all")).summary());

    // Then
    assertThat(answers)
        .containsExactly(
            "400 unknown_id_webhook_configuration",
            "404 unknown_id_webhook_configuration",
            "404 unknown_id_webhook_configuration");
  }

  @Test
  void fifteenAttemptsAreMadeWithinADay() {
    // Given
    var courier = new WebhookCourier(null);
    var pauses = new ArrayList<Duration>();

    // When
    IntStream.rangeClosed(1, WebhookCourier.MAX_ATTEMPTS)
        .forEach(failed -> courier.pauseAfter(failed).ifPresent(pauses::add));

    // Then
    assertThat(pauses).hasSize(14).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofHours(22), Duration.ofHours(24));
  }

  private OrumReply configure(String... types) {
    OrumReply reply = tenant.post(CONFIGURATIONS, body(true, types));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply;
  }

  private String body(boolean enabled, String... types) {
    return "{\"event_types\":[\"%s\"],\"url\":\"%s\",\"enabled\":%s}"
        .formatted(String.join("\",\"", types), receiver.url(), enabled);
  }

  private List<Receiver.Heard> heard(int count) {
    Waiting.until(() -> receiver.heard().size() >= count);
    assertThat(receiver.heard()).hasSize(count);
    return receiver.heard();
  }

  private static String gist(Receiver.Heard heard) {
    JsonNode message = Json.parse(heard.body());
    JsonNode resource = message.get("event_data").iterator().next();
    return message.get("event_type").textValue() + " " + resource.get("status").textValue();
  }
}
