package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the contract names is read: no member of a body and no parameter of a query is silently
 * ignored. The table is the contract's; the document must say the same, and each name must make a
 * difference.
 */
class RequestMembersTest {
  private static final String ID = "00000000-0000-4000-8000-000000000000";
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("scrip");
  private static final String PAGE = "limit cursor";
  private static final String NAMED = "include_archived status search sort_by sort_dir " + PAGE;
  private static final String STATEMENT = "asset_id bucket from to " + PAGE;
  private static final String HISTORY = STATEMENT + " event_from event_to";
  private static final String ADJUSTMENT =
      "program_id asset_id type amount description allow_negative bucket expires_at matures_at"
          + " reference_id";

  private static final String HOLDING =
      "program_id asset_id description amount lot_ids earned_from earned_to reference_id"
          + " idempotency_key";

  /** Members of bodies, by operation. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "createTransfer",
              "program_id asset_id description source_external_id source_participant_id"
                  + " source_group_id idempotency_key recipients recipients[].amount"
                  + " recipients[].external_id recipients[].participant_id recipients[].group_id"),
          Map.entry(
              "createProgram",
              "name description on_unknown_participant redemption_target_type"
                  + " redemption_target_entity_id"),
          Map.entry(
              "updateProgram",
              "name description on_unknown_participant status redemption_target_type"
                  + " redemption_target_entity_id"),
          Map.entry("linkAsset", "asset_id"),
          Map.entry("fundProgram", "amount description"),
          Map.entry("burnProgram", "amount description"),
          Map.entry(
              "createAsset",
              "program_id name symbol inventory_mode issuance_policy scale max_transaction_amount"),
          Map.entry(
              "updateAsset",
              "name status max_transaction_amount symbol inventory_mode issuance_policy scale"),
          Map.entry(
              "upsertParticipant",
              "external_id program_id status email phone first_name last_name display_name"
                  + " attributes tags counters tiers"),
          Map.entry(
              "updateParticipant",
              "external_id email phone first_name last_name display_name attributes tags counters"
                  + " tiers"),
          Map.entry("setParticipantTags", "tags"),
          Map.entry("mergeParticipantAttributes", "attributes"),
          Map.entry("setGroupTags", "tags"),
          Map.entry("createWebhookEndpoint", "url enabled_events description metadata"),
          Map.entry("updateWebhookEndpoint", "url enabled_events status description metadata"),
          Map.entry("setParticipantStatus", "status"),
          Map.entry("adjustParticipantBalance", ADJUSTMENT),
          Map.entry("adjustGroupBalance", ADJUSTMENT),
          Map.entry("holdParticipantBalance", HOLDING),
          Map.entry("releaseParticipantBalance", HOLDING),
          Map.entry("forfeitParticipantBalance", "bucket " + HOLDING),
          Map.entry(
              "voidParticipantHold",
              "program_id asset_id description reference_id idempotency_key"),
          Map.entry("holdGroupBalance", HOLDING),
          Map.entry("releaseGroupBalance", HOLDING),
          Map.entry("forfeitGroupBalance", "bucket " + HOLDING),
          Map.entry("createRedemption", "program_id asset_id amount description idempotency_key"),
          Map.entry("reverseRedemption", "reason amount quantity idempotency_key"),
          Map.entry(
              "createGroup",
              "name on_behalf_of_participant_id members members[].participant_id members[].role"),
          Map.entry("updateGroup", "name"),
          Map.entry(
              "addGroupMembers",
              "participant_id role on_behalf_of_participant_id members members[].participant_id"
                  + " members[].role"),
          Map.entry("setGroupMemberRole", "role on_behalf_of_participant_id"));

  /** Parameters of queries, by operation. */
  private static final Map<String, String> QUERIES =
      Map.ofEntries(
          Map.entry("listPrograms", NAMED),
          Map.entry("listProgramBalances", "asset_id " + PAGE),
          Map.entry("listProgramHistory", HISTORY),
          Map.entry("getProgramStatement", STATEMENT),
          Map.entry("listProgramAssets", PAGE),
          Map.entry("listParticipantHistory", HISTORY),
          Map.entry("getParticipantStatement", STATEMENT),
          Map.entry(
              "listJournalEntries",
              "program_id event_id rule_id participant_id external_id group_id asset_id bucket from"
                  + " to min_amount max_amount action_type reference_id "
                  + PAGE),
          Map.entry("getExpirationSchedule", "from to granularity program_id asset_id"),
          Map.entry("listWebhookEndpoints", "status " + PAGE),
          Map.entry("listWebhookDeliveries", "status " + PAGE),
          Map.entry("listAssets", "program_id status include_archived search " + PAGE),
          Map.entry(
              "listParticipants",
              "external_id program_id status search from to sort_by sort_dir " + PAGE),
          Map.entry("listParticipantBalances", "asset_id"),
          Map.entry(
              "listParticipantLots",
              "asset_id program_id status expires_before expires_after reference_id " + PAGE),
          Map.entry("listParticipantRedemptions", "status reward_catalog_item_id from to " + PAGE),
          Map.entry("listRedemptionReversals", PAGE),
          Map.entry("listGroups", NAMED),
          Map.entry("listGroupMembers", "include_former " + PAGE),
          Map.entry("listGroupBalances", "program_id"));

