package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redemptions: what a participant has goes where the programme wants it. */
class RedemptionsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String holder = scrip.participant(asset, "10");

  @Test
  void takesWhatIsRedeemedAndTellsIt() {
    // When
    JsonNode made = created(scrip.redeem(holder, asset, "4"));

    // Then
    assertThat(made.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "participant_id",
            "program_id",
            "asset_id",
            "amount",
            "description",
            "journal_entry_id",
            "status",
            "reversed_amount",
            "created_at",
            "updated_at");
    assertThat(made.get("participant_id").asText()).isEqualTo(holder);
    assertThat(made.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(made.get("asset_id").asText()).isEqualTo(asset);
    assertThat(made.get("amount").asText()).isEqualTo("4.00");
    assertThat(made.get("description").asText()).isEqualTo("A coffee");
    assertThat(made.get("status").asText()).isEqualTo("COMPLETED");
    assertThat(made.get("reversed_amount").asText()).isEqualTo("0.00");
    assertThat(made.get("updated_at")).isEqualTo(made.get("created_at"));
    assertThat(ok(get(made.get("id").asText()))).isEqualTo(made);
    assertThat(scrip.available(holder, asset)).isEqualTo("6.00");
  }

  @Test
  void neverOverdraws() {
    refused(scrip.redeem(holder, asset, "10.01"), 422, "insufficient_balance");
    ok(scrip.adjust("participants", holder, asset, "CREDIT", "5", json(",'bucket':'HELD'")));
    refused(scrip.redeem(holder, asset, "10.01"), 422, "insufficient_balance");
    created(scrip.redeem(holder, asset, "10.00"));
    ok(scrip.adjust("participants", holder, asset, "DEBIT", "3", json(",'allow_negative':true")));
    refused(scrip.redeem(holder, asset, "0.01"), 422, "insufficient_balance");
  }

  @Test
  void answersAReplayWithTheFirstBody() {
    // Given
    String key = ScripFixture.unique();
    Reply first = redeem(key, "4");
    String id = created(first).get("id").asText();
    created(scrip.reversePart(id, "1"));

    // When
    Reply again = redeem(key, "4.00");

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(scrip.available(holder, asset)).isEqualTo("7.00");
    refused(redeem(key, "5"), 409, "idempotency_conflict");
    refused(scrip.keyed(key, asset, holder, scrip.participant(), "4"), 409, "idempotency_conflict");
  }

  @Test
  void doesNotBurnTheKeyOfARefusal() {
    String key = ScripFixture.unique();
    refused(redeem(key, "11"), 422, "insufficient_balance");

    created(redeem(key, "10"));
  }

  @Test
  void paysTheEntityThatTheProgrammeNamesByThen() {
    // Given
    String shop = scrip.participant();
    String club = scrip.group();

    // When
    target("'LEDGER_ENTITY','redemption_target_entity_id':'" + shop + "'");
    created(scrip.redeem(holder, asset, "1"));
    target("'LEDGER_ENTITY','redemption_target_entity_id':'" + club + "'");
    created(scrip.redeem(holder, asset, "2"));
    target("'SYSTEM_BREAKAGE'");
    created(scrip.redeem(holder, asset, "3"));

    // Then
    assertThat(scrip.available(shop, asset)).isEqualTo("1.00");
    assertThat(scrip.groupBalance(club, asset)).isEqualTo("2.00");
    assertThat(scrip.available(holder, asset)).isEqualTo("4.00");
  }

  @Test
  void refusesATargetThatMayNotBePaid() {
    String shop = scrip.participant();
    target("'LEDGER_ENTITY','redemption_target_entity_id':'" + shop + "'");
    for (String status : List.of("SUSPENDED", "CLOSED")) {
      scrip.participantStatus(shop, status);
      refused(scrip.redeem(holder, asset, "1"), 409, "participant_inactive");
    }
    String club = scrip.group();
    target("'LEDGER_ENTITY','redemption_target_entity_id':'" + club + "'");
    scrip.archiveGroup(club);
    refused(scrip.redeem(holder, asset, "1"), 409, "group_inactive");
    target("'LEDGER_ENTITY','redemption_target_entity_id':'" + holder + "'");
    refused(scrip.redeem(holder, asset, "1"), 400, "self_transfer");
  }

  @Test
  void refusesWhoOrWhatIsNotActiveLinkedOrKnown() {
    refused(scrip.redeem(NOBODY, asset, "1"), 404, "not_found");
    refused(scrip.redeem(scrip.group(), asset, "1"), 404, "not_found");
    refused(scrip.redeem(holder, NOBODY, "1"), 404, "not_found");
    refused(redeemIn(NOBODY), 404, "not_found");
    refused(redeemIn(holder), 404, "not_found");
    refused(redeemIn(scrip.program()), 400, "asset_not_linked");
    for (String status : List.of("SUSPENDED", "CLOSED")) {
      scrip.participantStatus(holder, status);
      refused(scrip.redeem(holder, asset, "1"), 409, "participant_inactive");
    }
    scrip.participantStatus(holder, "ACTIVE");
    scrip.programStatus(scrip.program, "SUSPENDED");
    refused(scrip.redeem(holder, asset, "1"), 409, "program_inactive");
    scrip.programStatus(scrip.program, "ACTIVE");
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));
    refused(scrip.redeem(holder, asset, "1"), 409, "asset_inactive");
  }

  @Test
  void holdsTheCeilingAndTheScale() {
    String capped = scrip.asset("SIMPLE", "UNLIMITED", 0, "10");

    refused(scrip.redeem(holder, capped, "11"), 400, "max_transaction_amount_exceeded");
    refused(scrip.redeem(holder, capped, "0.5"), 400, "invalid_scale");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'amount':5",
        "'amount':'0'",
        "'amount':'-1'",
        "'description':''",
        "'description':5",
        "'idempotency_key':''",
        "'program_id':'x'"
      })
  void refusesMalformedRequests(String member) {
    String name = member.substring(0, member.indexOf(':')).replace('\'', '"');
    String body =
        scrip
            .redemption(asset, "1", "k")
            .replaceAll(name + ":\"[^\"]*\",?", "")
            .replace("{", "{" + json(member) + ",")
            .replace(",}", "}");

    refused(post(body), 400, "bad_request");
  }

  @Test
  void pagesNewestFirstWhileNewOnesCome() {
    // Given
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(scrip.redeemed(holder, asset, "0.5"));
    }
    List<String> shown = new ArrayList<>();
    String cursor = "";

    // When
    for (int page = 0; page < 3; page++) {
      JsonNode answer = list("limit=2" + cursor);
      shown.addAll(all(answer.get("data"), "id"));
      cursor = "&cursor=" + answer.get("pagination").get("next_cursor").asText();
      scrip.redeemed(holder, asset, "0.5");
    }

    // Then
    Collections.reverse(made);
    assertThat(shown).isEqualTo(made);
    assertThat(list("").get("data")).hasSize(8);
    refused(scrip.client.get(listing("limit=3&status=COMPLETED" + cursor)), 400, "bad_request");
  }

  @Test
  void filtersByStatusAndTime() {
    // Given
    String whole = scrip.redeemed(holder, asset, "1");
    String part = scrip.redeemed(holder, asset, "1");
    String none = scrip.redeemed(holder, asset, "1");
    scrip.redeemed(scrip.participant(asset, "1"), asset, "1");
    created(scrip.reverse(whole, ""));
    created(scrip.reversePart(part, "0.4"));

    // When
    JsonNode between = ok(get(part));

    // Then
    String time = between.get("created_at").asText();
    assertThat(ids("")).containsExactly(none, part, whole);
    assertThat(ids("status=COMPLETED")).containsExactly(none);
    assertThat(ids("status=PARTIALLY_REVERSED")).containsExactly(part);
    assertThat(ids("status=FULLY_REVERSED")).containsExactly(whole);
    assertThat(ids("from=" + time)).containsExactly(none, part);
    assertThat(ids("to=" + time)).containsExactly(part, whole);
    assertThat(ids("status=FULLY_REVERSED&from=" + time)).isEmpty();
    assertThat(ids("reward_catalog_item_id=" + NOBODY)).isEmpty();
    refused(scrip.client.get(listing("status=GONE")), 400, "bad_request");
  }

  @Test
  void keepsOrganisationsApart() {
    String id = scrip.redeemed(holder, asset, "1");
    ScripFixture other = new ScripFixture();

    refused(other.client.get("/v1/redemptions/" + id), 404, "not_found");
    refused(other.reverse(id, ""), 404, "not_found");
    refused(other.client.get("/v1/redemptions/" + id + "/reversals"), 404, "not_found");
    refused(other.client.get(listing("")), 404, "not_found");
    refused(other.redeem(holder, asset, "1"), 404, "not_found");
  }

  @Test
  void isNoOtherTransfer() {
    String transfer =
        ok(scrip.transfer(asset, holder, scrip.participant(), "1"))
            .get("journal_entry_id")
            .asText();

    refused(get(transfer), 404, "not_found");
    refused(scrip.reverse(transfer, ""), 404, "not_found");
  }

  private void target(String type) {
    scrip.redeemTo("'redemption_target_type':" + type);
  }

  private Reply redeem(String key, String amount) {
    return post(scrip.redemption(asset, amount, key));
  }

  private Reply redeemIn(String program) {
    return post(scrip.redemption(asset, "1", "k").replace(scrip.program, program));
  }

  private Reply post(String body) {
    return scrip.client.post("/v1/participants/" + holder + "/redemptions", body);
  }

  private Reply get(String id) {
    return scrip.client.get("/v1/redemptions/" + id);
  }

  private List<String> ids(String query) {
    return all(list(query).get("data"), "id");
  }

  private JsonNode list(String query) {
    return ok(scrip.client.get(listing(query)));
  }

  private String listing(String query) {
    return "/v1/participants/" + holder + "/redemptions?" + query;
  }
}
