package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pairs of features that meet in one lot: an example each that says what must happen, and why. The
 * books are whole after each of them.
 */
class FeaturesMeetTest extends ClockedScrip {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String holder = scrip.participant();
  private final String inAMinute = "'" + clock.instant().plus(MINUTE) + "'";
  private final String inTwo = "'" + clock.instant().plus(MINUTE.multipliedBy(2)) + "'";
  private final String endsInAMinute = ",'expires_at':" + inAMinute;

  @AfterEach
  void theBooksAreWhole() {
    assertWholeBooks();
  }

  private void credit(String amount, String more) {
    ok(scrip.adjust("participants", holder, asset, "CREDIT", amount, json(more)));
  }

  private JsonNode move(String operation, String more) {
    return ok(tryTo(operation, more));
  }

  private Reply tryTo(String operation, String more) {
    return scrip.move("participants", holder, operation, asset, more);
  }

  private JsonNode lots() {
    return scrip.lots(holder, asset, "");
  }

  private List<String> statuses() {
    return all(lots(), "status");
  }

  private List<String> remaining() {
    return all(lots(), "remaining");
  }

  private String in(String bucket) {
    return scrip.balance(holder, asset, bucket);
  }

  private JsonNode entries(String action) {
    return scrip.list("/v1/journal-entries?participant_id=" + holder + "&action_type=" + action);
  }

  /**
   * The rest of the lot is held, and stays so: what comes back is free, as it was when it was
   * redeemed, so it is a lot of its own, as old as the other and with the same end.
   */
  @Test
  void aReversalMeetsAHoldOfTheRestOfTheLot() {
    // Given
    credit("10", endsInAMinute);
    String redemption = scrip.redeemed(holder, asset, "4");
    move("hold", ",'reference_id':'order 5'");

    // When
    created(scrip.reversePart(redemption, "3"));

    // Then
    JsonNode lots = lots();
    assertThat(statuses()).containsExactly("HELD", "AVAILABLE");
    assertThat(remaining()).containsExactly("6.00", "3.00");
    assertThat(lots.get(1).get("created_at")).isEqualTo(lots.get(0).get("created_at"));
    assertThat(lots.get(1).get("expires_at")).isEqualTo(lots.get(0).get("expires_at"));
    assertThat(lots.get(1).has("reference_id")).isFalse();
    assertThat(in("available")).isEqualTo("3.00");
    assertThat(in("held")).isEqualTo("6.00");
    created(scrip.redeem(holder, asset, "3"));
  }

  /**
   * What is held does not expire, so the held rest outlives its end; but what comes back is free,
   * and expires at once. The rest does so when it is released.
   */
  @Test
  void aReversalMeetsAHoldThatOutlivesTheLot() {
    // Given
    credit("10", endsInAMinute);
    String redemption = scrip.redeemed(holder, asset, "4");
    move("hold", "");
    pass(MINUTE);

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(statuses()).containsExactly("HELD", "EXPIRED");
    assertThat(in("available")).isEqualTo("0.00");
    assertThat(in("held")).isEqualTo("6.00");
    move("release", "");
    assertThat(statuses()).containsExactly("EXPIRED", "EXPIRED");
  }

  /** What is held is a lot of its own by then, so only what was left free comes to its end. */
  @Test
  void aHoldOfAPartMeetsTheEndOfTheRest() {
    // Given
    credit("10", endsInAMinute);
    move("hold", ",'amount':'4'");

    // When
    pass(MINUTE);

    // Then
    assertThat(statuses()).containsExactly("EXPIRED", "HELD");
    assertThat(remaining()).containsExactly("0.00", "4.00");
    move("release", "");
    assertThat(in("available")).isEqualTo("0.00");
    pass(Duration.ZERO);
    assertThat(remaining()).containsExactly("0.00", "0.00");
    assertThat(entries("EXPIRATION")).hasSize(2);
  }

  /** Held value is there in full, whatever its dates; so it can be given up like any other. */
  @Test
  void aForfeitMeetsWhatIsHeldPastItsEnd() {
    // Given
    credit("10", endsInAMinute);
    move("hold", "");
    pass(MINUTE);

    // When
    JsonNode forfeited = move("forfeit", ",'bucket':'HELD','amount':'10'");

    // Then
    assertThat(forfeited.get("amount_processed").asText()).isEqualTo("10.00");
    assertThat(statuses()).containsExactly("CONSUMED");
    assertThat(entries("EXPIRATION")).isEmpty();
  }

