package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.NOBODY;
import static io.sluice.dialect.isometric.IsometricWorld.assertRefused;
import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects, what came of them, and their documents. */
class ProjectsTest {
  private final IsometricWorld world = IsometricWorld.create();
  private final String own = "/projects/" + world.project();

  private String project(String supplier, String code, String name, String more) {
    Reply reply =
        world.administer(
            "/projects",
            """
            {"supplier_id":"%s","name":"%s","short_code":"%s","country_code":"ISL",
             "pathway":"direct_air_capture"%s}\
            """
                .formatted(supplier, name, code, more));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }

  private Reply document(String project, String name, String url) {
    return world.administer(
        "/projects/" + project + "/documents",
        "{\"display_name\":\"%s\",\"url\":\"%s\"}".formatted(name, url));
  }

  private void retire(String owner, String batch, long kilograms) {
    Reply reply =
        world.administer(
            "/retirements",
            """
            {"reference":"%4$s %3$d","owner_organisation_id":"%1$s",
             "beneficiary_organisation_id":"%1$s","supplier_id":"%2$s",
             "retirement_purposes":["other"],"notes":null,
             "credit_batch_quantities":[{"credit_batch_id":"%4$s","credit_quantity_kg":%3$d}]}
            """
                .formatted(owner, world.supplier(), kilograms, batch));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void showsAProjectWithAllMembers() {
    // Given
    String id =
        project(
            world.supplier(),
            "WHOLE",
            "Whole",
            """
            ,"status":"under_validation","process_key":"dac","protocol_slug":"dac-v1",
            "validator_name":"V","current_verifier_name":"W","crediting_period_start":"2024-01-01",
            "crediting_period_end":"2033-12-31"\
            """);

    // When
    JsonNode shown = world.record("/projects/" + id);

    // Then
    assertThat(shown.get("supplier")).isEqualTo(world.record("/suppliers/" + world.supplier()));
    assertThat(shown.get("url").textValue())
        .isEqualTo("https://registry.isometric.com/project/" + id);
    ObjectNode rest = shown.deepCopy();
    rest.remove(List.of("supplier", "url"));
    String nothing = "{\"credits\":0,\"credit_kgs\":0}";
    assertThat(rest.toString())
        .isEqualTo(
            """
            {"id":"%1$s","name":"Whole","short_code":"WHOLE","pathway":"direct_air_capture",\
            "country_code":"ISL","issued_credits_total":%2$s,"retired_credits_total":%2$s,\
            "issued_buffer_pool_credits_total":%2$s,"retired_buffer_pool_credits_total":%2$s,\
            "status":"under_validation","process_key":"dac","protocol_slug":"dac-v1",\
            "validator_name":"V","current_verifier_name":"W",\
            "crediting_period_start":"2024-01-01","crediting_period_end":"2033-12-31",\
            "location":null}\
            """
                .formatted(id, nothing));
  }

  @Test
  void saysWhatIsUsualOfAProjectOfWhichNothingElseIsSaid() {
    JsonNode shown = world.record(own);

    assertThat(shown.get("status").textValue()).isEqualTo("validated");
    assertThat(shown.get("process_key").textValue()).isEqualTo("enhanced_weathering");
    assertThat(shown.get("protocol_slug").textValue()).isEqualTo("enhanced-weathering");
    assertThat(shown.get("validator_name").isNull()).isTrue();
    assertThat(shown.get("crediting_period_end").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "status, gone, enum",
    "crediting_period_start, 2024-13-01, date_parsing",
    "process_key, '', string_too_short"
  })
  void refusesWhatDoesNotFit(String member, String value, String type) {
    Reply reply =
        world.administer(
            "/projects",
            """
            {"supplier_id":"%s","name":"N","short_code":"BAD","country_code":"ISL",
             "pathway":"marine","%s":"%s"}\
            """
                .formatted(world.supplier(), member, value));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.json().at("/detail/0/type").textValue()).isEqualTo(type);
    assertThat(reply.json().at("/detail/0/loc/1").textValue()).isEqualTo(member);
  }

  @Test
  void refusesACreditingPeriodThatIsNone() {
    Reply reply =
        world.administer(
            "/projects",
            """
            {"supplier_id":"%s","name":"N","short_code":"BAD","country_code":"ISL",
             "pathway":"marine","crediting_period_start":"2024-01-02",
             "crediting_period_end":"2024-01-01"}\
            """
                .formatted(world.supplier()));

    assertRefused(reply, 400, "crediting_period_end must not be before crediting_period_start");
  }

  @Test
  void addsUpWhatWasIssuedAndRetired() {
    // Given
    String pool = world.bufferPool();
    JsonNode issued = world.issueBuffered(1_000, 100);
    world.issue(world.newProject(world.supplier(), "OTHER"), 7);
    String pooled = issued.at("/buffer_pool_credit_batches/0/id").textValue();
    String batch = issued.at("/credit_batches/0/id").textValue();

    // When: a part, what is left whole, a part out of the pool, and one that left it before
    retire(world.seller().id(), batch, 300);
    retire(world.seller().id(), world.batch(batch).get("right_child_id").textValue(), 700);
    retire(pool, pooled, 30);
    String rest = world.batch(pooled).get("right_child_id").textValue();
    world.refund("back", rest, 20);
    retire(world.seller().id(), world.batch(rest).get("left_child_id").textValue(), 20);

    // Then
    JsonNode shown = world.record(own);
    assertThat(shown.at("/issued_credits_total/credit_kgs").longValue()).isEqualTo(1_100);
    assertThat(shown.at("/issued_buffer_pool_credits_total/credit_kgs").longValue()).isEqualTo(100);
    assertThat(shown.at("/retired_credits_total/credit_kgs").longValue()).isEqualTo(1_050);
    assertThat(shown.at("/retired_buffer_pool_credits_total/credit_kgs").longValue()).isEqualTo(30);
  }

