package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.fields;
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

/** Programmes. */
class ProgramsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();

  @Test
  void createsReadsAndChangesAProgram() {
    // Given
    JsonNode made = created(scrip.client.post("/v1/programs", json("{'name':'Bonus'}")));
    String path = "/v1/programs/" + made.get("id").asText();
    assertThat(made.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(made.has("description")).isFalse();
    assertThat(made.get("on_unknown_participant").asText()).isEqualTo("CREATE");
    assertThat(made.get("redemption_target_type").asText()).isEqualTo("SYSTEM_REDEMPTION");
    assertThat(made.has("redemption_target_entity_id")).isFalse();
    assertThat(made.has("deleted_at")).isFalse();
    assertThat(ok(scrip.client.get(path))).isEqualTo(made);

    // When
    JsonNode changed =
        ok(
            patch(
                path,
                "{'description':'d','on_unknown_participant':'REJECT','status':'SUSPENDED'}"));

    // Then
    assertThat(changed.get("name").asText()).isEqualTo("Bonus");
    assertThat(changed.get("description").asText()).isEqualTo("d");
    assertThat(changed.get("on_unknown_participant").asText()).isEqualTo("REJECT");
    assertThat(changed.get("status").asText()).isEqualTo("SUSPENDED");
    assertThat(changed.get("created_at")).isEqualTo(made.get("created_at"));
    assertThat(ok(patch(path, "{}"))).isEqualTo(changed);
    assertThat(ok(patch(path, "{'name':'Bonus','status':null}"))).isEqualTo(changed);
    assertThat(ok(scrip.client.get(path))).isEqualTo(changed);
  }

  @Test
  void movesNothingInAProgramWhoseStatusAPatchHasChanged() {
    // Given
    String asset = scrip.asset();
    String source = scrip.participant(asset, "10");
    String recipient = scrip.participant();

    for (String status : List.of("SUSPENDED", "ARCHIVED")) {
      // When
      ok(patch("/v1/programs/" + scrip.program, "{'status':'" + status + "'}"));

      // Then
      refused(scrip.transfer(asset, source, recipient, "1"), 409, "program_inactive");
      refused(
          scrip.adjust("participants", source, asset, "CREDIT", "1", ""), 409, "program_inactive");
    }
    ok(patch("/v1/programs/" + scrip.program, "{'status':'ACTIVE'}"));
    ok(scrip.transfer(asset, source, recipient, "1"));
  }

  @Test
  void tellsSinceWhenAProgramIsArchivedWhateverElseChanges() {
    // Given
    String path = "/v1/programs/" + scrip.program;
    JsonNode archived = ok(patch(path, "{'status':'ARCHIVED'}"));

    // When
    JsonNode renamed = ok(patch(path, "{'name':'New','status':'ARCHIVED'}"));

    // Then
    assertThat(archived.get("deleted_at").asText()).isNotBlank();
    assertThat(renamed.get("deleted_at")).isEqualTo(archived.get("deleted_at"));
    assertThat(ok(patch(path, "{'status':'ACTIVE'}")).has("deleted_at")).isFalse();
  }

  @Test
  void sendsLaterRedemptionsWhereItIsTold() {
    // Given
    String path = "/v1/programs/" + scrip.program;
    String type = "'redemption_target_type'";
    String entity = "'redemption_target_entity_id'";

    for (String id : List.of(scrip.participant(), scrip.group())) {
      // When
      JsonNode told = ok(patch(path, "{" + type + ":'LEDGER_ENTITY'," + entity + ":'" + id + "'}"));

      // Then
      assertThat(told.get("redemption_target_type").asText()).isEqualTo("LEDGER_ENTITY");
      assertThat(told.get("redemption_target_entity_id").asText()).isEqualTo(id);
      assertThat(ok(patch(path, "{'name':'x'}")).get("redemption_target_entity_id").asText())
          .isEqualTo(id);
    }
    JsonNode back = ok(patch(path, "{" + type + ":'SYSTEM_BREAKAGE'}"));
    assertThat(back.has("redemption_target_entity_id")).isFalse();
    assertThat(fields(patch(path, "{" + type + ":'LEDGER_ENTITY'}")))
        .containsExactly("redemption_target_entity_id");
    String with = "," + entity + ":'" + NOBODY + "'}";
    assertThat(fields(patch(path, "{" + type + ":'SYSTEM_REDEMPTION'" + with)))
        .containsExactly("redemption_target_entity_id");
    assertThat(fields(patch(path, "{'name':'x'" + with)))
        .containsExactly("redemption_target_entity_id");
    refused(patch(path, "{" + type + ":'LEDGER_ENTITY'" + with), 404, "not_found");
    refused(
        patch(path, "{" + type + ":'LEDGER_ENTITY'," + entity + ":'" + scrip.program + "'}"),
        404,
        "not_found");
    assertThat(ok(scrip.client.get(path))).isEqualTo(back);
  }

  @Test
  void hidesArchivedProgramsUnlessAskedForThem() {
    // Given
    String archived = scrip.program();
    String suspended = scrip.program();
    scrip.programStatus(archived, "ARCHIVED");
    scrip.programStatus(suspended, "SUSPENDED");

    // Then
    assertThat(ids("")).containsExactly(suspended, scrip.program);
    assertThat(ids("?include_archived=false")).containsExactly(suspended, scrip.program);
    assertThat(ids("?include_archived=true")).containsExactly(suspended, archived, scrip.program);
    assertThat(ids("?status=ARCHIVED")).containsExactly(archived);
    assertThat(ids("?status=ACTIVE&include_archived=true")).containsExactly(scrip.program);
    assertThat(ok(scrip.client.get("/v1/programs/" + archived)).get("status").asText())
        .isEqualTo("ARCHIVED");
    refused(scrip.client.get("/v1/programs?status=CLOSED"), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?include_archived=yes"), 400, "bad_request");
  }

  @Test
  void findsAndSortsProgramsByName() {
    // Given
    String line = named("b\\n%_");
    String upper = named("BA");
    String small = named("ab");

    // Then
    assertThat(ids("?sort_by=name")).containsExactly(scrip.program, upper, small, line);
    assertThat(ids("?sort_by=name&sort_dir=desc"))
        .containsExactly(line, small, upper, scrip.program);
    assertThat(ids("?sort_by=created_at&sort_dir=asc"))
        .containsExactly(scrip.program, line, upper, small);
    assertThat(ids("?search=b&sort_by=name")).containsExactly(upper, small, line);
    assertThat(ids("?search=%25_")).containsExactly(line);
    assertThat(ids("?search=a_b")).isEmpty();
    JsonNode first = page("?sort_by=name&limit=3");
    assertThat(all(page("?sort_by=name&limit=3&cursor=" + next(first)).get("data"), "id"))
        .containsExactly(line);
    refused(scrip.client.get("/v1/programs?sort_by=status"), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?sort_dir=DESC"), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?search="), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?search=" + "x".repeat(256)), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?search=x&search=y"), 400, "bad_request");
  }

  @Test
  void pagesByNamesOfAnyLength() {
    // Given
    named("y" + "😀".repeat(254));
    String last = named("z" + "😀".repeat(254));

    // When
    JsonNode first = page("?sort_by=name&limit=2");

    // Then
    assertThat(all(page("?sort_by=name&cursor=" + next(first)).get("data"), "id"))
        .containsExactly(last);
  }

  private String named(String name) {
    Reply reply = scrip.client.post("/v1/programs", json("{'name':'%s'}", name));
    return created(reply).get("id").asText();
  }

  private List<String> ids(String query) {
    return all(page(query).get("data"), "id");
  }

  private JsonNode page(String query) {
    return ok(scrip.client.get("/v1/programs" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':''}",
        "{'name':5}",
        "{'name':null}",
        "{'name':'x','on_unknown_participant':'IGNORE'}",
        "{'name':'x','redemption_target_type':'SYSTEM_BREAKAGE'}",
        "{'name':'x','description':5}"
      })
  void refusesMalformedPrograms(String body) {
    refused(scrip.client.post("/v1/programs", json(body)), 400, "bad_request");
  }

  @Test
  void refusesTextsThatAreTooLong() {
    String name = "{'name':'" + "x".repeat(256) + "'}";
    String description = "{'name':'x','description':'" + "x".repeat(1_001) + "'}";

    refused(scrip.client.post("/v1/programs", json(name)), 400, "bad_request");
    refused(scrip.client.post("/v1/programs", json(description)), 400, "bad_request");
  }

  @Test
  void refusesUnknownProgramsAndStatuses() {
    String path = "/v1/programs/" + scrip.program;

    refused(scrip.client.get("/v1/programs/" + NOBODY), 404, "not_found");
    refused(scrip.client.get("/v1/programs/" + scrip.participant()), 404, "not_found");
    refused(patch("/v1/programs/" + NOBODY, "{'name':'x'}"), 404, "not_found");
    refused(patch(path, "{'status':'CLOSED'}"), 400, "bad_request");
    refused(patch(path, "{'redemption_target_type':'BURN'}"), 400, "bad_request");
    refused(patch(path + "/status", "{'status':'ACTIVE'}"), 404, "not_found");
    refused(scrip.client.get(path + "x"), 400, "bad_request");
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
      refused(scrip.client.get("/v1/programs?limit=" + limit), 400, "bad_request");
    }
  }

  @Test
  void refusesCursorsOfOtherLists() {
    scrip.program();
    String cursor = next(ok(scrip.client.get("/v1/programs?limit=1")));

    refused(scrip.client.get("/v1/groups?cursor=" + cursor), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?cursor=x"), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?cursor="), 400, "bad_request");
    refused(
        scrip.client.get("/v1/programs?include_archived=true&cursor=" + cursor),
        400,
        "bad_request");
    refused(scrip.client.get("/v1/programs?sort_dir=asc&cursor=" + cursor), 400, "bad_request");
    refused(scrip.client.get("/v1/programs?search=x&cursor=" + cursor), 400, "bad_request");
    ok(scrip.client.get("/v1/programs?limit=7&sort_by=created_at&cursor=" + cursor));
  }

  private static String next(JsonNode page) {
    assertThat(page.get("pagination").get("has_more").asBoolean()).isTrue();
    return page.get("pagination").get("next_cursor").asText();
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }
}