  private static final Map<String, String> WRONG =
      Map.of("attributes", "5", "metadata", "'" + "x".repeat(16_385) + "'");

  private static ScripFixture scrip;

  /** Of a webhook: whether there is one is looked at before its changes are read. */
  private static String endpoint;

  @BeforeAll
  static void open() {
    scrip = new ScripFixture();
    endpoint = scrip.endpoint();
  }

  static Stream<Operation> operations() {
    return DOCUMENT.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void documentsWhatTheContractNames(Operation operation) {
    assertThat(members(operation)).containsExactlyInAnyOrderElementsOf(table(BODIES, operation));
    assertThat(parameters(operation).keySet())
        .containsExactlyInAnyOrderElementsOf(table(QUERIES, operation));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void readsEveryMemberThatItDocuments(Operation operation) {
    for (String member : members(operation)) {
      // An object is nothing that any of them takes, but these.
      String wrong = WRONG.getOrDefault(member, "{'x':[]}");
      String[] way = member.split("\\[]\\.");
      String body =
          way.length == 1
              ? "{'%s':%s}".formatted(member, wrong)
              : "{'%s':[{'%s':%s}]}".formatted(way[0], way[1], wrong);

      Reply reply =
          scrip.client.send(operation.method(), target(operation), body.replace('\'', '"'));

      assertThat(fields(reply))
          .as(operation.id() + " " + body)
          .contains(member.replace("[]", "[0]"));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void readsEveryParameterThatItDocuments(Operation operation) {
    for (var parameter : parameters(operation).entrySet()) {
      String query = parameter.getKey() + "=" + wrong(parameter.getValue());
      String target = target(operation) + "?" + query;

      assertThat(fields(scrip.client.get(target))).as(target).contains(parameter.getKey());
      String twice = target(operation) + "?" + query + "&" + query;
      assertThat(fields(scrip.client.get(twice))).as(twice).contains(parameter.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redemptions",
        "reports/liability",
        "events",
        "rules",
        "tiers",
        "rewards",
        "automations",
        "groups/" + ID + "/status"
      })
  void saysInItsOwnWordsWhatItDoesNotServe(String path) {
    refused(scrip.client.get("/v1/" + path), 404, "not_found");
    refused(scrip.client.post("/v1/" + path, "{}"), 404, "not_found");
  }

  @Test
  void saysInItsOwnWordsWhichMethodsAPathTakes() {
    Reply reply = scrip.client.send("DELETE", "/v1/participants/" + ID, "");

    refused(reply, 405, "method_not_allowed");
    assertThat(reply.header("Allow")).contains("GET, HEAD, OPTIONS, PATCH");
  }

  private static List<String> table(Map<String, String> table, Operation operation) {
    return table.containsKey(operation.id())
        ? List.of(table.get(operation.id()).split(" "))
        : List.of();
  }

  private static String target(Operation operation) {
    String id = operation.id().equals("updateWebhookEndpoint") ? endpoint : ID;
    return operation.path().replaceAll("\\{\\w+}", id);
  }

  /** The members of the body, and of the objects in its lists. */
  private static List<String> members(Operation operation) {
    JsonNode content = resolved(DOCUMENT.at(operation.pointer() + "/requestBody/content"));
    List<String> members = new ArrayList<>();
    resolved(content.path("application/json").path("schema"))
        .path("properties")
        .properties()
        .forEach(
            member -> {
              members.add(member.getKey());
              resolved(resolved(member.getValue()).path("items"))
                  .path("properties")
                  .properties()
                  .forEach(inner -> members.add(member.getKey() + "[]." + inner.getKey()));
            });
    return members;
  }

  /** The parameters of the query and their schemas. */
  private static Map<String, JsonNode> parameters(Operation operation) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode each : DOCUMENT.at(operation.pointer() + "/parameters").values()) {
      JsonNode parameter = resolved(each);
      if (parameter.get("in").stringValue().equals("query")) {
        parameters.put(parameter.get("name").stringValue(), resolved(parameter.get("schema")));
      }
    }
    return parameters;
  }

  /** A value that does not fit. */
  private static String wrong(JsonNode schema) {
    boolean text = schema.path("format").isMissingNode() && schema.path("enum").isMissingNode();
    return Optional.of("x".repeat(256))
        .filter(tooLong -> text && schema.get("type").stringValue().equals("string"))
        .orElse("-1");
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? resolved(DOCUMENT.at(node.get("$ref").stringValue().substring(1)))
        : node;
  }
}