  /** The same of a void: held lots do not expire until they are released. */
  @Test
  void aVoidMeetsWhatIsHeldPastItsEnd() {
    // Given
    credit("10", ",'bucket':'HELD','reference_id':'r'" + endsInAMinute);
    pass(MINUTE);

    // When
    JsonNode voided = move("void-hold", ",'reference_id':'r'");

    // Then
    assertThat(voided.get("amount_processed").asText()).isEqualTo("10.00");
    assertThat(in("held")).isEqualTo("0.00");
  }

  /** By then it has come by a hold, and only what was credited straight into HELD is voided. */
  @Test
  void aVoidMeetsALotThatWasReleasedAndHeldAgain() {
    // Given
    credit("10", ",'bucket':'HELD','reference_id':'r'");
    move("release", "");
    move("hold", ",'reference_id':'r'");

    // When
    Reply voided = tryTo("void-hold", ",'reference_id':'r'");

    // Then
    refused(voided, 404, "not_found");
    assertThat(in("held")).isEqualTo("10.00");
  }

  /** The rest was given up, not what had been redeemed before: that comes back into the lot. */
  @Test
  void aReversalMeetsAForfeit() {
    // Given
    credit("10", endsInAMinute);
    String redemption = scrip.redeemed(holder, asset, "4");
    String lot = all(lots(), "id").getFirst();
    move("forfeit", ",'bucket':'AVAILABLE'");

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "id")).containsExactly(lot);
    assertThat(remaining()).containsExactly("4.00");
    assertThat(in("available")).isEqualTo("4.00");
  }

  /**
   * The lot is long gone, and its rest with it. Its part comes back all the same, for the value is
   * the client's to give back, and goes the way of the rest.
   */
  @Test
  void aReversalMeetsTheExpiryOfTheLot() {
    // Given
    credit("10", endsInAMinute);
    String redemption = scrip.redeemed(holder, asset, "4");
    pass(MINUTE);

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(statuses()).containsExactly("EXPIRED");
    refused(scrip.redeem(holder, asset, "1"), 422, "insufficient_balance");
    pass(Duration.ZERO);
    assertThat(remaining()).containsExactly("0.00");
    assertThat(entries("EXPIRATION")).hasSize(2);
    refused(scrip.reverse(redemption, ""), 422, "reversal_exceeds_redemption");
  }

  /** It was redeemed as a lot that had matured, and comes back as that: nobody waits twice. */
  @Test
  void aReversalMeetsALotThatWasDeferredOnce() {
    // Given
    credit("10", ",'matures_at':" + inAMinute);
    pass(MINUTE);
    String redemption = scrip.redeemed(holder, asset, "4");

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(statuses()).containsExactly("AVAILABLE");
    assertThat(in("available")).isEqualTo("10.00");
    assertThat(in("deferred")).isEqualTo("0.00");
  }

  /**
   * What is deferred cannot be held, so the hold has none of it; when it matures it becomes
   * available, whatever is held under the same reference, and a release leaves it alone.
   */
  @Test
  void aHoldMeetsALotThatMatures() {
    // Given
    credit("10", ",'reference_id':'order','matures_at':" + inAMinute);
    credit("5", "");
    move("hold", ",'reference_id':'order'");

    // When
    pass(MINUTE);

    // Then
    assertThat(statuses()).containsExactly("AVAILABLE", "HELD");
    assertThat(in("available")).isEqualTo("10.00");
    assertThat(move("release", ",'reference_id':'order'").get("amount_processed").asText())
        .isEqualTo("5.00");
    assertThat(all(scrip.lots(holder, asset, "&reference_id=order"), "remaining"))
        .containsExactly("10.00");
  }

  /** A debt is paid back by what becomes spendable, as it would be by a credit. */
  @Test
  void anOverdraftMeetsALotThatMatures() {
    // Given
    credit("10", ",'matures_at':" + inAMinute);
    ok(scrip.adjust("participants", holder, asset, "DEBIT", "4", json(",'allow_negative':true")));

    // When
    pass(MINUTE);

    // Then
    assertThat(in("available")).isEqualTo("6.00");
    assertThat(remaining()).containsExactly("6.00");
  }

  /** A lot past its end is worth nothing, so it does not become spendable afterwards. */
  @Test
  void anEndMeetsALotThatHasNotMatured() {
    // Given
    credit("10", endsInAMinute + ",'matures_at':" + inTwo);

    // When
    pass(MINUTE);

    // Then
    assertThat(statuses()).containsExactly("EXPIRED");
    assertThat(in("deferred")).isEqualTo("0.00");
    pass(MINUTE);
    assertThat(in("available")).isEqualTo("0.00");
    assertThat(entries("MATURITY")).isEmpty();
  }

  /** Whoever looks only after both has nothing to mature any more. */
  @Test
  void anEndMeetsAMaturityThatNobodyHasSeen() {
    // Given
    credit("10", ",'matures_at':" + inAMinute + ",'expires_at':" + inTwo);

    // When
    pass(MINUTE.multipliedBy(2));

    // Then
    assertThat(remaining()).containsExactly("0.00");
    assertThat(statuses()).containsExactly("EXPIRED");
    assertThat(entries("MATURITY")).isEmpty();
    assertThat(entries("EXPIRATION").get(0).get("postings").toString()).contains("DEFERRED");
  }

  /** Dates are the source's: whoever receives gets a lot as of now, without an end. */
  @Test
  void aTransferMeetsTheEndOfTheLot() {
    // Given
    credit("10", endsInAMinute);
    String other = scrip.participant();
    ok(scrip.transfer(asset, holder, other, "4"));

    // When
    pass(MINUTE);

    // Then
    assertThat(scrip.available(other, asset)).isEqualTo("4.00");
    assertThat(scrip.lots(other, asset, "").get(0).get("expires_at").isNull()).isTrue();
    assertThat(in("available")).isEqualTo("0.00");
  }

  /** What has expired is gone for good: to SYSTEM_BREAKAGE, not back to where credits come from. */
  @Test
  void anEndMeetsAWallet() {
    // Given
    String prefunded = scrip.asset("LOT", "PREFUNDED", 2, null);
    String wallet = "/v1/programs/" + scrip.program + "/assets/" + prefunded;
    ok(scrip.client.post(wallet + "/fund", json("{'amount':'10'}")));
    ok(scrip.adjust("participants", holder, prefunded, "CREDIT", "4", json(endsInAMinute)));

    // When
    pass(MINUTE);

    // Then
    assertThat(scrip.balance(holder, prefunded, "available")).isEqualTo("0.00");
    assertThat(all(scrip.list("/v1/programs/" + scrip.program + "/balance"), "available"))
        .containsExactly("6.00");
  }

  /**
   * A debt is one of AVAILABLE: a credit into HELD leaves it as it is, and nothing can be held
   * while it lasts. A release pays it back.
   */
  @Test
  void anOverdraftMeetsACreditIntoHeld() {
    // Given
    ok(scrip.adjust("participants", holder, asset, "DEBIT", "3", json(",'allow_negative':true")));
    credit("5", ",'bucket':'HELD'");

    // When
    Reply hold = tryTo("hold", ",'amount':'1'");

    // Then
    refused(hold, 422, "insufficient_balance");
    assertThat(in("available")).isEqualTo("-3.00");
    assertThat(in("held")).isEqualTo("5.00");
    move("release", "");
    assertThat(in("available")).isEqualTo("2.00");
  }

  /** A ceiling is for each single credit and debit: a reversal credits, so it comes in parts. */
  @Test
  void aReversalMeetsALowerCeiling() {
    // Given
    credit("8", "");
    String redemption = scrip.redeemed(holder, asset, "8");
    lowerTheCeilingTo("5");

    // When
    Reply whole = scrip.reverse(redemption, "");

    // Then
    refused(whole, 400, "max_transaction_amount_exceeded");
    created(scrip.reversePart(redemption, "5"));
    created(scrip.reverse(redemption, ""));
    assertThat(in("available")).isEqualTo("8.00");
  }

  /** Holds and what becomes of them are no credits or debits in the sense of a ceiling. */
  @Test
  void aHoldMeetsALowerCeiling() {
    // Given
    credit("8", "");
    lowerTheCeilingTo("5");

    // When
    move("hold", ",'amount':'8'");

    // Then
    move("release", ",'amount':'8'");
    move("forfeit", ",'bucket':'AVAILABLE','amount':'8'");
    assertThat(in("available")).isEqualTo("0.00");
  }

  private void lowerTheCeilingTo(String amount) {
    String change = json("{'max_transaction_amount':'%s'}", amount);
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, change));
  }
}
