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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redemptions of LOT assets, and what a reversal gives back: the very lots, with their dates. */
class LotReversalsTest extends ClockedScrip {
  private final String holder = scrip.participant();

  @Test
  void givesTheVeryLotsBackTheYoungestFirst() {
    // Given
    Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(9_999);
    credit("5", "");
    credit("7", expiring(end));
    credit("9", "");
    JsonNode before = lots();
    String redemption = scrip.redeemed(holder, asset, "15");
    assertThat(all(lots(), "remaining")).containsExactly("0.00", "0.00", "6.00");

    // When
    created(scrip.reversePart(redemption, "5"));
    List<String> afterPart = all(lots(), "remaining");
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(afterPart).containsExactly("0.00", "2.00", "9.00");
    assertThat(lots()).isEqualTo(before);
    assertThat(scrip.available(holder, asset)).isEqualTo("21.00");
  }

  /** What others have spent of the same lots meanwhile stays spent. */
  @Test
  void givesBackNoMoreThanThatRedemptionTook() {
    // Given
    credit("10", "");
    String first = scrip.redeemed(holder, asset, "4");
    String second = scrip.redeemed(holder, asset, "5");

    // When
    created(scrip.reverse(first, ""));

    // Then
    assertThat(all(lots(), "remaining")).containsExactly("5.00");
    created(scrip.reverse(second, ""));
    assertThat(all(lots(), "remaining")).containsExactly("10.00");
    refused(scrip.reversePart(first, "0.01"), 422, "reversal_exceeds_redemption");
  }

  /** It comes back as the contract has it, and is worth nothing at once. */
  @Test
  void bringsALotThatHasExpiredBackOnlyToExpire() {
    // Given
    credit("5", expiring(clock.instant().plusSeconds(60)));
    String redemption = scrip.redeemed(holder, asset, "5");
    clock.advance(Duration.ofSeconds(61));

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "status")).containsExactly("EXPIRED");
    assertThat(scrip.available(holder, asset)).isEqualTo("0.00");
    refused(scrip.redeem(holder, asset, "1"), 422, "insufficient_balance");
    assertThat(ok(scrip.client.get("/v1/redemptions/" + redemption)).get("status").asText())
        .isEqualTo("FULLY_REVERSED");
  }

  /** Who was paid with fresh lots gives back from its oldest; who redeemed gets its own again. */
  @Test
  void takesFromTheTargetsOldestLots() {
    // Given
    String shop = scrip.participant();
    scrip.redeemTo(
        "'redemption_target_type':'LEDGER_ENTITY','redemption_target_entity_id':'" + shop + "'");
    ok(scrip.adjust("participants", shop, asset, "CREDIT", "3", ""));
    credit("8", expiring(clock.instant().plusSeconds(9_999)));
    JsonNode before = lots();
    String redemption = scrip.redeemed(holder, asset, "8");

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(lots()).isEqualTo(before);
    JsonNode theirs = scrip.lots(shop, asset, "");
    assertThat(all(theirs, "remaining")).containsExactly("0.00", "3.00");
    assertThat(theirs.get(1).get("expires_at").isNull()).isTrue();
  }

  /** As any credit; what is left over after it comes back as lots. */
  @Test
  void paysAnOverdraftBackFirst() {
    // Given
    credit("5", "");
    String redemption = scrip.redeemed(holder, asset, "5");
    ok(scrip.adjust("participants", holder, asset, "DEBIT", "2", json(",'allow_negative':true")));

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "remaining")).containsExactly("3.00");
    assertThat(scrip.available(holder, asset)).isEqualTo("3.00");
  }

  /** Many reversals of one redemption, while the same lots are spent: nothing is made or lost. */
  @Test
  void keepsTheBooksWholeWhenAllHappensAtOnce() throws Exception {
    // Given
    IntStream.range(0, 10).forEach(i -> credit("1", ""));
    String redemption = scrip.redeemed(holder, asset, "8");
    String other = scrip.participant();
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> scrip.reversePart(redemption, "1.5"));
      calls.add(() -> scrip.transfer(asset, holder, other, "0.75"));
    }
    calls.add(() -> scrip.reverse(redemption, ""));

    // When
    List<Reply> replies = atOnce(calls);

    // Then
    assertThat(replies).allMatch(reply -> List.of(200, 201, 422).contains(reply.status()));
    JsonNode now = ok(scrip.client.get("/v1/redemptions/" + redemption));
    assertThat(now.get("status").asText()).isEqualTo("FULLY_REVERSED");
    double left = Double.parseDouble(scrip.available(holder, asset));
    String theirs = scrip.available(other, asset);
    assertThat(left + (theirs.equals("none") ? 0 : Double.parseDouble(theirs))).isEqualTo(10.0);
    assertWholeBooks();
  }

  private static List<Reply> atOnce(List<Callable<Reply>> calls) throws Exception {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      List<Reply> replies = new ArrayList<>();
      for (var reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
      return replies;
    }
  }

  private static String expiring(Instant end) {
    return ",'expires_at':'" + end + "'";
  }

  private void credit(String amount, String more) {
    ok(scrip.adjust("participants", holder, asset, "CREDIT", amount, json(more)));
  }

  private JsonNode lots() {
    return scrip.lots(holder, asset, "");
  }
}
