package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final String DELIVERIES = "/v1/webhook-deliveries/";

  private static final TestingGateway GATEWAY =
      TestingGateway.start(Map.of("events.allowedNetworks", "127.0.0.1/32", "events.pollMs", "20"));

  private static final Vertx VERTX = Vertx.vertx();

  private final ScripFixture scrip = new ScripFixture(GATEWAY);
  private final Receiver receiver = Receiver.start(VERTX);

  @AfterAll
  static void close() {
    Await.result(VERTX.close());
    GATEWAY.close();
  }

  @Test
  void tellsOfATransferWithASignatureThatVerifies() throws Exception {
    // Given
    JsonNode endpoint = endpoint("transfer.completed");
    String asset = scrip.asset();
    String from = scrip.participant(asset, "10");
    String to = scrip.participant();

    // When
    JsonNode answer = ok(scrip.transfer(asset, from, to, "2.5"));

    // Then
    Receiver.Heard heard = first();
    JsonNode event = Json.parse(heard.body());
    assertThat(event.get("type").asText()).isEqualTo("transfer.completed");
    assertThat(event.get("api_version").asText()).isEqualTo("2026-03-01");
    assertThat(heard.headers().get("Scrip-Event-Id")).isEqualTo(event.get("id").asText());
    JsonNode data = event.get("data");
    answer.properties().forEach(m -> assertThat(data.get(m.getKey())).isEqualTo(m.getValue()));
    assertThat(data.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(data.get("description").asText()).isEqualTo("test");
    assertThat(data.get("recipients").toString())
        .isEqualTo(json("[{'participant_id':'%s','amount':'2.50'}]", to));
    assertThat(heard.headers().get("Scrip-Signature"))
        .isEqualTo(signature(endpoint.get("secret").asText(), heard));
  }

  private static String signature(String secret, Receiver.Heard heard) throws Exception {
    String time = heard.headers().get("Scrip-Signature").replaceAll("^t=(\\d+),.*", "$1");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] code = mac.doFinal((time + "." + heard.body()).getBytes(StandardCharsets.UTF_8));
    return "t=" + time + ",v1=" + HexFormat.of().formatHex(code);
  }

  private Receiver.Heard first() {
    Waiting.until(() -> !receiver.heard().isEmpty());
    return receiver.heard().getFirst();
  }

  @Test
  void tellsOfEverythingOnceThatWasDone() {
    // Given
    endpoint("*");
    String asset = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    String wallet = "/v1/programs/" + scrip.program + "/assets/" + asset;
    ok(scrip.client.post(wallet + "/fund", json("{'amount':'10'}")));
    ok(scrip.client.post(wallet + "/burn", json("{'amount':'1'}")));
    String participant = scrip.participant("somebody");
    refused(
        scrip.adjust("participants", participant, asset, "CREDIT", "100", ""),
        422,
        "insufficient_balance");
    ok(scrip.adjust("participants", participant, asset, "CREDIT", "5", ""));
    ok(scrip.adjust("participants", participant, asset, "DEBIT", "1.5", ""));
    ok(scrip.client.post("/v1/participants", json("{'external_id':'somebody'}")));

    // When
    Waiting.until(() -> receiver.heard().size() >= 5);

    // Then
    assertThat(summaries())
        .containsExactly(
            "balance.credited 5.00 participant_id AVAILABLE",
            "balance.debited 1.50 participant_id AVAILABLE",
            "participant.created somebody",
            "program.burned 9.00",
            "program.funded 10.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIMPLE", "LOT"})
  void tellsOfHoldsAndWhatBecomesOfThem(String mode) {
    // Given
    endpoint("*");
    String asset = scrip.asset(mode, "UNLIMITED", 2, null);
    String group = scrip.group();
    ok(scrip.adjust("groups", group, asset, "CREDIT", "10", ""));
    String keyed = ",'amount':'4','idempotency_key':'k'";
    ok(scrip.move("groups", group, "hold", asset, keyed));
    ok(scrip.move("groups", group, "hold", asset, keyed));
    ok(scrip.move("groups", group, "release", asset, ",'amount':'1'"));
    ok(scrip.move("groups", group, "forfeit", asset, ",'bucket':'HELD'"));
    refused(
        scrip.move("groups", group, "hold", asset, ",'amount':'8'"), 422, "insufficient_balance");
    ok(scrip.move("groups", group, "forfeit", asset, ",'bucket':'AVAILABLE','amount':'2'"));

    // When
    Waiting.until(() -> data("balance.debited").size() == 2 && receiver.heard().size() >= 6);

    // Then
    assertThat(summaries())
        .containsExactly(
            "balance.credited 10.00 group_id AVAILABLE",
            "balance.debited 2.00 group_id AVAILABLE",
            "balance.debited 3.00 group_id HELD",
            "balance.held 4.00 group_id HELD",
            "balance.released 1.00 group_id AVAILABLE",
            "participant.created " + externalIdOf(group));
    JsonNode held = data("balance.held").getFirst();
    assertThat(held.get("group_id").asText()).isEqualTo(group);
    assertThat(held.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(held.get("asset_id").asText()).isEqualTo(asset);
    assertThat(held.get("description").asText()).isEqualTo("test");
    String entry = held.get("journal_entry_id").asText();
    assertThat(ok(scrip.client.get("/v1/journal-entries/" + entry)).get("action_type").asText())
        .isEqualTo("HOLD");
  }

  private String externalIdOf(String group) {
    JsonNode members = scrip.list("/v1/groups/" + group + "/members");
    return members.get(0).get("external_id").asText();
  }

  @Test
  void tellsUnderWhichReferenceValueWasHeldReleasedAndVoided() {
    // Given
    endpoint("*");
    String lots = scrip.lots();
    String holder = scrip.participant("somebody");
    String straight = ",'bucket':'HELD','reference_id':'gift'";
    ok(scrip.adjust("participants", holder, lots, "CREDIT", "3", straight));
    ok(scrip.adjust("participants", holder, lots, "CREDIT", "5", ""));
    ok(scrip.move("participants", holder, "hold", lots, ",'reference_id':'order'"));
    ok(scrip.move("participants", holder, "release", lots, ",'reference_id':'order'"));
    ok(scrip.move("participants", holder, "void-hold", lots, ",'reference_id':'gift'"));

    // When
    Waiting.until(() -> receiver.heard().size() >= 6);

    // Then
    assertThat(summaries())
        .containsExactly(
            "balance.credited 3.00 participant_id HELD gift",
            "balance.credited 5.00 participant_id AVAILABLE",
            "balance.debited 3.00 participant_id HELD gift",
            "balance.held 5.00 participant_id HELD order",
            "balance.released 5.00 participant_id AVAILABLE order",
            "participant.created somebody");
  }

  @Test
  void tellsOfRedemptionsAndReversalsWhatTheirAnswersTell() {
    // Given
    endpoint("*");
    String asset = scrip.asset();
    String holder = scrip.participant(asset, "10");
    JsonNode made = created(scrip.redeem(holder, asset, "4"));
    JsonNode back = created(scrip.reversePart(made.get("id").asText(), "1"));

    // When
    Waiting.until(
        () -> data("redemption.reversed").size() + data("redemption.completed").size() > 1);

    // Then
    assertThat(data("redemption.completed")).containsExactly(made);
    assertThat(data("redemption.reversed")).containsExactly(back);
  }

  private List<JsonNode> data(String type) {
    return ScripFixture.told(receiver, type);
  }

  private List<String> summaries() {
    return receiver.bodies().stream().map(Json::parse).map(WebhooksTest::summary).sorted().toList();
  }

  private static String summary(JsonNode event) {
    JsonNode data = event.get("data");
    String more =
        switch (event.get("type").asText()) {
          case "participant.created" -> data.get("external_id").asText();
          case "program.funded", "program.burned" -> data.get("available").asText();
          default ->
              data.get("amount").asText()
                  + (data.has("participant_id") ? " participant_id " : " group_id ")
                  + data.get("bucket").asText()
                  + (data.has("reference_id") ? " " + data.get("reference_id").asText() : "");
        };
    return event.get("type").asText() + " " + more;
  }

  @Test
  void showsTheSecretOnlyWhenItIsMade() {
    // Given
    Reply made =
        scrip.client.post(
            ENDPOINTS,
            json(
                "{'url':'%s','enabled_events':['*','*'],'description':'d','metadata':[1,{}]}",
                receiver.url()));
    JsonNode endpoint = created(made);
    String path = ENDPOINTS + "/" + endpoint.get("id").asText();

    // When
    JsonNode read = ok(scrip.client.get(path));

    // Then
    assertThat(endpoint.get("secret").asText()).matches("whsec_[0-9a-f]{64}");
    assertThat(endpoint.get("enabled_events").toString()).isEqualTo("[\"*\"]");
    assertThat(endpoint.get("metadata").toString()).isEqualTo("[1,{}]");
    assertThat(endpoint.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(read.has("secret")).isFalse();
    assertThat(read.get("description").asText()).isEqualTo("d");
    JsonNode rotated = ok(scrip.client.send("POST", path + "/rotate-secret", ""));
    assertThat(rotated.get("secret").asText())
        .matches("whsec_[0-9a-f]{64}")
        .isNotEqualTo(endpoint.get("secret").asText());
    assertThat(ok(scrip.client.get(ENDPOINTS)).get("data").get(0).has("secret")).isFalse();
  }

  @Test
  void signsWithTheNewSecretFromTheRotationOn() throws Exception {
    // Given
    String path = path(endpoint("participant.created"));
    String secret =
        ok(scrip.client.send("POST", path + "/rotate-secret", "")).get("secret").asText();

    // When
    scrip.participant();

    // Then
    Receiver.Heard heard = first();
    assertThat(heard.headers().get("Scrip-Signature")).isEqualTo(signature(secret, heard));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'url':'https://10.0.0.1/x','enabled_events':['*']}",
        "{'url':'https://[::1]/x','enabled_events':['*']}",
        "{'url':'https://printer.local','enabled_events':['*']}",
        "{'url':'ftp://127.0.0.1','enabled_events':['*']}",
        "{'url':'','enabled_events':['*']}",
        "{'url':5,'enabled_events':['*']}",
        "{'enabled_events':['*']}"
      })
  void refusesUrlsThatLeadNowhereOrInside(String body) {
    assertThat(fields(scrip.client.post(ENDPOINTS, json(body)))).containsExactly("url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'url':'U'}",
        "{'url':'U','enabled_events':[]}",
        "{'url':'U','enabled_events':['transfer.begun']}",
        "{'url':'U','enabled_events':['*'],'metadata':'M'}",
        "{'url':'U','enabled_events':['*'],'description':'M'}",
        "[]"
      })
  void refusesMalformedEndpoints(String body) {
    String text =
        json(body).replace("U", receiver.url()).replace("\"M\"", "\"" + "m".repeat(17_000) + "\"");
    refused(scrip.client.post(ENDPOINTS, text), 400, "bad_request");
  }

  @Test
  void changesWhatIsGivenAndLeavesTheRest() {
    // Given
    String path = path(endpoint("transfer.completed"));

    // When
    JsonNode changed =
        ok(patch(path, "{'status':'DISABLED','enabled_events':['balance.held'],'metadata':null}"));

    // Then
    assertThat(changed.get("status").asText()).isEqualTo("DISABLED");
    assertThat(changed.get("enabled_events").get(0).asText()).isEqualTo("balance.held");
    assertThat(changed.get("url").asText()).isEqualTo(receiver.url());
    assertThat(ok(patch(path, "{}"))).isEqualTo(changed);
    assertThat(fields(patch(path, "{'url':'https://10.0.0.1'}"))).containsExactly("url");
    assertThat(fields(patch(path, "{'status':'ARCHIVED'}"))).containsExactly("status");
    refused(patch(ENDPOINTS + "/" + NOBODY, "{}"), 404, "not_found");
  }

  @Test
  void archivesAnEndpointForEver() {
    // Given
    String path = path(endpoint("*"));

    // When
    Reply archived = scrip.client.send("DELETE", path, "");

    // Then
    assertThat(archived.status()).isEqualTo(204);
    assertThat(scrip.client.send("DELETE", path, "").status()).isEqualTo(204);
    assertThat(ok(scrip.client.get(path)).get("status").asText()).isEqualTo("ARCHIVED");
    assertThat(ok(scrip.client.get(ENDPOINTS)).get("data")).isEmpty();
    refused(patch(path, "{'status':'ACTIVE'}"), 409, "conflict");
    refused(scrip.client.send("POST", path + "/rotate-secret", ""), 409, "conflict");
    refused(scrip.client.send("DELETE", ENDPOINTS + "/" + NOBODY, ""), 404, "not_found");
    scrip.participant();
    assertThat(ok(scrip.client.get(path + "/deliveries")).get("data")).isEmpty();
  }

  /** Until the one delivery has been tried, and that has been written down. */
  private void awaitFirstFailure(String path) {
    first();
    Waiting.until(() -> deliveries(path, "?status=PENDING").size() == 1);
  }

  @Test
  void aDisabledEndpointHearsOfNothingNewAndWhatIsOpenWaits() {
    // Given
    receiver.does(Receiver::fail);
    String path = path(endpoint("participant.created"));
    scrip.participant("before");
    awaitFirstFailure(path);

    // When
    ok(patch(path, "{'status':'DISABLED'}"));
    scrip.participant("while");

    // Then
    assertThat(deliveries(path, "")).hasSize(1);
    ok(patch(path, "{'status':'ACTIVE'}"));
    scrip.participant("after");
    assertThat(deliveries(path, "")).hasSize(2);
  }

  @Test
  void listsPagesOfEndpointsAndDeliveriesOverNewOnes() {
    // Given
    String path = path(endpoint("participant.created"));
    for (int i = 0; i < 5; i++) {
      scrip.participant();
    }
    List<String> seen = new ArrayList<>();
    JsonNode page = ok(scrip.client.get(path + "/deliveries?limit=2"));

    // When
    while (page.get("pagination").get("has_more").asBoolean()) {
      seen.addAll(all(page.get("data"), "id"));
      scrip.participant();
      String cursor = page.get("pagination").get("next_cursor").asText();
      page = ok(scrip.client.get(path + "/deliveries?limit=2&cursor=" + cursor));
    }
    seen.addAll(all(page.get("data"), "id"));

    // Then
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(deliveries(path, "?limit=1000")).hasSize(7);
    refused(scrip.client.get(path + "/deliveries?limit=0"), 400, "bad_request");
    refused(scrip.client.get(path + "/deliveries?status=LOST"), 400, "bad_request");
    refused(scrip.client.get(ENDPOINTS + "/" + NOBODY + "/deliveries"), 404, "not_found");
    refused(scrip.client.get(ENDPOINTS + "?status=ARCHIVED"), 400, "bad_request");
    assertThat(ok(scrip.client.get(ENDPOINTS + "?status=DISABLED")).get("data")).isEmpty();
    assertThat(ok(scrip.client.get(ENDPOINTS + "?status=ACTIVE&limit=1")).get("data")).hasSize(1);
  }

  @Test
  void sendsWhatWasDeliveredOnceMore() {
    // Given
    String path = path(endpoint("participant.created"));
    scrip.participant();
    Waiting.until(() -> deliveries(path, "?status=DELIVERED").size() == 1);
    String old = deliveries(path, "").get(0).get("id").asText();

    // When
    JsonNode fresh = created(scrip.client.send("POST", DELIVERIES + old + "/resend", ""));

    // Then
    assertThat(fresh.get("resend_seq").asInt()).isEqualTo(1);
    assertThat(fresh.get("status").asText()).isEqualTo("PENDING");
    Waiting.until(() -> deliveries(path, "?status=DELIVERED").size() == 2);
    assertThat(receiver.bodies()).hasSize(2);
    assertThat(receiver.bodies().get(1)).isEqualTo(receiver.bodies().get(0));
    JsonNode delivery = ok(scrip.client.get(DELIVERIES + old));
    assertThat(delivery.get("webhook_event_id")).isEqualTo(fresh.get("webhook_event_id"));
    assertThat(delivery.get("last_response_status").asInt()).isEqualTo(204);
    refused(scrip.client.send("POST", DELIVERIES + old + "/retry", ""), 404, "not_found");
    ok(patch(path, "{'status':'DISABLED'}"));
    refused(
        scrip.client.send("POST", DELIVERIES + old + "/resend", ""), 409, "endpoint_not_active");
    for (String what : List.of("", "/retry", "/resend")) {
      String method = what.isEmpty() ? "GET" : "POST";
      refused(scrip.client.send(method, DELIVERIES + NOBODY + what, ""), 404, "not_found");
    }
  }

  @Test
  void doesNotResendWhatIsStillOpen() {
    // Given
    receiver.does(Receiver::fail);
    String path = path(endpoint("participant.created"));
    scrip.participant();
    Waiting.until(() -> !receiver.heard().isEmpty());
    String open = deliveries(path, "").get(0).get("id").asText();

    // When
    Reply reply = scrip.client.send("POST", DELIVERIES + open + "/resend", "");

    // Then
    refused(reply, 409, "not_resendable");
  }

  @Test
  void beginsAFailedDeliveryAnew() {
    // Given a delivery that was given up
    receiver.does(Receiver::fail);
    String path = path(endpoint("participant.created"));
    scrip.participant();
    awaitFirstFailure(path);
    String id = deliveries(path, "").get(0).get("id").asText();
    GATEWAY
        .database()
        .execute(
            "UPDATE event_delivery SET status = 3, due_at = NULL, attempts = 8 WHERE id = '"
                + id
                + "'");
    receiver.does(Receiver::thank);

    // When
    JsonNode begun = ok(scrip.client.send("POST", DELIVERIES + id + "/retry", ""));

    // Then
    assertThat(begun.get("attempt_count").asInt()).isZero();
    assertThat(begun.get("status").asText()).isEqualTo("PENDING");
    Waiting.until(() -> deliveries(path, "?status=DELIVERED").size() == 1);
    JsonNode stats = stats();
    assertThat(stats.get("success_24h").asInt()).isEqualTo(1);
    assertThat(stats.get("fail_24h").asInt()).isEqualTo(1);
    assertThat(stats.get("success_rate").asDouble()).isEqualTo(0.5);
    assertThat(stats.get("degraded").asBoolean()).isTrue();
    assertThat(stats.get("pending_count").asInt()).isZero();
  }

  @Test
  void showsUntilWhenABrokenReceiverGetsNothing() {
    // Given
    receiver.does(Receiver::fail);
    String path = path(endpoint("participant.created"));
    boolean before = stats().has("blocked_reason");
    for (int i = 0; i < 5; i++) {
      scrip.participant();
    }

    // When
    Waiting.until(() -> stats().has("blocked_reason"));

    // Then
    JsonNode blocked = stats();
    assertThat(before).isFalse();
    assertThat(blocked.get("blocked_reason").asText()).isEqualTo("circuit_broken");
    assertThat(blocked.get("blocked_until")).isEqualTo(blocked.get("circuit_broken_until"));
    assertThat(Instant.parse(blocked.get("blocked_until").asText()))
        .isAfter(Instant.parse(blocked.get("last_attempt_at").asText()));
    ok(patch(path, "{'description':'mended'}"));
    assertThat(stats().has("blocked_reason")).isFalse();
  }

  private JsonNode stats() {
    return scrip.list(ENDPOINTS + "/delivery-stats").get(0);
  }

  @Test
  void hidesAnotherOrganisationsWebhooks() {
    // Given
    String path = path(endpoint("participant.created"));
    scrip.participant();
    String delivery = deliveries(path, "").get(0).get("id").asText();
    var other = new ScripFixture(GATEWAY);

    // Then
    refused(other.client.get(path), 404, "not_found");
    refused(other.client.send("DELETE", path, ""), 404, "not_found");
    refused(other.client.send("POST", path + "/rotate-secret", ""), 404, "not_found");
    refused(other.client.get(path + "/deliveries"), 404, "not_found");
    refused(other.client.get(DELIVERIES + delivery), 404, "not_found");
    refused(other.client.send("POST", DELIVERIES + delivery + "/resend", ""), 404, "not_found");
    assertThat(ok(other.client.get(ENDPOINTS + "/delivery-stats")).get("data")).isEmpty();
  }

  /** Whoever makes an id may have another clock than who decides, or none at all. */
  @Test
  void listsInTheOrderOfTimeWhateverMadeTheIds() {
    // Given
    List<String> endpoints = Stream.generate(scrip::endpoint).limit(3).toList();
    List<String> deliveries =
        Stream.generate(() -> ScripWorld.failedDelivery(GATEWAY, scrip, endpoints.getFirst()))
            .limit(3)
            .map(UUID::toString)
            .toList();
    makeNewest("event_endpoint", endpoints.getFirst());
    makeNewest("event_delivery", deliveries.getFirst());

    // When
    List<String> listed = scrip.pages(ENDPOINTS + "?limit=1", () -> {});

    // Then
    assertThat(listed).isEqualTo(secondMadeLast(endpoints));
    assertThat(
            scrip.pages(ENDPOINTS + "/" + endpoints.getFirst() + "/deliveries?limit=1", () -> {}))
        .isEqualTo(secondMadeLast(deliveries));
  }

  private static void makeNewest(String table, String id) {
    GATEWAY
        .database()
        .execute(
            "UPDATE %s SET created_at = now() + interval '1 h' WHERE id = '%s'"
                .formatted(table, id));
  }

  private static List<String> secondMadeLast(List<String> made) {
    return List.of(made.get(0), made.get(2), made.get(1));
  }

  private JsonNode endpoint(String type) {
    return created(
        scrip.client.post(
            ENDPOINTS, json("{'url':'%s','enabled_events':['%s']}", receiver.url(), type)));
  }

  private static String path(JsonNode endpoint) {
    return ENDPOINTS + "/" + endpoint.get("id").asText();
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }

  private JsonNode deliveries(String path, String query) {
    return ok(scrip.client.get(path + "/deliveries" + query)).get("data");
  }
}
