package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.fields;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();

  @Test
  void createsAParticipantWithEverything() {
    String external = unique();

    JsonNode made =
        created(
            post(
                json(
                    "{'external_id':'%s','program_id':'%s','status':'SUSPENDED','email':'a@b.c',"
                        + "'phone':'1','first_name':'F','last_name':'L','display_name':'D',"
                        + "'attributes':{'n':1.50,'o':{'x':[]}},'tags':['a','b']}",
                    external, scrip.program)));

    assertThat(made.get("external_id").asText()).isEqualTo(external);
    assertThat(made.get("status").asText()).isEqualTo("SUSPENDED");
    assertThat(made.get("program_ids").toString()).isEqualTo("[\"" + scrip.program + "\"]");
    assertThat(made.get("balances")).isEmpty();
    assertThat(made.get("email").asText()).isEqualTo("a@b.c");
    assertThat(made.get("display_name").asText()).isEqualTo("D");
    assertThat(made.get("attributes").toString()).isEqualTo(json("{'n':1.50,'o':{'x':[]}}"));
    assertThat(made.get("tags").toString()).isEqualTo(json("['a','b']"));
    assertThat(made.get("counters")).isEmpty();
    assertThat(made.get("tiers")).isEmpty();
    assertThat(ok(scrip.client.get("/v1/participants/" + made.get("id").asText()))).isEqualTo(made);
  }

  /** As docs/dialects.md says: what is written in other code points is somebody else. */
  @Test
  void tellsApartWhoLooksAlike() {
    // Given
    String composed = unique() + "-\u00e9";
    String decomposed = composed.replace("\u00e9", "e\u0301");
    JsonNode one = created(post(json("{'external_id':'%s'}", composed)));

    // When
    JsonNode other = created(post(json("{'external_id':'%s'}", decomposed)));

    // Then
    assertThat(other.get("id")).isNotEqualTo(one.get("id"));
    String query = "?external_id=" + URLEncoder.encode(decomposed, StandardCharsets.UTF_8);
    assertThat(ok(scrip.client.get("/v1/participants" + query)).get("data"))
        .extracting(found -> found.get("id"))
        .containsExactly(other.get("id"));
  }

  @Test
  void changesTheParticipantThatIsThereAndKeepsTheRest() {
    // Given
    String external = unique();
    JsonNode made =
        created(post(json("{'external_id':'%s','email':'a@b','tags':['t']}", external)));

    // When
    JsonNode changed =
        ok(
            post(
                json(
                    "{'external_id':'%s','first_name':'F','status':'CLOSED','program_id':'%s'}",
                    external, scrip.program)));

    // Then
    assertThat(changed.get("id")).isEqualTo(made.get("id"));
    assertThat(changed.get("email").asText()).isEqualTo("a@b");
    assertThat(changed.get("first_name").asText()).isEqualTo("F");
    assertThat(changed.get("tags")).hasSize(1);
    assertThat(changed.get("status").asText()).isEqualTo("CLOSED");
    assertThat(changed.get("program_ids")).hasSize(1);
    assertThat(changed.get("created_at")).isEqualTo(made.get("created_at"));
  }

  @Test
  void refusesNumbersThatCouldNotBeReadAgain() {
    // Given: as many digits as a number may have; in scientific notation the exponent has more
    String external = unique();
    String number = "1".repeat(99) + "e9";

    // When
    Reply reply = post(json("{'external_id':'%s','attributes':{'n':%s}}", external, number));

    // Then
    refused(reply, 400, "bad_request");
    assertThat(reply.text()).contains("attributes must be an object without numbers that long");
    created(post(json("{'external_id':'%s'}", external)));
  }

  @Test
  void takesAttributesUpToTheirLimit() {
    String fits = "x".repeat(Reader.MAX_OBJECT_BYTES - "{'a':''}".length());

    created(post(json("{'external_id':'%s','attributes':{'a':'%s'}}", unique(), fits)));
    refused(
        post(json("{'external_id':'%s','attributes':{'a':'%sx'}}", unique(), fits)),
        400,
        "bad_request");
  }

  @Test
  void losesNoChangeWhenManyChangeOneParticipantAtOnce() {
    // Given
    String external = unique();
    created(post(json("{'external_id':'%s'}", external)));
    List<String> members = List.of("email", "phone", "first_name", "last_name", "display_name");

    // When
    List<Reply> replies =
        members.stream()
            .map(member -> json("{'external_id':'%s','%s':'a@new'}", external, member))
            .map(body -> scrip.client.sendAsync("POST", "/v1/participants", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    assertThat(replies).extracting(Reply::status).containsOnly(200);
    JsonNode after = ok(post(json("{'external_id':'%s'}", external)));
    assertThat(members).allSatisfy(m -> assertThat(after.path(m).asText()).isEqualTo("a@new"));
  }

  @Test
  void createsOneParticipantWhenManyAskAtOnce() {
    String body = json("{'external_id':'%s'}", unique());

    List<Reply> replies =
        IntStream.range(0, 8)
            .mapToObj(i -> scrip.client.sendAsync("POST", "/v1/participants", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(replies)
        .extracting(reply -> reply.json().get("id").asText())
        .containsOnly(replies.getFirst().json().get("id").asText());
    assertThat(replies).extracting(Reply::status).containsOnlyOnce(201).contains(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'external_id':''}",
        "{'external_id':7}",
        "{'external_id':'x','status':'GONE'}",
        "{'external_id':'x','program_id':'x'}",
        "{'external_id':'x','email':'no address'}",
        "{'external_id':'x','counters':{}}",
        "{'external_id':'x','tiers':{}}",
        "{'external_id':'x','attributes':[]}",
        "{'external_id':'x','tags':'t'}",
        "{'external_id':'x','tags':[1]}",
        "{'external_id':'x','tags':['']}"
      })
  void refusesMalformedParticipants(String body) {
    refused(post(json(body)), 400, "bad_request");
  }

  @Test
  void refusesUnknownProgramsBeforeAnythingIsStored() {
    String external = unique();
    String body = json("{'external_id':'%s','program_id':'%s'}", external, NOBODY);

    refused(post(body), 404, "not_found");

    assertThat(found(external)).isEmpty();
  }

  @Test
  void findsByExternalId() {
    String external = "a b/ü+" + unique();
    String id = scrip.participant(external);

    assertThat(all(found(external), "id")).containsExactly(id);
    assertThat(found("nobody")).isEmpty();
  }

  @Test
  void changesTheStatusBackAndForth() {
    String path = "/v1/participants/" + scrip.participant() + "/status";

    for (String status : List.of("SUSPENDED", "CLOSED", "ACTIVE")) {
      JsonNode changed = ok(scrip.client.send("PATCH", path, json("{'status':'%s'}", status)));
      assertThat(changed.get("status").asText()).isEqualTo(status);
    }
    refused(scrip.client.send("PATCH", path, json("{'status':'ARCHIVED'}")), 400, "bad_request");
    refused(
        scrip.client.send(
            "PATCH", "/v1/participants/" + NOBODY + "/status", json("{'status':'ACTIVE'}")),
        404,
        "not_found");
  }

  @Test
  void listsWhoParticipantsAreAndNoMore() {
    // Given
    String poor = scrip.participant();
    String rich = scrip.participant(scrip.asset(), "5");
    ok(
        post(
            json(
                "{'external_id':'%s','email':'a@b.c','tags':['t']}",
                ok(scrip.client.get("/v1/participants/" + rich)).get("external_id").asText())));

    // When
    JsonNode data = ok(scrip.client.get("/v1/participants")).get("data");

    // Then
    assertThat(all(data, "id")).containsExactly(rich, poor);
    assertThat(data.get(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id", "external_id", "status", "email", "created_at", "updated_at");
  }

  @Test
  void findsAndSortsParticipants() {
    // Given
    String anna = person("anna", "'email':'Anna@Example.org','program_id':'" + scrip.program + "'");
    String ben = person("ben", "'last_name':'Exam','status':'CLOSED'");
    String carl = person("carl", "'phone':'+49 30','display_name':'C','status':'SUSPENDED'");

    // Then
    assertThat(ids("")).containsExactly(carl, ben, anna);
    assertThat(ids("?external_id=ben")).containsExactly(ben);
    assertThat(ids("?external_id=ben&status=ACTIVE")).isEmpty();
    assertThat(ids("?program_id=" + scrip.program)).containsExactly(anna);
    assertThat(ids("?status=SUSPENDED")).containsExactly(carl);
    assertThat(ids("?search=eXAM")).containsExactly(ben, anna);
    assertThat(ids("?search=9%2030")).containsExactly(carl);
    assertThat(ids("?sort_by=external_id")).containsExactly(anna, ben, carl);
    assertThat(ids("?sort_by=external_id&sort_dir=desc")).containsExactly(carl, ben, anna);
    assertThat(ids("?sort_by=status")).containsExactly(anna, carl, ben);
    String time = ok(scrip.client.get("/v1/participants/" + ben)).get("created_at").asText();
    assertThat(ids("?from=" + time)).containsExactly(carl, ben);
    assertThat(ids("?to=" + time)).containsExactly(ben, anna);
    assertThat(ids("?from=" + time + "&to=" + time)).containsExactly(ben);
    for (String sort : List.of("created_at", "external_id", "status")) {
      assertThat(paged("?limit=1&sort_by=" + sort)).isEqualTo(ids("?sort_by=" + sort));
    }
    refused(scrip.client.get("/v1/participants?program_id=" + NOBODY), 404, "not_found");
    for (String query :
        List.of("status=ARCHIVED", "sort_by=name", "from=x", "to=2026", "external_id=")) {
      refused(scrip.client.get("/v1/participants?" + query), 400, "bad_request");
    }
  }

  private String person(String external, String more) {
    return created(post(json("{'external_id':'%s',%s}", external, more))).get("id").asText();
  }

  private List<String> ids(String query) {
    return all(ok(scrip.client.get("/v1/participants" + query)).get("data"), "id");
  }

  private List<String> paged(String query) {
    List<String> ids = new ArrayList<>();
    JsonNode page = ok(scrip.client.get("/v1/participants" + query));
    while (page.get("pagination").get("has_more").asBoolean()) {
      ids.addAll(all(page.get("data"), "id"));
      String cursor = page.get("pagination").get("next_cursor").asText();
      page = ok(scrip.client.get("/v1/participants" + query + "&cursor=" + cursor));
    }
    ids.addAll(all(page.get("data"), "id"));
    return ids;
  }

  @Test
  void keepsTagsInLowerCaseAndEachOnce() {
    String external = unique();

    JsonNode made =
        created(post(json("{'external_id':'%s','tags':['VIP','vip','Ä','b']}", external)));

    assertThat(made.get("tags").toString()).isEqualTo(json("['vip','ä','b']"));
    JsonNode replaced = ok(post(json("{'external_id':'%s','tags':['X']}", external)));
    assertThat(replaced.get("tags").toString()).isEqualTo(json("['x']"));
  }

  @Test
  void mergesAttributesAndClearsProfileTexts() {
    // Given
    String external = unique();
    created(
        post(
            json(
                "{'external_id':'%s','email':'a@b','phone':'1','attributes':{'a':1,'b':2}}",
                external)));

    // When
    JsonNode changed =
        ok(
            post(
                json(
                    "{'external_id':'%s','email':'','attributes':{'b':{'x':3},'c':null}}",
                    external)));

    // Then
    assertThat(changed.has("email")).isFalse();
    assertThat(changed.get("phone").asText()).isEqualTo("1");
    assertThat(changed.get("attributes").toString())
        .isEqualTo(json("{'a':1,'b':{'x':3},'c':null}"));
    String large = "x".repeat(Reader.MAX_OBJECT_BYTES - 20);
    Reply tooMany =
        post(json("{'external_id':'%s','attributes':{'d':'%s'},'phone':'2'}", external, large));
    assertThat(fields(tooMany)).containsExactly("attributes");
    assertThat(ok(post(json("{'external_id':'%s'}", external)))).isEqualTo(changed);
  }

  @Test
  void changesNothingOfAParticipantThatIsAsAskedFor() {
    String external = unique();
    String body = json("{'external_id':'%s','email':'a@b','status':'CLOSED'}", external);
    JsonNode made = created(post(body));

    assertThat(ok(post(body))).isEqualTo(made);
    String path = "/v1/participants/" + made.get("id").asText() + "/status";
    assertThat(ok(scrip.client.send("PATCH", path, json("{'status':'CLOSED'}")))).isEqualTo(made);
  }

  @Test
  void tellsAllBalancesAtOnce() {
    // Given
    String id = scrip.participant();
    List<String> assets = List.of(scrip.asset(), scrip.asset(), scrip.asset());
    assets.forEach(asset -> scrip.credit(id, asset, "1"));
    String path = "/v1/participants/" + id + "/balances";

    // When
    JsonNode all = ok(scrip.client.get(path));

    // Then
    assertThat(all(all.get("data"), "asset_id")).containsExactlyInAnyOrderElementsOf(assets);
    assertThat(all.get("pagination").toString())
        .isEqualTo(json("{'has_more':false,'next_cursor':null}"));
    JsonNode one = ok(scrip.client.get(path + "?asset_id=" + assets.getLast()));
    assertThat(one.get("data").toString())
        .isEqualTo(
            json(
                "[{'asset_id':'%s','available':'1.00','held':'0.00','deferred':'0.00'}]",
                assets.getLast()));
    assertThat(ok(scrip.client.get(path + "?asset_id=" + scrip.asset())).get("data")).isEmpty();
    refused(scrip.client.get(path + "?asset_id=" + NOBODY), 404, "not_found");
    refused(scrip.client.get(path + "?asset_id=x"), 400, "bad_request");
    refused(scrip.client.get("/v1/participants/" + NOBODY + "/balances"), 404, "not_found");
  }

  private JsonNode found(String external) {
    String query = URLEncoder.encode(external, StandardCharsets.UTF_8);
    return ok(scrip.client.get("/v1/participants?external_id=" + query)).get("data");
  }

  private Reply post(String body) {
    return scrip.client.post("/v1/participants", body);
  }
}
