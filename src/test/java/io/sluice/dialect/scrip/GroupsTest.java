package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String admin = scrip.participant();
  private final String member = scrip.participant();

  @Test
  void createsReadsAndArchivesAGroup() {
    // Given
    JsonNode made = created(create(admin("ADMIN") + "," + row(member, null)));
    String path = "/v1/groups/" + made.get("id").asText();
    assertThat(made.get("name").asText()).isEqualTo("G");
    assertThat(made.get("status").asText()).isEqualTo("ACTIVE");

    // When
    JsonNode archived = ok(patch(path + "/status", "{'status':'ARCHIVED'}"));

    // Then
    assertThat(archived.get("deleted_at").asText()).isNotBlank();
    JsonNode read = ok(scrip.client.get(path));
    assertThat(read.get("status").asText()).isEqualTo("ARCHIVED");
    assertThat(read.get("balances")).isEmpty();
    assertThat(ok(patch(path + "/status", "{'status':'ACTIVE'}")).has("deleted_at")).isFalse();
    assertThat(all(ok(scrip.client.get("/v1/groups")).get("data"), "id"))
        .containsExactly(made.get("id").asText());
    refused(patch(path + "/status", "{'status':'CLOSED'}"), 400, "invalid_request");
  }

  @Test
  void refusesGroupsWithoutAnAdminOrWithStrangers() {
    refused(create(""), 400, "invalid_request");
    refused(create(admin("MEMBER")), 400, "invalid_request");
    refused(create(row(admin, null)), 400, "invalid_request");
    refused(create(admin("OWNER")), 400, "invalid_request");
    refused(create(admin("ADMIN") + "," + admin("MEMBER")), 400, "invalid_request");
    refused(create(admin("ADMIN") + "," + row(NOBODY, null)), 404, "not_found");
    refused(create(admin("ADMIN") + "," + row(scrip.program, null)), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':'x'}",
        "{'name':'x','members':{}}",
        "{'name':'x','members':[5]}",
        "{'name':'x','members':[{}]}",
        "{'name':'x','members':[{'participant_id':'x'}]}"
      })
  void refusesMalformedGroups(String body) {
    refused(scrip.client.post("/v1/groups", json(body)), 400, "invalid_request");
  }

  @Test
  void takesOnBehalfOfWhoeverExists() {
    String known = ",'on_behalf_of_participant_id':'" + member + "'";
    String unknown = ",'on_behalf_of_participant_id':'" + NOBODY + "'";
    String body = "{'name':'G','members':[" + admin("ADMIN") + "]%s}";

    created(scrip.client.post("/v1/groups", json(body, known)));
    refused(scrip.client.post("/v1/groups", json(body, unknown)), 404, "not_found");
  }

  @Test
  void addsAndRemovesMembers() {
    // Given
    String path = "/v1/groups/" + group() + "/members";

    // When
    JsonNode added = ok(add(path, member, "MEMBER"));
    JsonNode removed = ok(delete(path, member));

    // Then
    assertThat(added.get("role").asText()).isEqualTo("MEMBER");
    assertThat(added.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(removed.get("status").asText()).isEqualTo("LEFT");
    assertThat(removed.get("left_at").asText()).isNotBlank();
    assertThat(all(list(path, ""), "participant_id")).containsExactly(admin);
    assertThat(all(list(path, "?include_former=true"), "participant_id"))
        .containsExactlyInAnyOrder(admin, member);
    refused(delete(path, member), 404, "not_found");
    assertThat(ok(add(path, member, "ADMIN")).get("left_at").isNull()).isTrue();
    refused(add(path, NOBODY, "MEMBER"), 404, "not_found");
    refused(scrip.client.get(path + "?include_former=maybe"), 400, "invalid_request");
  }

  @Test
  void keepsTheLastAdmin() {
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "MEMBER"));

    refused(delete(path, admin), 409, "conflict");
    refused(add(path, admin, "MEMBER"), 409, "conflict");
    ok(add(path, member, "ADMIN"));
    ok(add(path, admin, "MEMBER"));
    refused(delete(path, member), 409, "conflict");
    ok(delete(path, admin));
  }

  @Test
  void keepsAnAdminWhenTwoLeaveAtOnce() {
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "ADMIN"));

    List<Integer> statuses =
        Stream.of(admin, member)
            .map(id -> scrip.client.sendAsync("DELETE", path + "/" + id, ""))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Reply::status)
            .toList();

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    assertThat(all(list(path, ""), "role")).containsExactly("ADMIN");
  }

  @Test
  void pagesMembers() {
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "MEMBER"));

    JsonNode first = ok(scrip.client.get(path + "?limit=1"));
    String cursor = first.get("pagination").get("next_cursor").asText();
    JsonNode second = ok(scrip.client.get(path + "?limit=1&cursor=" + cursor));

    assertThat(all(first.get("data"), "participant_id")).containsExactly(admin);
    assertThat(all(second.get("data"), "participant_id")).containsExactly(member);
    assertThat(second.get("pagination").get("has_more").asBoolean()).isFalse();
  }

  @Test
  void tellsTheTotalOverAllBuckets() {
    // Given
    String asset = scrip.asset();
    String other = scrip.asset();
    String group = group();
    ok(scrip.adjust("groups", group, asset, "CREDIT", "5", ""));
    ok(scrip.adjust("groups", group, asset, "CREDIT", "2", json(",'bucket':'HELD'")));
    ok(scrip.adjust("groups", group, other, "CREDIT", "1", ""));

    // When
    JsonNode data = ok(scrip.client.get("/v1/groups/" + group + "/balances")).get("data");

    // Then
    assertThat(scrip.groupBalance(group, asset)).isEqualTo("7.00");
    assertThat(all(data, "asset_id")).containsExactlyInAnyOrder(asset, other);
    assertThat(all(data, "balance")).containsExactlyInAnyOrder("7.00", "1.00");
    String second = scrip.program();
    String filtered = "/v1/groups/" + group + "/balances?program_id=";
    assertThat(ok(scrip.client.get(filtered + second)).get("data")).isEmpty();
    ok(scrip.client.post("/v1/programs/" + second + "/assets/" + other, ""));
    assertThat(all(ok(scrip.client.get(filtered + second)).get("data"), "asset_id"))
        .containsExactly(other);
    refused(scrip.client.get(filtered + NOBODY), 404, "not_found");
  }

  private String group() {
    return created(create(admin("ADMIN"))).get("id").asText();
  }

  private String admin(String role) {
    return row(admin, role);
  }

  private static String row(String participant, String role) {
    String more = role == null ? "" : ",'role':'" + role + "'";
    return "{'participant_id':'" + participant + "'" + more + "}";
  }

  private Reply create(String members) {
    return scrip.client.post("/v1/groups", json("{'name':'G','members':[%s]}", members));
  }

  private Reply add(String path, String participant, String role) {
    return scrip.client.post(path, json("%s", row(participant, role)));
  }

  private Reply delete(String path, String participant) {
    return scrip.client.send("DELETE", path + "/" + participant, new byte[0]);
  }

  private JsonNode list(String path, String query) {
    return ok(scrip.client.get(path + query)).get("data");
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }
}
