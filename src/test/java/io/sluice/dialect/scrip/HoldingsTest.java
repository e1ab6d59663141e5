package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds of SIMPLE and LOT assets, and what becomes of them. */
class HoldingsTest {
  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();
  private final String lots = scrip.lots();
  private final String holder = scrip.participant();

  private Reply move(String operation, String of, String more) {
    return move("participants", holder, operation, of, more);
  }

  private Reply move(String kind, String id, String operation, String of, String more) {
    return scrip.move(kind, id, operation, of, more);
  }

  private static String balance(Reply reply) {
    JsonNode balance = ok(reply).get("balance");
    return String.join(
        " ",
        balance.get("available").asText(),
        balance.get("held").asText(),
        balance.get("deferred").asText());
  }

  private void creditHeld(String amount, String reference) {
    String more = ",'bucket':'HELD','reference_id':'" + reference + "'";
    ok(scrip.adjust("participants", holder, lots, "CREDIT", amount, more));
  }

  private static String amount(String amount) {
    return ",'amount':'" + amount + "'";
  }

  private static String reference(String reference) {
    return ",'reference_id':'" + reference + "'";
  }

  @Test
  void holdsAndTellsWhatIsWhere() {
    // Given
    scrip.credit(holder, asset, "10");

    // When
    JsonNode answer = ok(move("hold", asset, amount("4")));

    // Then
    assertThat(answer.get("amount_processed").asText()).isEqualTo("4.00");
    assertThat(answer.get("operation").asText()).isEqualTo("HOLD");
    assertThat(answer.get("message").asText()).isEqualTo("Processed 4.00");
    assertThat(answer.get("asset_id").asText()).isEqualTo(asset);
    assertThat(answer.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(answer.get("journal_entry_id").asText()).hasSize(36);
    assertThat(answer.has("lots_processed")).isFalse();
    assertThat(answer.has("reference_id")).isFalse();
    assertThat(answer.get("balance").toString())
        .isEqualTo(json("{'available':'6.00','held':'4.00','deferred':'0.00'}"));
  }

  @ParameterizedTest(name = "of 10 in a {0} asset")
  @CsvSource({"SIMPLE", "LOT"})
  void movesEverythingWithoutAnAmount(String mode) {
    // Given
    String of = mode.equals("LOT") ? lots : asset;
    scrip.credit(holder, of, "4");
    scrip.credit(holder, of, "6");

    // When
    List<String> balances =
        List.of(
            balance(move("hold", of, "")),
            balance(move("release", of, "")),
            balance(move("hold", of, amount("3"))),
            balance(move("forfeit", of, ",'bucket':'AVAILABLE'")),
            balance(move("forfeit", of, ",'bucket':'HELD'")));

    // Then
    assertThat(balances)
        .containsExactly(
            "0.00 10.00 0.00",
            "10.00 0.00 0.00",
            "7.00 3.00 0.00",
            "0.00 3.00 0.00",
            "0.00 0.00 0.00");
    refused(move("hold", of, ""), 422, "insufficient_balance");
    refused(move("release", of, ""), 422, "insufficient_balance");
  }

  @Test
  void wantsTheFullAmountUnlessLotsAreReleased() {
    // Given
    scrip.credit(holder, asset, "10");
    scrip.credit(holder, lots, "10");
    ok(move("hold", asset, amount("5")));
    ok(move("hold", lots, amount("5")));

    // When
    JsonNode released = ok(move("release", lots, amount("7")));

    // Then
    assertThat(released.get("amount_processed").asText()).isEqualTo("5.00");
    refused(move("release", asset, amount("7")), 422, "insufficient_balance");
    refused(move("hold", asset, amount("5.01")), 422, "insufficient_balance");
    refused(move("hold", lots, amount("10.01")), 422, "insufficient_balance");
    refused(
        move("forfeit", lots, ",'bucket':'AVAILABLE'" + amount("11")), 422, "insufficient_balance");
  }

  @Test
  void aHoldTakesTheOldestLotsAndSplitsTheLast() {
    // Given
    scrip.credit(holder, lots, "5");
    scrip.credit(holder, lots, "7");
    List<String> before = all(scrip.lots(holder, lots, ""), "id");

    // When
    JsonNode processed = ok(move("hold", lots, amount("8"))).get("lots_processed");

    // Then
    assertThat(all(processed, "amount")).containsExactly("5.00", "3.00");
    assertThat(processed.get(0).get("id").asText()).isEqualTo(before.getFirst());
    assertThat(before).doesNotContain(processed.get(1).get("id").asText());
    JsonNode held = scrip.lots(holder, lots, "&status=HELD");
    assertThat(all(held, "id")).isEqualTo(all(processed, "id"));
    assertThat(all(scrip.lots(holder, lots, "&status=AVAILABLE"), "remaining"))
        .containsExactly("4.00");
    assertThat(all(scrip.lots(holder, lots, ""), "created_at").stream().distinct()).hasSize(2);
  }

  @Test
  void aReferenceLeadsBackToWhatWasHeldUnderIt() {
    // Given
    scrip.credit(holder, lots, "10");
    ok(move("hold", lots, amount("2") + reference("a")));
    ok(move("hold", lots, amount("3") + reference("b")));
    ok(move("hold", lots, amount("1") + reference("a")));

    // When
    JsonNode released = ok(move("release", lots, reference("a")));

    // Then
    assertThat(released.get("amount_processed").asText()).isEqualTo("3.00");
    assertThat(released.get("reference_id").asText()).isEqualTo("a");
    assertThat(all(scrip.lots(holder, lots, "&reference_id=b"), "remaining"))
        .containsExactly("3.00");
    assertThat(scrip.lots(holder, lots, "&reference_id=a")).isEmpty();
    refused(move("release", lots, reference("a")), 422, "insufficient_balance");
    assertThat(ok(move("release", lots, reference("b") + amount("2"))).get("amount_processed"))
        .hasToString("\"2.00\"");
  }

  @Test
  void lotsAreChosenByIdAndByAge() {
    // Given
    scrip.credit(holder, lots, "5");
    scrip.credit(holder, lots, "7");
    scrip.credit(holder, lots, "9");
    JsonNode found = scrip.lots(holder, lots, "");
    String second = found.get(1).get("id").asText();
    String third = found.get(2).get("created_at").asText();

    // When
    JsonNode byId = ok(move("hold", lots, ",'lot_ids':['" + second + "']"));
    JsonNode byAge = ok(move("hold", lots, ",'earned_from':'" + third + "'"));

    // Then
    assertThat(all(byId.get("lots_processed"), "id")).containsExactly(second);
    assertThat(all(byAge.get("lots_processed"), "amount")).containsExactly("9.00");
    refused(move("hold", lots, ",'lot_ids':['" + second + "']"), 404, "not_found");
    refused(
        move("hold", lots, ",'lot_ids':['00000000-0000-4000-8000-000000000000']"),
        404,
        "not_found");
    ok(move("release", lots, ",'earned_to':'" + third + "'"));
    assertThat(scrip.lots(holder, lots, "&status=HELD")).isEmpty();
  }

  @Test
  void voidsOnlyWhatWasCreditedStraightIntoHeld() {
    // Given
    scrip.credit(holder, lots, "10");
    ok(move("hold", lots, amount("4") + reference("order")));
    creditHeld("3", "order");

    // When
    Reply voided = move("void-hold", lots, reference("order"));

    // Then
    assertThat(ok(voided).get("operation").asText()).isEqualTo("VOID_HOLD");
    assertThat(ok(voided).get("amount_processed").asText()).isEqualTo("3.00");
    assertThat(balance(voided)).isEqualTo("6.00 4.00 0.00");
    refused(move("void-hold", lots, reference("order")), 404, "not_found");
  }

  @Test
  void voidedValueOfAPrefundedAssetGoesBackToTheWallet() {
    // Given
    String prefunded = scrip.asset("LOT", "PREFUNDED", 2, null);
    String wallet = "/v1/programs/" + scrip.program + "/assets/" + prefunded;
    ok(scrip.client.post(wallet + "/fund", json("{'amount':'10'}")));
    ok(
        scrip.adjust(
            "participants", holder, prefunded, "CREDIT", "4", ",'bucket':'HELD'" + reference("r")));

    // When
    ok(move("void-hold", prefunded, reference("r")));

    // Then
    Reply reply = scrip.client.get("/v1/programs/" + scrip.program + "/balance");
    assertThat(all(ok(reply).get("data"), "available")).containsExactly("10.00");
  }

  @Test
  void sameKeySameAnswerForEver() {
    // Given
    scrip.credit(holder, lots, "10");
    String key = ",'idempotency_key':'" + unique() + "'";
    Reply first = move("hold", lots, amount("4") + key);
    scrip.credit(holder, lots, "5");

    // When
    Reply again = move("hold", lots, amount("4.0") + key);

    // Then
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(scrip.balance(holder, lots, "held")).isEqualTo("4.00");
    refused(move("hold", lots, amount("5") + key), 409, "idempotency_conflict");
    refused(move("release", lots, amount("4") + key), 409, "idempotency_conflict");
  }

  @ParameterizedTest(name = "{0} of a participant that is {1}: {2}")
  @CsvSource({
    "hold, SUSPENDED, 409",
    "hold, CLOSED, 409",
    "release, SUSPENDED, 409",
    "release, CLOSED, 409",
    "forfeit, SUSPENDED, 409",
    "forfeit, CLOSED, 200",
    "void-hold, SUSPENDED, 409",
    "void-hold, CLOSED, 200"
  })
  void theStatusDecides(String operation, String status, int expected) {
    // Given
    scrip.credit(holder, lots, "10");
    creditHeld("3", "r");
    scrip.participantStatus(holder, status);
    String more =
        switch (operation) {
          case "forfeit" -> ",'bucket':'HELD'";
          case "void-hold" -> reference("r");
          default -> "";
        };

    // When
    Reply reply = move(operation, lots, more);

    // Then
    assertThat(reply.status()).as(reply.toString()).isEqualTo(expected);
    if (expected == 409) {
      refused(reply, 409, "participant_inactive");
    }
  }

  @Test
  void whatIsNamedMustBeActive() {
    // Given
    scrip.credit(holder, asset, "10");

    // When
    scrip.programStatus(scrip.program, "SUSPENDED");
    Reply suspended = move("hold", asset, amount("1"));
    scrip.programStatus(scrip.program, "ACTIVE");
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));
    Reply archived = move("hold", asset, amount("1"));

