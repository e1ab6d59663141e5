package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator takes back of what was done through this API. */
class TransferReversalsTest {
  private final ScripFixture scrip = new ScripFixture();
  private final TestClient admin = TestingGateway.shared().admin();
  private final String asset = scrip.asset();
  private final String anna = scrip.participant(asset, "10");
  private final String ben = scrip.participant(asset, "1");

  @Test
  void takesATransferBackFromAllWhoGotOfIt() {
    // Given
    String club = scrip.group();
    String body =
        scrip.body(
            asset,
            "'source_participant_id':'" + anna + "'",
            List.of(row("participant_id", ben, "3"), row("group_id", club, "4")),
            ",'reference_id':'order-1'");
    String id = entryOf(scrip.client.post("/v1/transfers", body));

    // When
    String reversal = reversed(id);

    // Then
    assertThat(scrip.available(anna, asset)).isEqualTo("10.00");
    assertThat(scrip.available(ben, asset)).isEqualTo("1.00");
    assertThat(scrip.groupBalance(club, asset)).isEqualTo("0.00");
    JsonNode entry = ok(scrip.client.get("/v1/journal-entries/" + reversal));
    assertThat(entry.get("action_type").asText()).isEqualTo("REVERSAL");
    assertThat(entry.get("description").asText()).isEqualTo("Reversal of " + id + ": A slip");
    assertThat(entry.get("created_by_api_key_id").isNull()).isTrue();
    assertThat(all(entry.get("postings"), "amount"))
        .containsExactlyInAnyOrder("-3.00", "-4.00", "3.00", "4.00");
    assertThat(scrip.list("/v1/journal-entries?action_type=REVERSAL&program_id=" + scrip.program))
        .hasSize(1);
  }

  @Test
  void takesAdjustmentsBack() {
    // Given
    String credit = adjusted(anna, asset, "CREDIT", "5");
    String debit = adjusted(anna, asset, "DEBIT", "7");

    // When
    reversed(credit);
    reversed(debit);

    // Then
    assertThat(scrip.available(anna, asset)).isEqualTo("10.00");
  }

  @Test
  void takesAFundingOfAWalletBackAndItsBurning() {
    // Given
    String prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    String fund = entryOf(wallet(prefunded, "fund", "9"));
    String burn = entryOf(wallet(prefunded, "burn", "9"));

    // When
    Reply gone = reverse(fund);
    reversed(burn);
    reversed(fund);

    // Then
    assertThat(gone.json().path("error").textValue()).isEqualTo("value_gone");
    assertThat(ok(wallet(prefunded, "fund", "1")).get("available").asText()).isEqualTo("1.00");
  }

  private Reply wallet(String prefunded, String operation, String amount) {
    return scrip.client.post(
        "/v1/programs/" + scrip.program + "/assets/" + prefunded + "/" + operation,
        json("{'amount':'%s'}", amount));
  }

  @Test
  void givesTheVeryLotsBack() {
    // Given
    String points = scrip.lots();
    String payer = scrip.participant(points, "5");
    scrip.credit(payer, points, "7");
    String payee = scrip.participant(points, "2");
    JsonNode before = scrip.lots(payer, points, "");
    String id = entryOf(scrip.transfer(points, payer, payee, "8"));
    String debit = adjusted(payer, points, "DEBIT", "1");

    // When
    reversed(id);
    reversed(debit);

    // Then
    assertThat(scrip.lots(payer, points, "")).isEqualTo(before);
    assertThat(scrip.available(payee, points)).isEqualTo("2.00");
  }

  @Test
  void leavesLotsWhereTheyCannotComeBackFromOneAccount() {
    // Given
    String points = scrip.lots();
    String payer = scrip.participant(points, "5");
    String body =
        scrip.body(
            points,
            "'source_participant_id':'" + payer + "'",
            List.of(row("participant_id", anna, "1"), row("participant_id", ben, "1")),
            "");
    String several = entryOf(scrip.client.post("/v1/transfers", body));
    String overdrawn =
        ok(scrip.adjust(
                "participants", payer, points, "DEBIT", "9", json(",'allow_negative':true")))
            .get("journal_entry_id")
            .asText();

    for (String id : List.of(several, overdrawn)) {
      // When
      Reply reply = reverse(id);

      // Then
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.json().path("message").textValue()).contains("adjust the balances");
    }
  }

  @Test
  void leavesWhatIsHeldToItsRelease() {
    // Given
    ok(scrip.move("participants", anna, "hold", asset, json(",'amount':'4'")));
    String hold =
        scrip
            .list("/v1/journal-entries?action_type=HOLD&participant_id=" + anna)
            .get(0)
            .get("id")
            .asText();

    // When
    Reply reply = reverse(hold);

    // Then
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").textValue()).contains("release");
    assertThat(scrip.balance(anna, asset, "held")).isEqualTo("4.00");
  }

  @Test
  void givesNothingBackToWhoeverIsClosed() {
    // Given
    String id = entryOf(scrip.transfer(asset, anna, ben, "3"));
    scrip.participantStatus(anna, "CLOSED");
    Reply closed = reverse(id);
    scrip.participantStatus(anna, "SUSPENDED");

    // When
    reversed(id);

    // Then
    assertThat(closed.json().path("message").textValue()).contains("closed");
    assertThat(scrip.available(anna, asset)).isEqualTo("10.00");
  }

  private String adjusted(String holder, String of, String type, String amount) {
    return ok(scrip.adjust("participants", holder, of, type, amount, ""))
        .get("journal_entry_id")
        .asText();
  }

  private static String entryOf(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
    return reply.json().get("journal_entry_id").asText();
  }

  private String reversed(String id) {
    return created(reverse(id)).get("id").asText();
  }

  private Reply reverse(String id) {
    return admin.post(
        "/admin/tenants/" + scrip.tenant.value() + "/transfers/" + id + "/reverse",
        json("{'reason':'A slip'}"));
  }
}
