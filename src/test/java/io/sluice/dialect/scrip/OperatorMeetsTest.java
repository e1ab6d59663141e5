package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the operator takes back meets what became of it meanwhile: an example each that says what
 * must happen, and why. The books are whole after each of them.
 */
class OperatorMeetsTest extends ClockedScrip {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String GONE = "value_gone";
  private static final String NEVER = "not_reversible";

  private final String holder = scrip.participant();
  private final String other = scrip.participant();
  private final String inAMinute = "'" + clock.instant().plus(MINUTE) + "'";
  private final String endsInAMinute = ",'expires_at':" + inAMinute;

  @AfterEach
  void theBooksAreWhole() {
    assertWholeBooks();
  }

  /** The rest of the lot is held; what comes back is free, as it was, and a lot of its own. */
  @Test
  void aDebitMeetsAHoldOfTheRestOfTheLot() {
    // Given
    adjusted("CREDIT", "10", endsInAMinute + ",'reference_id':'order 1'");
    String debit = adjusted("DEBIT", "4", "");
    move("hold", ",'reference_id':'order 5'");

    // When
    created(reverse(debit));

    // Then
    JsonNode lots = scrip.lots(holder, asset, "");
    assertThat(all(lots, "status")).containsExactly("HELD", "AVAILABLE");
    assertThat(all(lots, "remaining")).containsExactly("6.00", "4.00");
    assertThat(lots.get(1).get("created_at")).isEqualTo(lots.get(0).get("created_at"));
    assertThat(lots.get(1).get("expires_at")).isEqualTo(lots.get(0).get("expires_at"));
    assertThat(lots.get(1).has("reference_id")).isFalse();
  }

  /** It was held value that was debited, so it is held value that comes back, whatever is free. */
  @Test
  void aDebitOfHeldValueMeetsARelease() {
    // Given
    adjusted("CREDIT", "10", ",'bucket':'HELD','reference_id':'order 1'");
    String debit = adjusted("DEBIT", "4", ",'bucket':'HELD'");
    move("release", "");

    // When
    created(reverse(debit));

    // Then
    assertThat(in("available")).isEqualTo("6.00");
    assertThat(in("held")).isEqualTo("4.00");
  }

  /** Its lots come back as they were, and so with their end: what is past it is worth nothing. */
  @Test
  void aTransferMeetsTheEndOfItsLots() {
    // Given
    adjusted("CREDIT", "10", endsInAMinute);
    String transfer = transferred("4");
    pass(MINUTE);

    // When
    created(reverse(transfer));

    // Then
    assertThat(in("available")).isEqualTo("0.00");
    assertThat(scrip.available(other, asset)).isEqualTo("0.00");
    pass(Duration.ZERO);
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsExactly("0.00");
  }

  /** What is held for somebody else is not there to be given back, until it is released. */
  @Test
  void aTransferMeetsAHoldOfWhatCame() {
    // Given
    adjusted("CREDIT", "10", "");
    String transfer = transferred("4");
    ok(scrip.move("participants", other, "hold", asset, ""));

    // When
    Reply held = reverse(transfer);

    // Then
    refused(held, GONE);
    ok(scrip.move("participants", other, "release", asset, ""));
    created(reverse(transfer));
    assertThat(in("available")).isEqualTo("10.00");
  }

  /** Nor is what was redeemed, until that is reversed: the client's reversal comes first. */
  @Test
  void aTransferMeetsARedemptionOfWhatCame() {
    // Given
    adjusted("CREDIT", "10", "");
    String transfer = transferred("4");
    String redemption = scrip.redeemed(other, asset, "1");

    // When
    Reply spent = reverse(transfer);

    // Then
    refused(spent, GONE);
    created(scrip.reverse(redemption, ""));
    created(reverse(transfer));
    assertThat(in("available")).isEqualTo("10.00");
  }

  /** It was credited for later and has become spendable: it is no more where it came to. */
  @Test
  void aCreditForLaterMeetsItsMaturity() {
    // Given
    String before = adjusted("CREDIT", "3", ",'matures_at':" + inAMinute);
    String after = adjusted("CREDIT", "4", ",'matures_at':" + inAMinute);
    created(reverse(before));
    pass(MINUTE);

    // When
    Reply matured = reverse(after);

    // Then
    refused(matured, GONE);
    assertThat(in("available")).isEqualTo("4.00");
    assertThat(in("deferred")).isEqualTo("0.00");
  }

