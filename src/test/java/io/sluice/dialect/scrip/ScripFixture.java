package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.events.Receiver;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An organisation of its own on a gateway, with one programme and short words for what tests do.
 */
final class ScripFixture {
  final TenantId tenant;
  final TestClient client;
  final String key;
  final String program;

  ScripFixture(TestingGateway gateway) {
    tenant = gateway.newTenant();
    key = gateway.secret("api-key", tenant, "test");
    client = gateway.client().with("X-API-Key", key);
    program = program();
  }

  ScripFixture() {
    this(TestingGateway.shared());
  }

  static String unique() {
    return UUID.randomUUID().toString();
  }

  /** Nobody listens there. */
  static final String ENDPOINT = "{'url':'http://127.0.0.1:1/','enabled_events':['event.failed']}";

  /** Puts single quotes for double ones, so that JSON is easy to read in tests. */
  static String json(String text, Object... values) {
    return text.formatted(values).replace('\'', '"');
  }

  String program() {
    return created(client.post("/v1/programs", json("{'name':'A programme'}"))).get("id").asText();
  }

  /** A SIMPLE, UNLIMITED asset of scale 2. */
  String asset() {
    return asset("SIMPLE", "UNLIMITED", 2, null);
  }

  /** A LOT, UNLIMITED asset of scale 2. */
  String lots() {
    return asset("LOT", "UNLIMITED", 2, null);
  }

  String asset(String mode, String policy, int scale, String ceiling) {
    Reply reply =
        client.post(
            "/v1/assets",
            json(
                "{'program_id':'%s','name':'An asset','symbol':'%s','inventory_mode':'%s',"
                    + "'issuance_policy':'%s','scale':%d,'max_transaction_amount':%s}",
                program,
                unique().replace("-", "").substring(0, 16),
                mode,
                policy,
                scale,
                ceiling == null ? "null" : "'" + ceiling + "'"));
    return created(reply).get("id").asText();
  }

  /** A participant's id. */
  String participant() {
    return participant(unique());
  }

  String participant(String externalId) {
    Reply reply = client.post("/v1/participants", json("{'external_id':'%s'}", externalId));
    return created(reply).get("id").asText();
  }

  /** A participant's id, credited. */
  String participant(String asset, String amount) {
    String id = participant();
    credit(id, asset, amount);
    return id;
  }

  String group() {
    String admin = participant();
    Reply reply =
        client.post(
            "/v1/groups",
            json("{'name':'G','members':[{'participant_id':'%s','role':'ADMIN'}]}", admin));
    return created(reply).get("id").asText();
  }

  /** An endpoint that hears of everything. */
  JsonNode listen(Receiver receiver) {
    return created(
        client.post(
            "/v1/webhook-endpoints", json("{'url':'%s','enabled_events':['*']}", receiver.url())));
  }

  /** What was told there of events of a type, each without its envelope, in no order. */
  static List<JsonNode> told(Receiver receiver, String type) {
    return receiver.bodies().stream()
        .map(Json::parse)
        .filter(event -> event.get("type").asText().equals(type))
        .map(event -> event.get("data"))
        .toList();
  }

  /** A webhook endpoint of events that never are. */
  String endpoint() {
    return created(client.post("/v1/webhook-endpoints", json(ENDPOINT))).get("id").asText();
  }

  void credit(String participant, String asset, String amount) {
    ok(adjust("participants", participant, asset, "CREDIT", amount, ""));
  }

  Reply adjust(String kind, String holder, String asset, String type, String amount, String more) {
    return client.post(
        "/v1/" + kind + "/" + holder + "/balances/adjust", adjustment(asset, type, amount, more));
  }

  String adjustment(String asset, String type, String amount, String more) {
    return json(
        "{'program_id':'%s','asset_id':'%s','type':'%s','amount':'%s','description':'test'%s}",
        program, asset, type, amount, more);
  }

  /** A hold, a release, a forfeit or the end of a hold. */
  Reply move(String kind, String holder, String operation, String asset, String more) {
    return client.post(
        "/v1/" + kind + "/" + holder + "/balances/" + operation,
        json("{'program_id':'%s','asset_id':'%s','description':'test'%s}", program, asset, more));
  }

  Reply redeem(String participant, String asset, String amount) {
    return client.post(
        "/v1/participants/" + participant + "/redemptions", redemption(asset, amount, unique()));
  }

  /** A redemption's id. */
  String redeemed(String participant, String asset, String amount) {
    return created(redeem(participant, asset, amount)).get("id").asText();
  }

  String redemption(String asset, String amount, String key) {
    return json(
        "{'program_id':'%s','asset_id':'%s','amount':'%s','description':'A coffee',"
            + "'idempotency_key':'%s'}",
        program, asset, amount, key);
  }

