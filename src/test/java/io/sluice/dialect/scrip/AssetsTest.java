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
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assets, and the programmes that they are linked to. */
class AssetsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();

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
    assertThat(ok(patch(path, "{}"))).isEqualTo(made);
    JsonNode renamed = ok(patch(path, "{'name':'New','max_transaction_amount':'3'}"));
    assertThat(renamed.get("name").asText()).isEqualTo("New");
    assertThat(renamed.get("max_transaction_amount").asText()).isEqualTo("3.000");
    JsonNode free = ok(patch(path, "{'max_transaction_amount':null}"));
    assertThat(free.get("max_transaction_amount").isNull()).isTrue();
    refused(patch(path, "{'max_transaction_amount':'0.0001'}"), 400, "invalid_scale");
    assertThat(ok(scrip.client.get(path))).isEqualTo(free);
  }

  @Test
  void archivesAnAssetForEver() {
    // Given
    String path = "/v1/assets/" + scrip.asset();
    JsonNode archived = ok(patch(path, "{'name':'Last','status':'ARCHIVED'}"));

    // When
    JsonNode again = ok(patch(path, "{'status':'ARCHIVED'}"));

    // Then
    assertThat(archived.get("name").asText()).isEqualTo("Last");
    assertThat(archived.get("deleted_at").asText()).isNotBlank();
    assertThat(again).isEqualTo(archived);
    assertThat(fields(patch(path, "{'status':'ACTIVE'}"))).containsExactly("status");
    refused(patch(path, "{'name':'New'}"), 409, "conflict");
    refused(patch(path, "{'status':'ARCHIVED','max_transaction_amount':null}"), 409, "conflict");
    assertThat(ok(scrip.client.get(path))).isEqualTo(archived);
  }

  @Test
  void neverChangesWhatBalancesRestOn() {
    String path = "/v1/assets/" + scrip.asset();
    String body =
        "{'symbol':'X','inventory_mode':'LOT','issuance_policy':'PREFUNDED','scale':3,'name':''}";

    assertThat(fields(patch(path, body)))
        .containsExactlyInAnyOrder("symbol", "inventory_mode", "issuance_policy", "scale", "name");
  }

  @Test
  void listsAssetsOfAllStatusesUnlessAskedForSome() {
    // Given
    String archived = scrip.asset();
    String active = scrip.asset();
    ok(patch("/v1/assets/" + archived, "{'status':'ARCHIVED','name':'Gone'}"));
    String other = scrip.program();
    ok(scrip.link(other, active));

    // Then
    assertThat(ids("")).containsExactly(active, archived);
    assertThat(ids("?include_archived=false")).containsExactly(active);
    assertThat(ids("?status=ARCHIVED")).containsExactly(archived);
    assertThat(ids("?program_id=" + other)).containsExactly(active);
    assertThat(ids("?search=gON")).containsExactly(archived);
    String symbol = ok(scrip.client.get("/v1/assets/" + active)).get("symbol").asText();
    assertThat(ids("?search=" + symbol.substring(1).toUpperCase(Locale.ROOT)))
        .containsExactly(active);
    JsonNode first = ok(scrip.client.get("/v1/assets?limit=1"));
    assertThat(ids("?limit=1&cursor=" + next(first))).containsExactly(archived);
    refused(scrip.client.get("/v1/assets?status=ACTIVE&cursor=" + next(first)), 400, "bad_request");
    refused(scrip.client.get("/v1/assets?program_id=" + NOBODY), 404, "not_found");
    refused(scrip.client.get("/v1/assets?status=SUSPENDED"), 400, "bad_request");
  }

  private List<String> ids(String query) {
    return all(ok(scrip.client.get("/v1/assets" + query)).get("data"), "id");
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
        "'scale':2.5",
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
    refused(scrip.client.post("/v1/assets", asset(member)), 400, "bad_request");
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
  void takesAWholeScaleHoweverItIsWritten() {
    JsonNode made = created(scrip.client.post("/v1/assets", asset("'scale':2.0")));

    assertThat(made.get("scale").toString()).isEqualTo("2");
  }

  @Test
  void linksAnAssetToFurtherProgramsOnce() {
    // Given
    String asset = scrip.asset();
    String other = scrip.program();

    // When
    JsonNode linked = ok(scrip.link(other, asset));

    // Then
    assertThat(linked.get("program_ids").toString())
        .isEqualTo(json("['%s','%s']", scrip.program, other));
    refused(scrip.link(other, asset), 409, "conflict");
    refused(scrip.link(other, NOBODY), 404, "not_found");
    refused(scrip.link(NOBODY, asset), 404, "not_found");
    assertThat(fields(scrip.link(other, "x"))).containsExactly("asset_id");
    assertThat(fields(scrip.client.post("/v1/programs/" + other + "/assets", "{}")))
        .containsExactly("asset_id");
    ok(patch("/v1/assets/" + asset, "{'status':'ARCHIVED'}"));
    refused(scrip.link(scrip.program(), asset), 409, "asset_inactive");
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
    return page.get("pagination").get("next_cursor").asText();
  }

  private Reply patch(String path, String body) {
    return scrip.client.send("PATCH", path, json(body));
  }
}