  /** The debt that a credit paid back is there again: the lots that would pay are not enough. */
  @Test
  void aCreditMeetsTheDebtThatItPaid() {
    // Given
    adjusted("DEBIT", "3", ",'allow_negative':true");
    String credit = adjusted("CREDIT", "5", "");

    // When
    Reply reply = reverse(credit);

    // Then
    refused(reply, GONE);
    assertThat(in("available")).isEqualTo("2.00");
  }

  /** A slip stays a slip while the programme is suspended; but an archived one has no wallet. */
  @Test
  void aCreditOutOfAWalletMeetsAnEndOfTheProgramme() {
    // Given
    String prefunded = scrip.asset("LOT", "PREFUNDED", 2, null);
    ok(
        scrip.client.post(
            "/v1/programs/" + scrip.program + "/assets/" + prefunded + "/fund",
            json("{'amount':'9'}")));
    String first = adjusted(prefunded, "CREDIT", "4", "");
    String second = adjusted(prefunded, "CREDIT", "5", "");

    scrip.programStatus(scrip.program, "SUSPENDED");
    created(reverse(first));
    scrip.programStatus(scrip.program, "ARCHIVED");

    // When
    Reply archived = reverse(second);

    // Then
    refused(archived, NEVER);
    scrip.programStatus(scrip.program, "ACTIVE");
    created(reverse(second));
    assertThat(scrip.available(holder, prefunded)).isEqualTo("0.00");
  }

  /** It takes no entry of any kind any more, also none of the operator's. */
  @Test
  void aTransferMeetsTheArchivingOfItsAsset() {
    // Given
    adjusted("CREDIT", "10", "");
    String transfer = transferred("4");
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));

    // When
    Reply reply = reverse(transfer);

    // Then
    refused(reply, NEVER);
    assertThat(in("available")).isEqualTo("6.00");
  }

  /** Nothing of it can change any more; a participant that is closed may still pay. */
  @Test
  void aTransferMeetsTheArchivingOfAGroupThatReceived() {
    // Given
    String simple = scrip.asset();
    ok(scrip.adjust("participants", holder, simple, "CREDIT", "9", ""));
    String group = scrip.group();
    String source = "'source_participant_id':'" + holder + "'";
    String toGroup =
        ok(scrip.client.post(
                "/v1/transfers",
                scrip.body(simple, source, List.of(ScripFixture.row("group_id", group, "4")), "")))
            .get("journal_entry_id")
            .asText();
    String toOther =
        ok(scrip.transfer(simple, holder, other, "5")).get("journal_entry_id").asText();
    scrip.archiveGroup(group);
    scrip.participantStatus(other, "CLOSED");

    // When
    Reply archived = reverse(toGroup);

    // Then
    refused(archived, NEVER);
    assertThat(scrip.groupBalance(group, simple)).isEqualTo("4.00");
    created(reverse(toOther));
    assertThat(scrip.available(holder, simple)).isEqualTo("5.00");
  }

  private String adjusted(String type, String amount, String more) {
    return adjusted(asset, type, amount, more);
  }

  private String adjusted(String of, String type, String amount, String more) {
    return ok(scrip.adjust("participants", holder, of, type, amount, json(more)))
        .get("journal_entry_id")
        .asText();
  }

  private String transferred(String amount) {
    return ok(scrip.transfer(asset, holder, other, amount)).get("journal_entry_id").asText();
  }

  private void move(String operation, String more) {
    ok(scrip.move("participants", holder, operation, asset, json(more)));
  }

  private String in(String bucket) {
    return scrip.balance(holder, asset, bucket);
  }

  private Reply reverse(String id) {
    return gateway
        .admin()
        .post(
            "/admin/tenants/" + scrip.tenant.value() + "/transfers/" + id + "/reverse",
            json("{'reason':'A slip'}"));
  }

  private static void refused(Reply reply, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
    assertThat(reply.json().path("error").textValue()).isEqualTo(code);
  }
}