  /**
   * Reverses a redemption.
   *
   * @param members beside the reason
   */
  Reply reverse(String redemption, String members) {
    return client.post("/v1/redemptions/" + redemption + "/reverse", reversal(members));
  }

  Reply reversePart(String redemption, String amount) {
    return reverse(redemption, "'amount':'" + amount + "'");
  }

  String reversal(String members) {
    return json("{'reason':'Returned'%s%s}", members.isEmpty() ? "" : ",", members);
  }

  void redeemTo(String members) {
    ok(client.send("PATCH", "/v1/programs/" + program, json("{%s}", members)));
  }

  void participantStatus(String id, String status) {
    ok(client.send("PATCH", "/v1/participants/" + id + "/status", json("{'status':'%s'}", status)));
  }

  void archiveGroup(String id) {
    ok(client.send("DELETE", "/v1/groups/" + id, ""));
  }

  void programStatus(String id, String status) {
    ok(client.send("PATCH", "/v1/programs/" + id, json("{'status':'%s'}", status)));
  }

  /** Links an asset to a further programme. */
  Reply link(String program, String asset) {
    return client.post("/v1/programs/" + program + "/assets", json("{'asset_id':'%s'}", asset));
  }

  /** A transfer between participants, by id. */
  Reply transfer(String asset, String source, String recipient, String amount) {
    return client.post("/v1/transfers", body(asset, source, recipient, amount, ""));
  }

  /** A transfer between participants, by id, with a key. */
  Reply keyed(String key, String asset, String source, String recipient, String amount) {
    return client.post(
        "/v1/transfers",
        body(asset, source, recipient, amount, ",'idempotency_key':'" + key + "'"));
  }

  String body(String asset, String source, String recipient, String amount, String more) {
    return body(
        asset,
        "'source_participant_id':'" + source + "'",
        List.of(row("participant_id", recipient, amount)),
        more);
  }

  String body(String asset, String source, List<String> rows, String more) {
    return json(
        "{'program_id':'%s','asset_id':'%s','description':'test',%s,'recipients':[%s]%s}",
        program, asset, source, String.join(",", rows), more);
  }

  static String row(String member, String reference, String amount) {
    return "{'%s':'%s','amount':'%s'}".formatted(member, reference, amount);
  }

  /** A participant's AVAILABLE balance; "none" when there never was one. */
  String available(String participant, String asset) {
    return balance(participant, asset, "available");
  }

  String balance(String participant, String asset, String bucket) {
    JsonNode data =
        ok(client.get("/v1/participants/" + participant + "/balances?asset_id=" + asset))
            .get("data");
    return data.isEmpty() ? "none" : data.get(0).get(bucket).asText();
  }

  String groupBalance(String group, String asset) {
    JsonNode balances = ok(client.get("/v1/groups/" + group)).get("balances");
    return balances.has(asset) ? balances.get(asset).asText() : "none";
  }

  JsonNode lots(String participant, String asset, String more) {
    return ok(client.get(
            "/v1/participants/" + participant + "/balances/lots?asset_id=" + asset + more))
        .get("data");
  }

  /** What a page of a list holds. */
  JsonNode list(String path) {
    return ok(client.get(path)).get("data");
  }

  /** The ids of everything on all pages. */
  List<String> pages(String path, Runnable meanwhile) {
    return pages(path, "id", meanwhile);
  }

  /**
   * One member of everything on all pages.
   *
   * @param meanwhile happens after each page
   */
  List<String> pages(String path, String member, Runnable meanwhile) {
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ok(client.get(path + cursor));
      found.addAll(all(page.get("data"), member));
      meanwhile.run();
      String next = page.get("pagination").get("next_cursor").textValue();
      cursor = next == null ? null : "&cursor=" + next;
    } while (cursor != null && found.size() < 1_000);
    return found;
  }

  /** One member of every element. */
  static List<String> all(JsonNode array, String member) {
    List<String> values = new ArrayList<>();
    array.forEach(element -> values.add(element.get(member).asText()));
    return values;
  }

  static JsonNode ok(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  static JsonNode created(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  static void refused(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.json().get("code").asText()).as(reply.toString()).isEqualTo(code);
    assertThat(reply.json().get("message").asText()).isNotBlank();
    assertThat(reply.json().fieldNames()).toIterable().isSubsetOf("code", "message", "details");
    assertThat(code.equals("bad_request") || !reply.json().has("details")).isTrue();
  }

  /** The fields that a refusal names, all of them. */
  static List<String> fields(Reply reply) {
    refused(reply, 400, "bad_request");
    return all(reply.json().get("details").get("fields"), "field");
  }
}
