package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static java.util.stream.Collectors.joining;
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
  void createsReadsAndRenamesAGroup() {
    // Given
    JsonNode made = created(create(admin("ADMIN") + "," + row(member, null)));
    String path = "/v1/groups/" + made.get("id").asText();
    assertThat(made.get("name").asText()).isEqualTo("G");
    assertThat(made.get("status").asText()).isEqualTo("ACTIVE");

    // When
    JsonNode renamed = ok(patch(path, "{'name':'H'}"));

    // Then
    assertThat(renamed.get("name").asText()).isEqualTo("H");
    assertThat(ok(patch(path, "{}"))).isEqualTo(renamed);
    JsonNode read = ok(scrip.client.get(path));
    assertThat(read.get("name").asText()).isEqualTo("H");
    assertThat(read.get("balances")).isEmpty();
    assertThat(fields(patch(path, "{'name':''}"))).containsExactly("name");
    refused(patch("/v1/groups/" + NOBODY, "{'name':'H'}"), 404, "not_found");
    refused(patch(path + "/status", "{'status':'ARCHIVED'}"), 404, "not_found");
  }

  @Test
  void archivesAGroupForEver() {
    // Given
    String group = group();
    String path = "/v1/groups/" + group;

    // When
    JsonNode archived = ok(scrip.client.send("DELETE", path, ""));

    // Then
    assertThat(archived.get("status").asText()).isEqualTo("ARCHIVED");
    assertThat(archived.get("deleted_at").asText()).isNotBlank();
    assertThat(ok(scrip.client.send("DELETE", path, ""))).isEqualTo(archived);
    assertThat(ok(scrip.client.get(path)).get("status").asText()).isEqualTo("ARCHIVED");
    assertThat(list(path + "/members", "")).hasSize(1);
    String code = "group_inactive";
    refused(patch(path, "{'name':'H'}"), 409, code);
    refused(add(path + "/members", member, "MEMBER"), 409, code);
    refused(patch(path + "/members/" + admin, "{'role':'ADMIN'}"), 409, code);
    refused(delete(path + "/members", admin), 409, code);
    refused(scrip.adjust("groups", group, scrip.asset(), "CREDIT", "1", ""), 409, code);
  }

  @Test
  void hidesArchivedGroupsUnlessAskedForThem() {
    // Given
    String archived = group();
    String active = group();
    ok(patch("/v1/groups/" + active, "{'name':'active'}"));
    scrip.archiveGroup(archived);

    // Then
    assertThat(groups("")).containsExactly(active);
    assertThat(groups("?include_archived=true")).containsExactly(active, archived);
    assertThat(groups("?status=ARCHIVED")).containsExactly(archived);
    assertThat(groups("?include_archived=true&sort_by=name")).containsExactly(archived, active);
    assertThat(groups("?search=CTIV")).containsExactly(active);
    refused(scrip.client.get("/v1/groups?status=SUSPENDED"), 400, "bad_request");
  }

  private List<String> groups(String query) {
    return all(ok(scrip.client.get("/v1/groups" + query)).get("data"), "id");
  }

  @Test
  void refusesGroupsWithoutAnAdminOrWithStrangers() {
    refused(create(""), 400, "bad_request");
    refused(create(admin("MEMBER")), 400, "bad_request");
    refused(create(row(admin, null)), 400, "bad_request");
    refused(create(admin("OWNER")), 400, "bad_request");
    refused(create(admin("ADMIN") + "," + admin("MEMBER")), 400, "bad_request");
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
    refused(scrip.client.post("/v1/groups", json(body)), 400, "bad_request");
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
    Reply removed = delete(path, member);

    // Then
    assertThat(added.toString()).isEqualTo(json("{'message':'Member(s) added to group'}"));
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removed.body()).isEmpty();
    assertThat(all(list(path, ""), "participant_id")).containsExactly(admin);
    JsonNode former = list(path, "?include_former=true");
    assertThat(all(former, "participant_id")).containsExactly(member, admin);
    assertThat(all(former, "status")).containsExactly("LEFT", "ACTIVE");
    assertThat(former.get(0).get("left_at").asText()).isNotBlank();
    assertThat(former.get(1).has("left_at")).isFalse();
    assertThat(former.get(1).get("external_id").asText()).isEqualTo(name(admin));
    refused(delete(path, member), 404, "not_found");
    ok(add(path, member, "ADMIN"));
    assertThat(all(list(path, ""), "role")).containsExactly("ADMIN", "ADMIN");
    refused(add(path, member, "MEMBER"), 409, "conflict");
    refused(add(path, NOBODY, "MEMBER"), 404, "not_found");
    refused(scrip.client.get(path + "?include_former=maybe"), 400, "bad_request");
  }

  @Test
  void addsSeveralMembersOrNobody() {
    // Given
    String path = "/v1/groups/" + group() + "/members";
    String third = scrip.participant();

    // When
    refused(addAll(path, row(member, null) + "," + row(admin, null)), 409, "conflict");
    refused(addAll(path, row(member, null) + "," + row(NOBODY, null)), 404, "not_found");
    JsonNode added = ok(addAll(path, row(member, null) + "," + row(third, "ADMIN")));

    // Then
    assertThat(added.get("message").asText()).isEqualTo("Member(s) added to group");
    assertThat(all(list(path, ""), "participant_id"))
        .containsExactlyInAnyOrder(admin, member, third);
    assertThat(fields(addAll(path, ""))).containsExactly("members");
    assertThat(fields(addAll(path, row(member, null) + "," + row(member, "ADMIN"))))
        .containsExactly("members[1].participant_id");
    assertThat(fields(scrip.client.post(path, "{}"))).containsExactly("participant_id");
    assertThat(
            fields(
                scrip.client.post(
                    path,
                    json("{'participant_id':'%s','members':[%s]}", member, row(third, null)))))
        .containsExactly("participant_id");
    String many = Stream.generate(() -> row(member, null)).limit(101).collect(joining(","));
    assertThat(fields(addAll(path, many))).containsExactly("members");
  }

  @Test
  void changesRolesOnBehalfOfWhoeverExists() {
    // Given
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "MEMBER"));
    String behalf = "{'role':'ADMIN','on_behalf_of_participant_id':'%s'}";

    // When
    JsonNode changed = ok(patch(path + "/" + member, json(behalf, admin)));

    // Then
    assertThat(changed.toString())
        .isEqualTo(
            json("{'message':'Member role updated','participant_id':'%s','role':'ADMIN'}", member));
    refused(patch(path + "/" + member, json(behalf, NOBODY)), 404, "not_found");
    refused(patch(path + "/" + NOBODY, "{'role':'ADMIN'}"), 404, "not_found");
    assertThat(fields(patch(path + "/" + member, "{}"))).containsExactly("role");
    String body = "{'participant_id':'%s','on_behalf_of_participant_id':'%s'}";
    refused(scrip.client.post(path, json(body, scrip.participant(), NOBODY)), 404, "not_found");
    ok(scrip.client.post(path, json(body, scrip.participant(), admin)));
  }

  @Test
  void keepsTheLastAdmin() {
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "MEMBER"));

    refused(delete(path, admin), 409, "conflict");
    refused(patch(path + "/" + admin, "{'role':'MEMBER'}"), 409, "conflict");
    ok(patch(path + "/" + member, "{'role':'ADMIN'}"));
    ok(patch(path + "/" + admin, "{'role':'MEMBER'}"));
    refused(delete(path, member), 409, "conflict");
    assertThat(delete(path, admin).status()).isEqualTo(204);
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

    assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    assertThat(all(list(path, ""), "role")).containsExactly("ADMIN");
  }

  @Test
  void pagesMembersWhoJoinedLastFirst() {
    String path = "/v1/groups/" + group() + "/members";
    ok(add(path, member, "MEMBER"));

    JsonNode first = ok(scrip.client.get(path + "?limit=1"));
    String cursor = first.get("pagination").get("next_cursor").asText();
    JsonNode second = ok(scrip.client.get(path + "?limit=1&cursor=" + cursor));

    assertThat(all(first.get("data"), "participant_id")).containsExactly(member);
    assertThat(all(second.get("data"), "participant_id")).containsExactly(admin);
    assertThat(second.get("pagination").get("has_more").asBoolean()).isFalse();
    refused(scrip.client.get(path + "?include_former=true&cursor=" + cursor), 400, "bad_request");
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
    ok(scrip.link(second, other));
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

  private Reply addAll(String path, String members) {
    return scrip.client.post(path, json("{'members':[%s]}", members));
  }

  private String name(String participant) {
    return ok(scrip.client.get("/v1/participants/" + participant)).get("external_id").asText();
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