    // Then
    refused(suspended, 409, "program_inactive");
    refused(archived, 409, "asset_inactive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",'lot_ids':['00000000-0000-4000-8000-000000000000']",
        ",'earned_from':'2026-01-01T00:00:00Z'",
        ",'earned_to':'2026-01-01T00:00:00Z'",
        ",'reference_id':'r'"
      })
  void simpleAssetsHaveNoLots(String more) {
    scrip.credit(holder, asset, "10");

    refused(move("hold", asset, amount("1") + more), 400, "bad_request");
    refused(move("forfeit", asset, ",'bucket':'AVAILABLE'" + more), 400, "bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold:,'amount':'0'",
        "hold:,'amount':1",
        "hold:,'reference_id':''",
        "hold:,'lot_ids':[]",
        "hold:,'lot_ids':['x']",
        "hold:,'earned_from':'2026-01-02T00:00:00Z','earned_to':'2026-01-01T00:00:00Z'",
        "hold:,'idempotency_key':''",
        "forfeit:",
        "forfeit:,'bucket':'DEFERRED'",
        "void-hold:",
        "void-hold:,'reference_id':'r','amount':'1'",
        "void-hold:,'reference_id':'r','lot_ids':['00000000-0000-4000-8000-000000000000']",
        "void-hold:,'reference_id':'r','earned_to':'2026-01-01T00:00:00Z'"
      })
  void refusesWhatIsIllFormed(String request) {
    String[] parts = request.split(":", 2);

    refused(move(parts[0], lots, parts[1]), 400, "bad_request");
  }

  @Test
  void tooManyDecimalsAreRefused() {
    refused(move("hold", asset, amount("0.001")), 400, "invalid_scale");
  }

  @Test
  void namesOfNobodyAreNotFound() {
    String nobody = "00000000-0000-4000-8000-000000000000";

    refused(move("participants", nobody, "hold", asset, ""), 404, "not_found");
    refused(move("groups", holder, "hold", asset, ""), 404, "not_found");
    refused(move("hold", nobody, ""), 404, "not_found");
  }

  @Test
  void groupsHoldReleaseAndForfeitButNeverVoid() {
    // Given
    String group = scrip.group();
    ok(scrip.adjust("groups", group, lots, "CREDIT", "10", ""));

    // When
    List<String> balances =
        List.of(
            balance(move("groups", group, "hold", lots, amount("4"))),
            balance(move("groups", group, "release", lots, amount("1"))),
            balance(move("groups", group, "forfeit", lots, ",'bucket':'HELD'")));

    // Then
    assertThat(balances).containsExactly("6.00 4.00 0.00", "7.00 3.00 0.00", "7.00 0.00 0.00");
    assertThat(move("groups", group, "void-hold", lots, reference("r")).status()).isEqualTo(404);
    scrip.archiveGroup(group);
    refused(move("groups", group, "hold", lots, ""), 409, "group_inactive");
    refused(move("groups", group, "release", lots, ""), 409, "group_inactive");
    refused(move("groups", group, "forfeit", lots, ",'bucket':'AVAILABLE'"), 409, "group_inactive");
  }

  @Test
  void aReleaseOfLotsPaysAnOverdraftBackFirst() {
    // Given
    scrip.credit(holder, lots, "10");
    ok(move("hold", lots, ""));
    ok(scrip.adjust("participants", holder, lots, "DEBIT", "4", ",'allow_negative':true"));

    // When
    Reply released = move("release", lots, "");

    // Then
    assertThat(balance(released)).isEqualTo("6.00 0.00 0.00");
    assertThat(all(scrip.lots(holder, lots, "&status=AVAILABLE"), "remaining"))
        .containsExactly("6.00");
  }
}
