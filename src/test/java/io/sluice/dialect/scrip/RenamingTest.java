package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of participants, external ids among them, and links that are undone. */
class RenamingTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String name = ScripFixture.unique();
  private final String holder = scrip.participant(name);

  @Test
  void changesWhatIsGivenAndNoStatus() {
    // Given
    ok(patch("{'email':'a@b','first_name':'A','tags':['x'],'attributes':{'k':1}}"));

    // When
    JsonNode changed =
        ok(patch("{'first_name':'','tags':['Y'],'attributes':{'l':2},'status':'CLOSED'}"));

    // Then
    assertThat(changed.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(changed.has("first_name")).isFalse();
    assertThat(changed.get("email").asText()).isEqualTo("a@b");
    assertThat(changed.get("tags").toString()).isEqualTo(json("['y']"));
    assertThat(changed.get("attributes").toString()).isEqualTo(json("{'k':1,'l':2}"));
    assertThat(changed.get("external_id").asText()).isEqualTo(name);
    refused(patch("{'email':'a'}"), 400, "bad_request");
    refused(patch("{'counters':{}}"), 400, "bad_request");
    refused(scrip.client.send("PATCH", "/v1/participants/" + NOBODY, "{}"), 404, "not_found");
  }

  /** Whoever remembers an external id can never pay the wrong one. */
  @Test
  void keepsAFormerNameForTheParticipant() {
    // Given
    String source = scrip.participant(asset, "10");
    pay(source, name);
    String other = ScripFixture.unique();

    // When
    JsonNode renamed = ok(patch("{'external_id':'" + other + "'}"));

    // Then
    assertThat(renamed.get("external_id").asText()).isEqualTo(other);
    pay(source, other);
    pay(source, name);
    assertThat(scrip.available(holder, asset)).isEqualTo("3.00");
    refused(upsert(name), 409, "conflict");
    assertThat(upsert(other).json().get("id").asText()).isEqualTo(holder);
    assertThat(scrip.list("/v1/participants?external_id=" + name)).isEmpty();
    assertThat(scrip.list("/v1/participants?external_id=" + other)).hasSize(1);
    assertThat(scrip.list("/v1/participants?search=" + name)).isEmpty();
  }

  @Test
  void refusesANameThatIsOrWasAnothers() {
    // Given
    String second = ScripFixture.unique();
    scrip.participant(second);
    String former = ScripFixture.unique();
    String third = scrip.participant(former);
    ok(patch(third, "{'external_id':'" + ScripFixture.unique() + "'}"));

    // When
    Reply taken = patch("{'external_id':'" + second + "','email':'a@b','tags':['t']}");

    // Then
    refused(taken, 409, "conflict");
    refused(patch("{'external_id':'" + former + "'}"), 409, "conflict");
    assertThat(ok(patch(third, "{'external_id':'" + former + "'}")).get("external_id").asText())
        .isEqualTo(former);
    JsonNode unchanged = ok(scrip.client.get("/v1/participants/" + holder));
    assertThat(unchanged.get("external_id").asText()).isEqualTo(name);
    assertThat(unchanged.has("email")).isFalse();
    assertThat(unchanged.get("tags")).isEmpty();
  }

  @Test
  void listsAndUndoesLinksThatNothingHasComeOf() {
    // Given
    String program = scrip.program();
    ok(scrip.link(program, asset));
    String assets = "/v1/programs/" + program + "/assets";
    assertThat(ScripFixture.all(scrip.list(assets), "id")).containsExactly(asset);

    // When
    Reply undone = scrip.client.send("DELETE", assets + "/" + asset, "");

    // Then
    assertThat(undone.status()).isEqualTo(204);
    assertThat(scrip.list(assets)).isEmpty();
    refused(scrip.client.send("DELETE", assets + "/" + asset, ""), 404, "not_found");
    String adjustment = scrip.adjustment(asset, "CREDIT", "1", "").replace(scrip.program, program);
    String adjust = "/v1/participants/" + holder + "/balances/adjust";
    refused(scrip.client.post(adjust, adjustment), 400, "asset_not_linked");
    ok(scrip.link(program, asset));
    ok(scrip.client.post(adjust, adjustment));
    refused(scrip.client.send("DELETE", assets + "/" + asset, ""), 409, "conflict");
    refused(scrip.client.send("DELETE", assets + "/" + NOBODY, ""), 404, "not_found");
    refused(scrip.client.get("/v1/programs/" + NOBODY + "/assets"), 404, "not_found");
    refused(new ScripFixture().client.get(assets), 404, "not_found");
  }

  private void pay(String source, String externalId) {
    String from = "'source_participant_id':'" + source + "'";
    List<String> rows = List.of(row("external_id", externalId, "1"));
    ok(scrip.client.post("/v1/transfers", scrip.body(asset, from, rows, "")));
  }

  private Reply upsert(String externalId) {
    return scrip.client.post("/v1/participants", json("{'external_id':'%s'}", externalId));
  }

  private Reply patch(String body) {
    return patch(holder, body);
  }

  private Reply patch(String id, String body) {
    return scrip.client.send("PATCH", "/v1/participants/" + id, json(body));
  }
}
