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
 * What is under way meets the status of somebody who has to do with it: an example each that says
 * what must happen, and why. The books are whole after each of them.
 */
class StatusesMeetTest extends ClockedScrip {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String holder = scrip.participant();
  private final String inAMinute = "'" + clock.instant().plus(MINUTE) + "'";

  @AfterEach
  void theBooksAreWhole() {
    assertWholeBooks();
  }

  private void credit(String amount, String more) {
    ok(scrip.adjust("participants", holder, asset, "CREDIT", amount, json(more)));
  }

  private Reply move(String operation, String more) {
    return scrip.move("participants", holder, operation, asset, more);
  }

  private Reply moveOf(String group, String operation, String more) {
    return scrip.move("groups", group, operation, asset, more);
  }

  private String in(String bucket) {
    return scrip.balance(holder, asset, bucket);
  }

  private String creditedGroup(String more) {
    String group = scrip.group();
    ok(scrip.adjust("groups", group, asset, "CREDIT", "10", json(more)));
    return group;
  }

  private void redeemTo(String entity) {
    scrip.redeemTo(
        "'redemption_target_type':'LEDGER_ENTITY','redemption_target_entity_id':'" + entity + "'");
  }

  /**
   * That a lot matures is the course of time, which a suspension does not stop; to redeem is an
   * operation of the programme, which it does.
   */
  @Test
  void aSuspensionMeetsARedemptionOfALotThatHasMatured() {
    // Given
    credit("10", ",'matures_at':" + inAMinute);
    refused(scrip.redeem(holder, asset, "1"), 422, "insufficient_balance");
    scrip.programStatus(scrip.program, "SUSPENDED");
    pass(MINUTE);

    // When
    Reply suspended = scrip.redeem(holder, asset, "1");

    // Then
    refused(suspended, 409, "program_inactive");
    assertThat(in("available")).isEqualTo("10.00");
    scrip.programStatus(scrip.program, "ACTIVE");
    created(scrip.redeem(holder, asset, "1"));
  }

  /** Nor does it stop an end; the entry counts for the programme all the same. */
  @Test
  void aSuspensionMeetsTheEndOfALot() {
    // Given
    credit("10", ",'expires_at':" + inAMinute);
    scrip.programStatus(scrip.program, "SUSPENDED");

    // When
    pass(MINUTE);

    // Then
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsExactly("0.00");
    String entries = "/v1/journal-entries?action_type=EXPIRATION&program_id=" + scrip.program;
    assertThat(scrip.list(entries)).hasSize(1);
  }

