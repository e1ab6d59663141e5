package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programmes and assets. */
class ProgramsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();

  @Test
  void createsReadsAndChangesAProgram() {
    // Given
    JsonNode made = created(scrip.client.post("/v1/programs", json("{'name':'Bonus'}")));
    String path = "/v1/programs/" + made.get("id").asText();
    assertThat(made.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(made.get("description").isNull()).isTrue();
    assertThat(made.get("on_unknown_participant").asText()).isEqualTo("CREATE");
    assertThat(ok(scrip.client.get(path))).isEqualTo(made);

    // When
    JsonNode changed = ok(patch(path, "{'description':'d','on_unknown_participant':'REJECT'}"));

    // Then
    assertThat(changed.get("name").asText()).isEqualTo("Bonus");
    assertThat(changed.get("description").asText()).isEqualTo("d");
    assertThat(changed.get("on_unknown_participant").asText()).isEqualTo("REJECT");
    assertThat(changed.get("created_at")).isEqualTo(made.get("created_at"));
    assertThat(ok(patch(path + "/status", "{'status':'ARCHIVED'}")).get("status").asText())
        .isEqualTo("ARCHIVED");
    assertThat(ok(scrip.client.get(path)).get("name").asText()).isEqualTo("Bonus");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':''}",
        "{'name':5}",
        "{'name':null}",
        "{'name':'x','on_unknown_participant':'IGNORE'}",
        "{'name':'x','description':5}"
      })
  void refusesMalformedPrograms(String body) {
    refused(scrip.client.post("/v1/programs", json(body)), 400, "invalid_request");
  }

  @Test
  void refusesTextsThatAreTooLong() {
    String name = "{'name':'" + "x".repeat(256) + "'}";
    String description = "{'name':'x','description':'" + "x".repeat(1_001) + "'}";

    refused(scrip.client.post("/v1/programs", json(name)), 400, "invalid_request");
    refused(scrip.client.post("/v1/programs", json(description)), 400, "invalid_request");
  }

  @Test
  void refusesUnknownProgramsAndStatuses() {
    String path = "/v1/programs/" + scrip.program;

    refused(scrip.client.get("/v1/programs/" + NOBODY), 404, "not_found");
    refused(scrip.client.get("/v1/programs/" + scrip.participant()), 404, "not_found");
    refused(patch("/v1/programs/" + NOBODY, "{'name':'x'}"), 404, "not_found");
    refused(patch(path + "/status", "{'status':'CLOSED'}"), 400, "invalid_request");
    refused(patch(path + "/status", "{}"), 400, "invalid_request");
    refused(scrip.client.get(path + "x"), 400, "invalid_request");
  }

  @Test
  void pagesNewestFirstAndStaysInPlaceWhileMoreAppear() {
    // Given
    List<String> ids = new ArrayList<>(List.of(scrip.program));
    for (int i = 0; i < 4; i++) {
      ids.addFirst(scrip.program());
    }

    // When
    JsonNode first = ok(scrip.client.get("/v1/programs?limit=2"));
    scrip.program();
    JsonNode second = ok(scrip.client.get("/v1/programs?limit=2&cursor=" + next(first)));
    JsonNode third = ok(scrip.client.get("/v1/programs?limit=2&cursor=" + next(second)));

    // Then
    List<String> seen = new ArrayList<>(all(first.get("data"), "id"));
    seen.addAll(all(second.get("data"), "id"));
    seen.addAll(all(third.get("data"), "id"));
    assertThat(seen).isEqualTo(ids);
    assertThat(third.get("pagination").get("has_more").asBoolean()).isFalse();
    assertThat(third.get("pagination").get("next_cursor").isNull()).isTrue();
  }

  @Test
  void cutsLimitsThatAreTooLargeAndRefusesOthers() {
    for (String limit : List.of("1", "200", "201", "99999999999999999999", "007")) {
      ok(scrip.client.get("/v1/programs?limit=" + limit));
    }
    for (String limit : List.of("0", "-1", "x", "1.5", "", "%20", "1e3")) {
      refused(scrip.client.get("/v1/programs?limit=" + limit), 400, "invalid_request");
    }
  }

  @Test
  void refusesCursorsOfOtherLists() {
    scrip.program();
    String cursor = next(ok(scrip.client.get("/v1/programs?limit=1")));

    refused(scrip.client.get("/v1/groups?cursor=" + cursor), 400, "invalid_request");
    refused(scrip.client.get("/v1/programs?cursor=x"), 400, "invalid_request");
    refused(scrip.client.get("/v1/programs?cursor="), 400, "invalid_request");
  }

  @Test
  void createsReadsAndChangesAnAsset() {
    // Given
    JsonNode made =
        created(scrip.client.post("/v1/assets", asset("'max_transaction_amount':'10.5'")));
    String path = "/v1/assets/" + made.get("id").asText();

    // Then
    assertThat(made.get("symbol").asText()).isEqualTo("PTS");
    assertThat(made.get("inventory_mode").asText()).isEqualTo("LOT");
    assertThat(made.get("issuance_policy").asText()).isEqualTo("PREFUNDED");
    assertThat(made.get("scale").asInt()).isEqualTo(3);
    assertThat(made.get("max_transaction_amount").asText()).isEqualTo("10.500");
    assertThat(made.get("program_ids").toString()).isEqualTo("[\"" + scrip.program + "\"]");
    assertThat(made.has("deleted_at")).isFalse();
    assertThat(ok(scrip.client.get(path))).isEqualTo(made);
    JsonNode archived = ok(patch(path, "{'name':'New','status':'ARCHIVED'}"));
    assertThat(archived.get("name").asText()).isEqualTo("New");
    assertThat(archived.get("deleted_at").asText()).isNotBlank();
    assertThat(archived.get("max_transaction_amount").asText()).isEqualTo("10.500");
    assertThat(ok(patch(path, "{'status':'ACTIVE'}")).has("deleted_at")).isFalse();
    assertThat(all(ok(scrip.client.get("/v1/assets")).get("data"), "id"))
        .containsExactly(made.get("id").asText());
  }

  @Test
  void refusesASymbolTwiceWithinAnOrganisation() {
    created(scrip.client.post("/v1/assets", asset("")));

    refused(scrip.client.post("/v1/assets", asset("")), 409, "conflict");

    ScripFixture other = new ScripFixture();
    created(other.client.post("/v1/assets", asset("").replace(scrip.program, other.program)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'scale':-1",
        "'scale':19",
        "'scale':'2'",
        "'scale':2.0",
        "'scale':null",
        "'symbol':''",
        "'symbol':'12345678901234567'",
        "'symbol':'a b'",
        "'symbol':'ä'",
        "'inventory_mode':'BAG'",
        "'issuance_policy':'FREE'",
        "'name':''",
        "'program_id':'x'",
        "'max_transaction_amount':5",
        "'max_transaction_amount':'0'",
        "'max_transaction_amount':'-1'"
      })
  void refusesMalformedAssets(String member) {
    refused(scrip.client.post("/v1/assets", asset(member)), 400, "invalid_request");
  }

  @Test
  void refusesACeilingThatIsTooFineAndAnUnknownProgram() {
    refused(
        scrip.client.post("/v1/assets", asset("'max_transaction_amount':'0.0001'")),
        400,
        "invalid_scale");
    refused(
        scrip.client.post("/v1/assets", asset("'program_id':'" + NOBODY + "'")), 404, "not_found");
  }

  @Test
  void linksAnAssetToFurtherProgramsOnce() {
    String asset = scrip.asset();
    String other = scrip.program();
    String path = "/v1/programs/" + other + "/assets/" + asset;

    JsonNode linked = ok(scrip.client.post(path, ""));
    JsonNode again = ok(scrip.client.post(path, ""));

    assertThat(linked.get("program_ids")).hasSize(2);
    assertThat(again).isEqualTo(linked);
    refused(scrip.client.post("/v1/programs/" + other + "/assets/" + NOBODY, ""), 404, "not_found");
  }

  private String asset(String member) {
    String name = member.isEmpty() ? "none" : member.substring(1, member.indexOf('\'', 1));
    List<String> members =
        new ArrayList<>(
            List.of(
                "'program_id':'" + scrip.program + "'",
                "'name':'Points'",
                "'symbol':'PTS'",
                "'inventory_mode':'LOT'",
                "'issuance_policy':'PREFUNDED'",
                "'scale':3"));
    members.removeIf(known -> known.startsWith("'" + name + "'"));
    if (!member.isEmpty()) {
      members.add(member);
    }
    return json("{" + String.join(",", members) + "}");
  }

  private static String next(JsonNode page) {
    assertThat(page.get("pagination").get("has_more").asBoolean()).isTrue();
    return page.get("pagination").get("next_cursor").asText();
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }
}
