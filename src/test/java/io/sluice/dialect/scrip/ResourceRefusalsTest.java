package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dialect.Ask;
import io.sluice.dialect.Json;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each refusal that all operations have in common, of each of them: ids of nobody, members that are
 * missing, and members that are beyond the contract's bounds, one by one in requests that are good
 * otherwise.
 */
class ResourceRefusalsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** An id of something, as opposed to a name that a client chose. */
  private static final Pattern MEMBER =
      Pattern.compile("\"(?!external_id|idempotency_key)\\w+\":\"(" + UUID + ")\"");

  private static final String EMPTY = "''";
  private static final String PAST = "'2020-01-01T00:00:00Z'";

  /** What the contract marks with a star. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("createTransfer", "program_id asset_id description recipients"),
          Map.entry("createProgram", "name"),
          Map.entry("linkAsset", "asset_id"),
          Map.entry("fundProgram", "amount"),
          Map.entry("burnProgram", "amount"),
          Map.entry("createAsset", "program_id name symbol inventory_mode issuance_policy scale"),
          Map.entry("upsertParticipant", "external_id"),
          Map.entry("setParticipantStatus", "status"),
          Map.entry("setParticipantTags", "tags"),
          Map.entry("mergeParticipantAttributes", "attributes"),
          Map.entry("setGroupTags", "tags"),
          Map.entry("adjustParticipantBalance", "program_id asset_id type amount description"),
          Map.entry("adjustGroupBalance", "program_id asset_id type amount description"),
          Map.entry("holdParticipantBalance", "program_id asset_id description"),
          Map.entry("releaseParticipantBalance", "program_id asset_id description"),
          Map.entry("forfeitParticipantBalance", "program_id asset_id description bucket"),
          Map.entry("voidParticipantHold", "program_id asset_id description reference_id"),
          Map.entry("holdGroupBalance", "program_id asset_id description"),
          Map.entry("releaseGroupBalance", "program_id asset_id description"),
          Map.entry("forfeitGroupBalance", "program_id asset_id description bucket"),
          Map.entry("createGroup", "name members"),
          Map.entry("addGroupMembers", "participant_id"),
          Map.entry("setGroupMemberRole", "role"),
          Map.entry("createRedemption", "program_id asset_id amount description"),
          Map.entry("reverseRedemption", "reason"),
          Map.entry("createWebhookEndpoint", "url enabled_events"));

  /** Values of a member that the contract does not allow. */
  private record Bound(List<String> operations, String member, List<String> values) {
    static Bound of(String operations, String member, String... values) {
      return new Bound(List.of(operations.split(" ")), member, List.of(values));
    }

    @Override
    public String toString() {
      return member + " of " + operations;
    }
  }

  private static final String TAGS = "setParticipantTags setGroupTags upsertParticipant";
  private static final String ADJUST = "adjustParticipantBalance adjustGroupBalance";
  private static final String HOLD =
      "holdParticipantBalance releaseParticipantBalance forfeitParticipantBalance"
          + " holdGroupBalance releaseGroupBalance forfeitGroupBalance";
  private static final String VOID = "voidParticipantHold";
  private static final String KEYED = "createTransfer createRedemption reverseRedemption ";

  private static final List<Bound> BOUNDS =
      List.of(
          Bound.of("createProgram updateProgram", "name", EMPTY, longer(255)),
          Bound.of("createProgram updateProgram", "description", longer(1_000)),
          Bound.of("createProgram updateProgram", "on_unknown_participant", "'IGNORE'"),
          Bound.of("updateProgram", "status", "'CLOSED'"),
          Bound.of("fundProgram burnProgram", "description", longer(500)),
          Bound.of("createAsset updateAsset createGroup updateGroup", "name", EMPTY, longer(255)),
          Bound.of("createAsset", "symbol", EMPTY, longer(16), "'a b'", "'a-b'"),
          Bound.of("createAsset", "inventory_mode", "'BAG'"),
          Bound.of("createAsset", "issuance_policy", "'FREE'"),
          Bound.of("createAsset", "scale", "-1", "19", "1.5"),
          Bound.of("createAsset updateAsset", "max_transaction_amount", "'0'", "'-1'", EMPTY),
          Bound.of("updateAsset", "status", "'ACTIVE'", "'SUSPENDED'"),
          Bound.of("updateAsset", "symbol", "'ABC'"),
          Bound.of("updateAsset", "inventory_mode", "'SIMPLE'"),
          Bound.of("updateAsset", "issuance_policy", "'UNLIMITED'"),
          Bound.of("updateAsset", "scale", "2"),
          Bound.of("upsertParticipant updateParticipant", "external_id", EMPTY, longer(255)),
          Bound.of("upsertParticipant setParticipantStatus", "status", "'ARCHIVED'"),
          Bound.of(
              "upsertParticipant updateParticipant",
              "email",
              "'no address'",
              "'" + "x".repeat(244) + "@example.org'"),
          Bound.of("upsertParticipant updateParticipant", "phone", longer(50)),
          Bound.of("upsertParticipant updateParticipant", "first_name", longer(255)),
          Bound.of("upsertParticipant updateParticipant", "last_name", longer(255)),
          Bound.of("upsertParticipant updateParticipant", "display_name", longer(255)),
          Bound.of("upsertParticipant updateParticipant", "counters", "{}"),
          Bound.of("upsertParticipant updateParticipant", "tiers", "{}"),
          Bound.of(
              "upsertParticipant updateParticipant mergeParticipantAttributes",
              "attributes",
              "{'k':" + longer(16_384) + "}"),
          Bound.of(TAGS + " updateParticipant", "tags", tags(101), "['']", "[" + longer(255) + "]"),
          Bound.of(ADJUST, "type", "'TRANSFER'"),
          Bound.of(ADJUST, "bucket", "'DEFERRED'"),
          Bound.of(ADJUST, "allow_negative", "true"),
          Bound.of(ADJUST, "expires_at", PAST),
          Bound.of(ADJUST, "matures_at", PAST),
          Bound.of("forfeitParticipantBalance forfeitGroupBalance", "bucket", "'DEFERRED'"),
          Bound.of(HOLD, "earned_from", "'yesterday'"),
          Bound.of(HOLD, "earned_to", "'yesterday'"),
          Bound.of(HOLD, "lot_ids", "'all'", "['x']"),
          Bound.of(VOID, "amount", "'1'"),
          Bound.of(VOID, "lot_ids", "['" + NOBODY + "']"),
          Bound.of(VOID, "earned_from", PAST),
          Bound.of(VOID, "earned_to", PAST),
          Bound.of(ADJUST + " " + HOLD + " " + VOID, "description", EMPTY, longer(500)),
          Bound.of(ADJUST + " " + HOLD + " " + VOID, "reference_id", EMPTY, longer(255)),
          Bound.of(KEYED + HOLD + " " + VOID, "idempotency_key", EMPTY, longer(255)),
          Bound.of("createTransfer createRedemption", "description", EMPTY, longer(500)),
          Bound.of("createTransfer", "recipients", "[]", recipients(101)),
          Bound.of("reverseRedemption", "reason", EMPTY, longer(500)),
          Bound.of("reverseRedemption", "quantity", "1"),
          Bound.of("createGroup", "members", "[]"),
          Bound.of("addGroupMembers setGroupMemberRole", "role", "'OWNER'"),
          Bound.of("createWebhookEndpoint updateWebhookEndpoint", "url", "'ftp://example.org'"),
          Bound.of(
              "createWebhookEndpoint updateWebhookEndpoint",
              "enabled_events",
              "[]",
              "['balance.lost']"),
          Bound.of("createWebhookEndpoint updateWebhookEndpoint", "description", longer(500)),
          Bound.of("createWebhookEndpoint updateWebhookEndpoint", "metadata", longer(16_384)),
          Bound.of("updateWebhookEndpoint", "status", "'ARCHIVED'"));

  private static final Map<String, Ask> BY_OPERATION = new LinkedHashMap<>();

  private static ScripFixture scrip;
  private static TestClient client;
  private static List<Ask> asks;

  private static String longer(int chars) {
    return "'" + "x".repeat(chars + 1) + "'";
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'t" + i + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String recipients(int count) {
    return Stream.generate(() -> "{'participant_id':'" + NOBODY + "','amount':'1'}")
        .limit(count)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @BeforeAll
  static void ask() {
    var document = OpenApiDocument.of("scrip");
    var world = new ScripWorld(TestingGateway.shared());
    asks = world.everyOperation();
    asks.forEach(
        ask ->
            BY_OPERATION.putIfAbsent(
                document.find(ask.method(), ask.target()).orElseThrow().id(), ask));
    scrip = new ScripFixture();
    client = world.client();
  }

  /** Each id of a text, in turn, by another one. */
  private static Stream<String> withEach(Pattern id, String text, String other) {
    return id.matcher(text)
        .results()
        .map(
            found -> {
              int group = found.groupCount();
              return text.substring(0, found.start(group))
                  + other
                  + text.substring(found.end(group));
            });
  }

  private static Ask at(Ask ask, String target) {
    return new Ask(ask.method(), target, ask.headers(), ask.body());
  }

  @Test
  void everyIdInATargetIsSomebodys() {
    for (Ask ask : asks) {
      withEach(UUID, ask.target(), NOBODY)
          .forEach(target -> refused(at(ask, target).send(client), 404, "not_found"));
    }
  }

  @Test
  void everyIdInATargetIsOne() {
    for (Ask ask : asks) {
      withEach(UUID, ask.target(), "x")
          .forEach(target -> assertThat(fields(at(ask, target).send(client))).hasSize(1));
    }
  }

  @Test
  void everyIdInABodyIsSomebodys() {
    for (Ask ask : asks) {
      withEach(MEMBER, ask.body(), NOBODY)
          .forEach(body -> refused(ask.withBody(body).send(client), 404, "not_found"));
    }
  }

  static Stream<String> demanding() {
    return REQUIRED.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("demanding")
  void everyMemberThatIsRequiredIsThere(String operation) {
    Ask ask = BY_OPERATION.get(operation);
    for (String member : REQUIRED.get(operation).split(" ")) {
      ObjectNode body = (ObjectNode) Json.parse(ask.body());
      body.remove(member);

      Reply reply = ask.withBody(body.toString()).send(client);

      assertThat(fields(reply)).as(operation).containsExactly(member);
      assertThat(reply.json().at("/details/reason").asText()).isEqualTo("required");
    }
  }

  @ParameterizedTest
  @FieldSource("BOUNDS")
  void everyMemberIsWithinItsBounds(Bound bound) {
    for (String operation : bound.operations()) {
      Ask ask = BY_OPERATION.get(operation);
      for (String value : bound.values()) {
        JsonNode wrong = Json.parse(json("{'v':" + value.replace("%", "%%") + "}")).get("v");
        ObjectNode body = (ObjectNode) Json.parse(ask.body());
        body.set(bound.member(), wrong);

        Reply reply = ask.withBody(body.toString()).send(client);

        assertThat(fields(reply))
            .as(operation + " " + value)
            .hasSize(1)
            .allMatch(field -> field.replaceFirst("\\[.*", "").equals(bound.member()));
      }
    }
  }

  @Test
  void anAssetWithEntriesStaysLinked() {
    // Given
    String asset = scrip.asset();
    String unused = scrip.program();
    ok(scrip.link(unused, asset));
    scrip.credit(scrip.participant(), asset, "1");

    // When
    Reply refusal = unlink(scrip.program, asset);

    // Then
    refused(refusal, 409, "conflict");
    assertThat(unlink(unused, asset).status()).isEqualTo(204);
    refused(unlink(unused, asset), 404, "not_found");
    assertThat(ok(scrip.client.get("/v1/assets/" + asset)).get("program_ids").toString())
        .isEqualTo("[\"" + scrip.program + "\"]");
  }

  private static Reply unlink(String program, String asset) {
    return scrip.client.send("DELETE", "/v1/programs/" + program + "/assets/" + asset, "");
  }

  @Test
  void anArchivedAssetKeepsItsSymbol() {
    // Given
    String asset = scrip.asset();
    String symbol = ok(scrip.client.get("/v1/assets/" + asset)).get("symbol").asText();
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));

    // When
    Reply reply =
        scrip.client.post(
            "/v1/assets",
            json(
                "{'program_id':'%s','name':'A','symbol':'%s','inventory_mode':'LOT',"
                    + "'issuance_policy':'PREFUNDED','scale':0}",
                scrip.program, symbol));

    // Then
    refused(reply, 409, "conflict");
  }

  @Test
  void anExternalIdIsOneParticipants() {
    // Given
    String taken = ScripFixture.unique();
    scrip.participant(taken);
    String other = scrip.participant();

    // When
    Reply reply =
        scrip.client.send(
            "PATCH", "/v1/participants/" + other, json("{'external_id':'%s'}", taken));

    // Then
    refused(reply, 409, "conflict");
  }
}