  /** The answer is about what was done, which a suspension does not undo. */
  @Test
  void aSuspensionMeetsAReplay() {
    // Given
    credit("10", "");
    String path = "/v1/participants/" + holder + "/redemptions";
    String body = scrip.redemption(asset, "4", "k");
    String first = scrip.client.post(path, body).text();
    scrip.programStatus(scrip.program, "SUSPENDED");

    // When
    Reply again = scrip.client.post(path, body);

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first);
  }

  /** Value operations need an active programme: what is held stays so until it is one again. */
  @Test
  void aSuspensionMeetsAHold() {
    // Given
    credit("10", ",'bucket':'HELD','reference_id':'r'");
    scrip.programStatus(scrip.program, "SUSPENDED");

    // When
    List<Reply> replies =
        List.of(
            move("release", ""),
            move("forfeit", ",'bucket':'HELD'"),
            move("void-hold", ",'reference_id':'r'"));

    // Then
    replies.forEach(reply -> refused(reply, 409, "program_inactive"));
    assertThat(in("held")).isEqualTo("10.00");
    scrip.programStatus(scrip.program, "ACTIVE");
    ok(move("release", ""));
  }

  /** Whoever has closed gets nothing to spend any more, but can be taken what there is. */
  @Test
  void aClosedParticipantMeetsItsHolds() {
    // Given
    credit("10", "");
    ok(move("hold", ",'amount':'4'"));
    credit("3", ",'bucket':'HELD','reference_id':'r'");
    scrip.participantStatus(holder, "CLOSED");

    // When
    Reply released = move("release", "");

    // Then
    refused(released, 409, "participant_inactive");
    ok(move("void-hold", ",'reference_id':'r'"));
    ok(move("forfeit", ",'bucket':'HELD'"));
    assertThat(in("held")).isEqualTo("0.00");
    assertThat(in("available")).isEqualTo("6.00");
  }

  /** A reversal credits, and a closed participant receives nothing; open again, it does. */
  @Test
  void aClosedParticipantMeetsAReversal() {
    // Given
    credit("10", "");
    String redemption = scrip.redeemed(holder, asset, "4");
    scrip.participantStatus(holder, "CLOSED");

    // When
    Reply reversed = scrip.reverse(redemption, "");

    // Then
    refused(reversed, 409, "participant_inactive");
    scrip.participantStatus(holder, "ACTIVE");
    created(scrip.reverse(redemption, ""));
  }

  /** Time goes by for it, too; and what has matured can be recovered, as a closed one may pay. */
  @Test
  void aClosedParticipantMeetsALotThatMatures() {
    // Given
    credit("10", ",'matures_at':" + inAMinute);
    String heir = scrip.participant();
    scrip.participantStatus(holder, "CLOSED");
    refused(scrip.transfer(asset, holder, heir, "10"), 422, "insufficient_balance");

    // When
    pass(MINUTE);

    // Then
    ok(scrip.transfer(asset, holder, heir, "10"));
    assertThat(scrip.available(heir, asset)).isEqualTo("10.00");
  }

  /** It takes no entry of any kind any more: nothing matures, expires, or comes back. */
  @Test
  void anArchivedAssetMeetsWhatIsUnderWay() {
    // Given
    credit("10", "");
    String redemption = scrip.redeemed(holder, asset, "4");
    ok(move("hold", ",'amount':'1'"));
    credit("2", ",'matures_at':" + inAMinute);
    credit("3", ",'expires_at':" + inAMinute);
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));

    // When
    pass(MINUTE);

    // Then
    assertThat(in("deferred")).isEqualTo("2.00");
    assertThat(in("available")).isEqualTo("5.00");
    assertThat(all(scrip.lots(holder, asset, "&status=EXPIRED"), "remaining"))
        .containsExactly("3.00");
    refused(scrip.reverse(redemption, ""), 409, "asset_inactive");
    refused(move("release", ""), 409, "asset_inactive");
    refused(move("forfeit", ",'bucket':'HELD'"), 409, "asset_inactive");
  }

  /**
   * Nothing of an archived group can change: its value stays where it is, held or not. A hold of a
   * group cannot be voided, before or after.
   */
  @Test
  void anArchivedGroupMeetsItsHolds() {
    // Given
    String group = creditedGroup(",'bucket':'HELD','reference_id':'r'");
    scrip.archiveGroup(group);

    // When
    Reply voided = moveOf(group, "void-hold", ",'reference_id':'r'");

    // Then
    refused(voided, 404, "not_found");
    refused(moveOf(group, "release", ""), 409, "group_inactive");
    refused(moveOf(group, "forfeit", ",'bucket':'HELD'"), 409, "group_inactive");
    assertThat(scrip.groupBalance(group, asset)).isEqualTo("10.00");
  }

  /** But an end is nobody's operation: what has expired never counts, whoever has it. */
  @Test
  void anArchivedGroupMeetsTheEndOfALot() {
    // Given
    String group = creditedGroup(",'expires_at':" + inAMinute);
    scrip.archiveGroup(group);

    // When
    pass(MINUTE);

    // Then
    assertThat(scrip.groupBalance(group, asset)).isEqualTo("0.00");
    assertThat(scrip.list("/v1/journal-entries?action_type=EXPIRATION&group_id=" + group))
        .hasSize(1);
  }

  /** A transfer is one movement: with one recipient that cannot receive, nobody receives. */
  @Test
  void anArchivedGroupMeetsATransferToSeveral() {
    // Given
    credit("10", "");
    String other = scrip.participant();
    String group = scrip.group();
    scrip.archiveGroup(group);

    // When
    Reply transferred =
        scrip.client.post(
            "/v1/transfers",
            scrip.body(
                asset,
                "'source_participant_id':'" + holder + "'",
                List.of(
                    ScripFixture.row("participant_id", other, "1"),
                    ScripFixture.row("group_id", group, "1")),
                ""));

    // Then
    refused(transferred, 409, "group_inactive");
    assertThat(in("available")).isEqualTo("10.00");
    assertThat(scrip.available(other, asset)).isEqualTo("none");
  }

  /** It neither receives what is redeemed nor gives back what it has got. */
  @Test
  void anArchivedGroupMeetsRedemptionsThatGoToIt() {
    // Given
    credit("10", "");
    String group = scrip.group();
    redeemTo(group);
    String redemption = scrip.redeemed(holder, asset, "4");
    scrip.archiveGroup(group);

    // When
    Reply redeemed = scrip.redeem(holder, asset, "1");

    // Then
    refused(redeemed, 409, "group_inactive");
    refused(scrip.reverse(redemption, ""), 409, "group_inactive");
    assertThat(scrip.groupBalance(group, asset)).isEqualTo("4.00");
  }

  /** A redemption keeps the target that it was made with, and its reversals do. */
  @Test
  void aNewTargetMeetsAReversal() {
    // Given
    credit("10", "");
    String shop = scrip.participant();
    String next = scrip.participant(asset, "7");
    redeemTo(shop);
    String redemption = scrip.redeemed(holder, asset, "4");
    redeemTo(next);

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(scrip.available(shop, asset)).isEqualTo("0.00");
    assertThat(scrip.available(next, asset)).isEqualTo("7.00");
    assertThat(in("available")).isEqualTo("10.00");
  }

  /** A closed target gives back, as it may pay; one that has spent the value cannot. */
  @Test
  void aTargetThatHasSpentMeetsAReversal() {
    // Given
    credit("10", "");
    String shop = scrip.participant();
    redeemTo(shop);
    String redemption = scrip.redeemed(holder, asset, "4");
    ok(scrip.transfer(asset, shop, scrip.participant(), "3"));
    scrip.participantStatus(shop, "CLOSED");

    // When
    Reply reversed = scrip.reverse(redemption, "");

    // Then
    refused(reversed, 422, "insufficient_balance");
    JsonNode shown = ok(scrip.client.get("/v1/redemptions/" + redemption));
    assertThat(shown.get("reversed_amount").asText()).isEqualTo("0.00");
    created(scrip.reversePart(redemption, "1"));
    assertThat(in("available")).isEqualTo("7.00");
  }
}
