package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adjustments, and the wallets that they are paid from. */
class AdjustmentsTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String holder = scrip.participant();

  @Test
  void creditsAndTellsTheBalance() {
    JsonNode answer = ok(credit("12.5"));

    assertThat(answer.get("amount").asText()).isEqualTo("12.50");
    assertThat(answer.get("asset_id").asText()).isEqualTo(asset);
    assertThat(answer.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(answer.get("bucket").asText()).isEqualTo("AVAILABLE");
    assertThat(answer.get("type").asText()).isEqualTo("CREDIT");
    assertThat(answer.get("message").asText()).isNotBlank();
    assertThat(answer.get("journal_entry_id").asText()).hasSize(36);
    assertThat(answer.get("balance").toString())
        .isEqualTo(json("{'available':'12.50','held':'0.00','deferred':'0.00'}"));
  }

  @Test
  void debitsWhatIsThereAndNoMore() {
    ok(credit("10"));

    JsonNode answer = ok(debit("4", ""));

    assertThat(answer.get("balance").get("available").asText()).isEqualTo("6.00");
    refused(debit("6.01", ""), 422, "insufficient_balance");
  }

  @Test
  void mayOverdrawWhenAskedToAndBlocksTransfersUntilRepaid() {
    // Given
    String recipient = scrip.participant();
    ok(credit("1"));

    // When
    JsonNode answer = ok(debit("3", ",'allow_negative':true"));

    // Then
    assertThat(answer.get("balance").get("available").asText()).isEqualTo("-2.00");
    refused(scrip.transfer(asset, holder, recipient, "0.01"), 422, "insufficient_balance");
    refused(debit("0.01", ""), 422, "insufficient_balance");
    ok(credit("2"));
    refused(scrip.transfer(asset, holder, recipient, "0.01"), 422, "insufficient_balance");
    ok(credit("0.01"));
    ok(scrip.transfer(asset, holder, recipient, "0.01"));
  }

  @Test
  void keepsBucketsApart() {
    ok(adjust("CREDIT", "5", ",'bucket':'HELD'"));

    refused(debit("1", ""), 422, "insufficient_balance");
    JsonNode answer = ok(debit("2", ",'bucket':'HELD'"));

    assertThat(answer.get("bucket").asText()).isEqualTo("HELD");
    assertThat(answer.get("balance").toString())
        .isEqualTo(json("{'available':'0.00','held':'3.00','deferred':'0.00'}"));
  }

  @Test
  void adjustsGroupsWithoutTellingTheBalance() {
    String group = scrip.group();

    JsonNode answer = ok(scrip.adjust("groups", group, asset, "CREDIT", "5", ""));

    assertThat(answer.has("balance")).isFalse();
    assertThat(answer.get("message").asText()).isEqualTo("Group balance adjusted successfully");
    assertThat(scrip.groupBalance(group, asset)).isEqualTo("5.00");
    refused(scrip.adjust("groups", group, asset, "DEBIT", "5.01", ""), 422, "insufficient_balance");
    scrip.archiveGroup(group);
    refused(scrip.adjust("groups", group, asset, "CREDIT", "5", ""), 409, "group_inactive");
  }

  @Test
  void refusesWhoOrWhatIsNotActiveOrUnknown() {
    refused(scrip.adjust("participants", NOBODY, asset, "CREDIT", "1", ""), 404, "not_found");
    refused(
        scrip.adjust("participants", scrip.group(), asset, "CREDIT", "1", ""), 404, "not_found");
    refused(scrip.adjust("groups", holder, asset, "CREDIT", "1", ""), 404, "not_found");
    refused(scrip.adjust("participants", holder, NOBODY, "CREDIT", "1", ""), 404, "not_found");
    refused(scrip.adjust("participants", "x", asset, "CREDIT", "1", ""), 400, "bad_request");
    scrip.participantStatus(holder, "CLOSED");
    refused(credit("1"), 409, "participant_inactive");
    scrip.participantStatus(holder, "ACTIVE");
    scrip.programStatus(scrip.program, "SUSPENDED");
    refused(credit("1"), 409, "program_inactive");
  }

  @Test
  void refusesAnAssetThatIsNotLinked() {
    String other = scrip.program();
    String body = scrip.adjustment(asset, "CREDIT", "1", "").replace(scrip.program, other);

    refused(
        scrip.client.post("/v1/participants/" + holder + "/balances/adjust", body),
        400,
        "asset_not_linked");
  }

  @Test
  void holdsTheCeilingAndTheScale() {
    String capped = scrip.asset("SIMPLE", "UNLIMITED", 0, "10");

    refused(
        scrip.adjust("participants", holder, capped, "CREDIT", "11", ""),
        400,
        "max_transaction_amount_exceeded");
    refused(
        scrip.adjust("participants", holder, capped, "CREDIT", "0.5", ""), 400, "invalid_scale");
    ok(scrip.adjust("participants", holder, capped, "CREDIT", "10.0", ""));
    refused(
        scrip.adjust(
            "participants",
            holder,
            capped,
            "DEBIT",
            "9".repeat(38),
            ",'allow_negative':true".replace('\'', '"')),
        400,
        "max_transaction_amount_exceeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'GIFT'",
        "'type':null",
        "'amount':5",
        "'amount':'0'",
        "'amount':'-1'",
        "'description':''",
        "'allow_negative':'yes'",
        "'bucket':'DEFERRED'",
        "'bucket':5",
        "'allow_negative':true",
        "'type':'DEBIT','bucket':'HELD','allow_negative':true"
      })
  void refusesMalformedRequests(String member) {
    String name = member.substring(0, member.indexOf(':')).replace('\'', '"');
    String body =
        scrip
            .adjustment(asset, "CREDIT", "1", "")
            .replaceAll(name + ":\"[^\"]*\",?", "")
            .replace("{", "{" + json(member) + ",")
            .replace(",}", "}");

    refused(
        scrip.client.post("/v1/participants/" + holder + "/balances/adjust", body),
        400,
        "bad_request");
  }

  @Test
  void paysCreditsOfPrefundedAssetsFromTheWallet() {
    // Given
    String prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    refused(
        scrip.adjust("participants", holder, prefunded, "CREDIT", "1", ""),
        422,
        "insufficient_balance");

    // When
    JsonNode funded = ok(wallet(prefunded, "fund", "100"));

    // Then
    assertThat(funded.get("available").asText()).isEqualTo("100.00");
    assertThat(funded.get("journal_entry_id").asText()).hasSize(36);
    ok(scrip.adjust("participants", holder, prefunded, "CREDIT", "60", ""));
    assertThat(walletBalance(prefunded)).isEqualTo("40.00");
    refused(
        scrip.adjust("participants", holder, prefunded, "CREDIT", "40.01", ""),
        422,
        "insufficient_balance");
    ok(scrip.adjust("participants", holder, prefunded, "DEBIT", "10", ""));
    assertThat(walletBalance(prefunded)).isEqualTo("50.00");
  }

  @Test
  void paysLotsFromAWalletToo() {
    String prefunded = scrip.asset("LOT", "PREFUNDED", 2, null);
    ok(wallet(prefunded, "fund", "10"));

    ok(scrip.adjust("participants", holder, prefunded, "CREDIT", "4", ""));
    ok(scrip.adjust("participants", holder, prefunded, "DEBIT", "1", ""));

    assertThat(scrip.available(holder, prefunded)).isEqualTo("3.00");
    assertThat(walletBalance(prefunded)).isEqualTo("7.00");
  }

  @Test
  void burnsWhatTheWalletHoldsAndNoMore() {
    String prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, "5");
    ok(wallet(prefunded, "fund", "100"));

    assertThat(ok(wallet(prefunded, "burn", "30")).get("available").asText()).isEqualTo("70.00");
    refused(wallet(prefunded, "burn", "70.01"), 422, "insufficient_balance");
    ok(wallet(prefunded, "burn", "70"));
    assertThat(walletBalance(prefunded)).isEqualTo("0.00");
  }

  @Test
  void hasNoWalletForUnlimitedAssets() {
    for (String action : List.of("fund", "burn")) {
      JsonNode answer = ok(wallet(asset, action, "1"));

      assertThat(answer.get("journal_entry_id").isNull()).isTrue();
      assertThat(answer.get("available").asText()).isEqualTo("0.00");
    }
    assertThat(walletBalance(asset)).isEqualTo("none");
    refused(wallet(asset, "fund", "0.001"), 400, "invalid_scale");
    scrip.programStatus(scrip.program, "SUSPENDED");
    refused(wallet(asset, "fund", "1"), 409, "program_inactive");
    refused(wallet(asset, "burn", "1"), 409, "program_inactive");
  }

  @Test
  void refusesWalletsThatCannotBe() {
    String prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);

    refused(wallet(NOBODY, "fund", "1"), 404, "not_found");
    refused(wallet(prefunded, "fund", "0.001"), 400, "invalid_scale");
    refused(wallet(prefunded, "fund", "0"), 400, "bad_request");
    refused(
        scrip.client.post(
            "/v1/programs/" + scrip.program() + "/assets/" + prefunded + "/fund",
            json("{'amount':'1'}")),
        400,
        "asset_not_linked");
    scrip.programStatus(scrip.program, "SUSPENDED");
    refused(wallet(prefunded, "fund", "1"), 409, "program_inactive");
  }

  private Reply credit(String amount) {
    return adjust("CREDIT", amount, "");
  }

  private Reply debit(String amount, String more) {
    return adjust("DEBIT", amount, more);
  }

  private Reply adjust(String type, String amount, String more) {
    return scrip.adjust("participants", holder, asset, type, amount, json(more));
  }

  private Reply wallet(String which, String action, String amount) {
    return scrip.client.post(
        "/v1/programs/" + scrip.program + "/assets/" + which + "/" + action,
        json("{'amount':'%s','description':'budget'}", amount));
  }

  private String walletBalance(String which) {
    JsonNode data =
        ok(scrip.client.get("/v1/programs/" + scrip.program + "/balance?asset_id=" + which))
            .get("data");
    return data.isEmpty() ? "none" : data.get(0).get("available").asText();
  }
}
