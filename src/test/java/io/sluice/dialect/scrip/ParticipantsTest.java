package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    refused(reply, 400, "invalid_request");
    assertThat(reply.text()).contains("attributes must not have numbers that long");
    created(post(json("{'external_id':'%s'}", external)));
  }

  @Test
  void takesAttributesUpToTheirLimit() {
    String fits = "x".repeat(Reader.MAX_OBJECT_BYTES - "{'a':''}".length());

    created(post(json("{'external_id':'%s','attributes':{'a':'%s'}}", unique(), fits)));
    refused(
        post(json("{'external_id':'%s','attributes':{'a':'%sx'}}", unique(), fits)),
        400,
        "invalid_request");
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
            .map(member -> json("{'external_id':'%s','%s':'new'}", external, member))
            .map(body -> scrip.client.sendAsync("POST", "/v1/participants", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    assertThat(replies).extracting(Reply::status).containsOnly(200);
    JsonNode after = ok(post(json("{'external_id':'%s'}", external)));
    assertThat(members).allSatisfy(m -> assertThat(after.path(m).asText()).isEqualTo("new"));
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
        "{'external_id':'x','email':''}",
        "{'external_id':'x','attributes':[]}",
        "{'external_id':'x','tags':'t'}",
        "{'external_id':'x','tags':[1]}",
        "{'external_id':'x','tags':['']}"
      })
  void refusesMalformedParticipants(String body) {
    refused(post(json(body)), 400, "invalid_request");
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
    refused(
        scrip.client.send("PATCH", path, json("{'status':'ARCHIVED'}")), 400, "invalid_request");
    refused(
        scrip.client.send(
            "PATCH", "/v1/participants/" + NOBODY + "/status", json("{'status':'ACTIVE'}")),
        404,
        "not_found");
  }

  @Test
  void listsParticipantsWithTheirBalances() {
    // Given
    String asset = scrip.asset();
    String poor = scrip.participant();
    String rich = scrip.participant(asset, "5");

    // When
    JsonNode data = ok(scrip.client.get("/v1/participants")).get("data");

    // Then
    assertThat(all(data, "id")).containsExactly(rich, poor);
    assertThat(data.get(0).get("balances").get(0).toString())
        .isEqualTo(
            json("{'asset_id':'%s','available':'5.00','held':'0.00','deferred':'0.00'}", asset));
    assertThat(data.get(1).get("balances")).isEmpty();
  }

  @Test
  void pagesBalances() {
    // Given
    String id = scrip.participant();
    for (int i = 0; i < 3; i++) {
      scrip.credit(id, scrip.asset(), "1");
    }
    String path = "/v1/participants/" + id + "/balances?limit=2";

    // When
    JsonNode first = ok(scrip.client.get(path));
    String cursor = first.get("pagination").get("next_cursor").asText();
    JsonNode second = ok(scrip.client.get(path + "&cursor=" + cursor));

    // Then
    assertThat(first.get("data")).hasSize(2);
    assertThat(second.get("data")).hasSize(1);
    assertThat(all(first.get("data"), "asset_id"))
        .doesNotContainAnyElementsOf(all(second.get("data"), "asset_id"));
    assertThat(second.get("pagination").get("has_more").asBoolean()).isFalse();
    refused(scrip.client.get(path + "&asset_id=x"), 400, "invalid_request");
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
