package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of participants and groups, and attributes of participants. */
class TaggingTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();

  private String path(String kind) {
    return "/v1/" + kind + "/" + (kind.equals("groups") ? scrip.group() : scrip.participant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"participants", "groups"})
  void replacesAddsAndRemovesTagsInLowerCase(String kind) {
    // Given
    String tags = path(kind) + "/state/tags";

    // When
    JsonNode replaced = ok(put(tags, "{'tags':['VIP','vip','Old']}"));

    // Then
    assertThat(replaced.toString()).isEqualTo(json("{'tags':['vip','old']}"));
    assertThat(put(tags + "/New%20One").status()).isEqualTo(201);
    Reply again = put(tags + "/NEW%20one");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("tag").asText()).isEqualTo("new one");
    assertThat(delete(tags + "/Old").status()).isEqualTo(204);
    assertThat(delete(tags + "/old").status()).isEqualTo(204);
    assertThat(all(scrip.list(tags), "tag")).containsExactly("vip", "new one");
    assertThat(ok(put(tags, "{'tags':[]}")).get("tags")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"participants", "groups"})
  void refusesTooManyTagsAndWhatDoesNotExist(String kind) {
    // Given
    String tags = path(kind) + "/state/tags";
    String hundred =
        IntStream.range(0, 100).mapToObj(i -> "'t" + i + "'").collect(Collectors.joining(","));
    ok(put(tags, "{'tags':[" + hundred + "]}"));

    // When
    Reply more = put(tags + "/more");

    // Then
    refused(more, 400, "bad_request");
    assertThat(put(tags + "/T7").status()).isEqualTo(200);
    refused(put(tags, "{'tags':[" + hundred + ",'more']}"), 400, "bad_request");
    refused(put(tags, "{}"), 400, "bad_request");
    refused(put(tags, "{'tags':['']}"), 400, "bad_request");
    refused(put(tags + "/" + "x".repeat(256)), 400, "bad_request");
    String nobody = "/v1/" + kind + "/" + NOBODY + "/state/tags";
    refused(scrip.client.get(nobody), 404, "not_found");
    refused(put(nobody + "/t"), 404, "not_found");
    refused(delete(nobody + "/t"), 404, "not_found");
    refused(new ScripFixture().client.get(tags), 404, "not_found");
    assertThat(scrip.list(tags)).hasSize(100);
  }

  @Test
  void leavesTheTagsOfAnArchivedGroup() {
    // Given
    String group = scrip.group();
    String tags = "/v1/groups/" + group + "/state/tags";
    ok(put(tags, "{'tags':['t']}"));
    ok(scrip.client.send("PATCH", "/v1/groups/" + group, json("{'name':'Other'}")));

    // When
    scrip.archiveGroup(group);

    // Then
    refused(put(tags, "{'tags':[]}"), 409, "group_inactive");
    refused(put(tags + "/u"), 409, "group_inactive");
    refused(delete(tags + "/t"), 409, "group_inactive");
    assertThat(all(scrip.list(tags), "tag")).containsExactly("t");
  }

  @Test
  void mergesAndRemovesAttributes() {
    // Given
    String one = path("participants");
    String attributes = one + "/state/attributes";
    ok(patch(attributes, "{'attributes':{'a':1,'b':{'c':2}}}"));

    // When
    JsonNode merged = ok(patch(attributes, "{'attributes':{'a':3,'d/e':[]}}"));

    // Then
    assertThat(merged.toString()).isEqualTo(json("{'attributes':{'a':3,'b':{'c':2},'d/e':[]}}"));
    assertThat(delete(attributes + "/a").status()).isEqualTo(204);
    assertThat(delete(attributes + "/a").status()).isEqualTo(204);
    assertThat(delete(attributes + "/d%2Fe").status()).isEqualTo(204);
    assertThat(ok(scrip.client.get(one)).get("attributes").toString())
        .isEqualTo(json("{'b':{'c':2}}"));
    refused(patch(attributes, "{}"), 400, "bad_request");
    refused(patch(attributes, "{'attributes':[]}"), 400, "bad_request");
    String large = "{'attributes':{'" + "x".repeat(9_000) + "':1,'y':'" + "z".repeat(8_000) + "'}}";
    refused(patch(attributes, large), 400, "bad_request");
    refused(
        patch("/v1/participants/" + NOBODY + "/state/attributes", "{'attributes':{}}"),
        404,
        "not_found");
    refused(delete("/v1/participants/" + NOBODY + "/state/attributes/a"), 404, "not_found");
  }

  private Reply put(String path, String body) {
    return scrip.client.send("PUT", path, json(body));
  }

  private Reply put(String path) {
    return scrip.client.send("PUT", path, "");
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }

  private Reply delete(String path) {
    return scrip.client.send("DELETE", path, "");
  }
}