  @Test
  void listsProjectsByNameWithoutCase() {
    // Given
    String apple = project(world.supplier(), "A1", "apple", "");
    String zinc = project(world.supplier(), "Z1", "Zinc", "");
    String again = project(world.supplier(), "A2", "APPLE", "");
    String banana = project(world.supplier(), "B1", "Banana", "");
    List<String> all = List.of(apple, again, banana, world.project(), zinc);

    // When
    JsonNode first = world.record("/projects?first=2");
    JsonNode second = world.record("/projects?first=2&after=" + cursor(first, "end_cursor"));
    JsonNode third = world.record("/projects?first=2&after=" + cursor(second, "end_cursor"));
    JsonNode back = world.record("/projects?last=3&before=" + cursor(third, "start_cursor"));

    // Then
    assertThat(Stream.of(first, second, third).flatMap(page -> ids(page).stream()))
        .containsExactlyElementsOf(all);
    assertThat(third.at("/page_info/has_next_page").booleanValue()).isFalse();
    assertThat(ids(back)).isEqualTo(all.subList(1, 4));
    assertThat(back.get("total_count").intValue()).isEqualTo(5);
    assertThat(ids(world.record("/projects?last=2"))).isEqualTo(all.subList(3, 5));
  }

  private static String cursor(JsonNode page, String which) {
    return page.at("/page_info/" + which).textValue();
  }

  @Test
  void listsASuppliersProjectsNewestFirst() {
    // Given
    Organisation third = world.newOrganisation("Third", "third.example");
    String other = world.newSupplier(third);
    String theirs = project(other, "T1", "Theirs", "");
    String newest = project(world.supplier(), "A1", "apple", "");
    String path = "/suppliers/" + world.supplier() + "/projects";

    // When
    JsonNode page = world.record(path + "?first=1");
    JsonNode next = world.record(path + "?first=1&after=" + cursor(page, "end_cursor"));

    // Then
    assertThat(ids(page)).containsExactly(newest);
    assertThat(page.get("total_count").intValue()).isEqualTo(2);
    assertThat(ids(next)).containsExactly(world.project());
    assertThat(ids(world.record("/suppliers/" + other + "/projects"))).containsExactly(theirs);
    assertRefused(
        world.onRecord("/projects?after=" + cursor(page, "end_cursor")),
        400,
        "'after' is not a cursor of this list");
  }

  @Test
  void listsDocumentsByName() {
    // Given
    String monitoring =
        document(world.project(), "monitoring", "https://a.example/m").json().get("id").textValue();
    String design =
        document(world.project(), "Design", "https://a.example/d").json().get("id").textValue();
    String zoning =
        document(world.project(), "Zoning", "https://a.example/z").json().get("id").textValue();

    // When
    JsonNode first = world.record(own + "/documents?first=2");
    JsonNode rest = world.record(own + "/documents?first=2&after=" + cursor(first, "end_cursor"));
    JsonNode back = world.record(own + "/documents?last=1&before=" + cursor(rest, "start_cursor"));

    // Then
    assertThat(ids(first)).containsExactly(design, monitoring);
    assertThat(ids(rest)).containsExactly(zoning);
    assertThat(ids(back)).containsExactly(monitoring);
    assertThat(first.get("total_count").intValue()).isEqualTo(3);
    assertThat(first.at("/nodes/0").toString())
        .isEqualTo(
            """
            {"id":"%s","display_name":"Design","project_id":"%s","url":"https://a.example/d"}\
            """
                .formatted(design, world.project()));
  }

  @Test
  void namesADocumentOnce() {
    // Given
    Reply first = document(world.project(), "Design", "https://a.example/d");

    // When
    Reply same = document(world.project(), "Design", "https://a.example/d");
    Reply other = document(world.project(), "Design", "https://a.example/e");

    // Then
    assertThat(same.body()).isEqualTo(first.body());
    assertRefused(other, 409, "Reference 'Design' was used with a different request");
    assertThat(document(world.project(), "", "").status()).isEqualTo(422);
    assertRefused(
        document("prj" + NOBODY, "Design", "https://a.example/d"),
        400,
        "Could not find 'Project' with IDs 'prj" + NOBODY + "'");
  }

  @Test
  void doesNotFindWhatIsAnotherTenantsOrNobodys() {
    // Given
    var stranger = IsometricWorld.create();

    for (String id : List.of(stranger.project(), "prj" + NOBODY, "of-no-known-project-at-all")) {
      // When
      Reply project = world.onRecord("/projects/" + id);
      Reply documents = world.onRecord("/projects/" + id + "/documents");

      // Then
      assertThat(project.status()).isEqualTo(200);
      assertThat(project.text()).isEqualTo("null");
      assertRefused(documents, 400, "Could not find 'Project' with IDs '" + id + "'");
    }
    assertThat(ids(world.record("/projects"))).containsExactly(world.project());
    assertRefused(
        world.onRecord("/suppliers/" + stranger.supplier() + "/projects"),
        400,
        "Could not find 'Supplier' with IDs '" + stranger.supplier() + "'");
    assertThat(world.onRecord("/projects/short").status()).isEqualTo(422);
    assertThat(world.onRecord("/projects?first=51").status()).isEqualTo(422);
  }
}
