package io.sluice.dialect.isometric;

import static io.sluice.dialect.isometric.IsometricWorld.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of what the administrator enters stay what they are while more is entered. */
class PagesOnRecordTest {
  private static final int SIZE = 7;
  private static final int PAGE = 3;

  /** Whatever is entered later comes before all that is there, in each of these lists. */
  private enum Listed {
    PROJECTS,
    PROJECTS_OF_SUPPLIER,
    DOCUMENTS,
    ISSUANCES,
    ISSUANCES_TO_SUPPLIER
  }

  private final IsometricWorld world = IsometricWorld.create();
  private int entered;

  private String path(Listed listed) {
    return switch (listed) {
      case PROJECTS -> "/projects";
      case PROJECTS_OF_SUPPLIER -> "/suppliers/" + world.supplier() + "/projects";
      case DOCUMENTS -> "/projects/" + world.project() + "/documents";
      case ISSUANCES -> "/issuances";
      case ISSUANCES_TO_SUPPLIER -> "/suppliers/" + world.supplier() + "/issuances";
    };
  }

  private void enter(Listed listed) {
    entered++;
    String name = "A " + (1_000 - entered);
    switch (listed) {
      case PROJECTS, PROJECTS_OF_SUPPLIER ->
          administer(
              "/projects",
              """
              {"supplier_id":"%s","name":"%s","short_code":"C%d","country_code":"ISL",
               "pathway":"marine"}
              """
                  .formatted(world.supplier(), name, entered));
      case DOCUMENTS ->
          administer(
              "/projects/" + world.project() + "/documents",
              "{\"display_name\":\"%s\",\"url\":\"https://a.example\"}".formatted(name));
      case ISSUANCES, ISSUANCES_TO_SUPPLIER -> world.issue(1);
    }
  }

  private void administer(String path, String body) {
    Reply reply = world.administer(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void forwards(Listed listed) {
    // Given
    List<String> all = filled(listed);
    var seen = new ArrayList<String>();

    // When: between any two pages another one is entered
    JsonNode page = world.record(path(listed) + "?first=" + PAGE);
    seen.addAll(ids(page));
    while (page.at("/page_info/has_next_page").booleanValue()) {
      enter(listed);
      String after = page.at("/page_info/end_cursor").textValue();
      page = world.record(path(listed) + "?first=" + PAGE + "&after=" + after);
      seen.addAll(ids(page));
    }

    // Then
    assertThat(seen).isEqualTo(all);
  }

  @ParameterizedTest
  @EnumSource
  void backwards(Listed listed) {
    // Given
    List<String> all = filled(listed);
    var seen = new ArrayList<String>();

    // When: likewise, until all are seen that were there
    JsonNode page = world.record(path(listed) + "?last=" + PAGE);
    seen.addAll(ids(page));
    while (seen.size() < all.size()) {
      enter(listed);
      assertThat(page.at("/page_info/has_previous_page").booleanValue()).isTrue();
      String before = page.at("/page_info/start_cursor").textValue();
      page = world.record(path(listed) + "?last=" + PAGE + "&before=" + before);
      seen.addAll(0, ids(page));
    }

    // Then
    assertThat(seen.subList(seen.size() - all.size(), seen.size())).isEqualTo(all);
    assertThat(seen).doesNotHaveDuplicates();
  }

  /** Three pages of it; the ids in their order. */
  private List<String> filled(Listed listed) {
    for (int i = 0; i < SIZE; i++) {
      enter(listed);
    }
    return ids(world.record(path(listed) + "?first=50"));
  }
}
