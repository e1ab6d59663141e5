package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** LOT assets: first in, first out; what has expired never counts. */
class LotsTest extends ClockedScrip {
  private final String source = scrip.participant();
  private final String recipient = scrip.participant();

  @Test
  void takesFromTheOldestLotsFirst() {
    // Given
    scrip.credit(source, asset, "5");
    scrip.credit(source, asset, "7");
    scrip.credit(source, asset, "9");

    // When
    ok(scrip.transfer(asset, source, recipient, "8"));

    // Then
    JsonNode lots = scrip.lots(source, asset, "");
    assertThat(all(lots, "amount")).containsExactly("5.00", "7.00", "9.00");
    assertThat(all(lots, "remaining")).containsExactly("0.00", "4.00", "9.00");
    assertThat(all(lots, "status")).containsExactly("CONSUMED", "AVAILABLE", "AVAILABLE");
    assertThat(scrip.available(source, asset)).isEqualTo("13.00");
  }

  @Test
  void spendsLiveLotsAfterTheClockWasADayAheadAndSetBack() {
    // Given
    credit("10", clock.instant().plus(1, ChronoUnit.HOURS));
    clock.advance(Duration.ofDays(1));
    refused(scrip.transfer(asset, source, recipient, "10"), 422, "insufficient_balance");

    // When
    clock.advance(Duration.ofDays(-1));

    // Then
    ok(scrip.transfer(asset, source, recipient, "10"));
    Instant received =
        Instant.parse(scrip.lots(recipient, asset, "").get(0).get("created_at").asText());
    assertThat(received).isBeforeOrEqualTo(clock.instant());
  }

  @Test
  void makesOneFreshLotForEachRowWhichInheritsNoExpiry() {
    // Given
    credit("10", clock.instant().plus(1, ChronoUnit.DAYS));
    clock.advance(Duration.ofSeconds(5));
    var rows =
        List.of(row("participant_id", recipient, "3"), row("participant_id", recipient, "2"));

    // When
    ok(
        scrip.client.post(
            "/v1/transfers",
            scrip.body(asset, "'source_participant_id':'" + source + "'", rows, "")));

    // Then
    JsonNode lots = scrip.lots(recipient, asset, "");
    assertThat(all(lots, "amount")).containsExactlyInAnyOrder("3.00", "2.00");
    assertThat(lots).allSatisfy(lot -> assertThat(lot.get("expires_at").isNull()).isTrue());
    assertThat(lots)
        .allSatisfy(
            lot ->
                assertThat(Instant.parse(lot.get("created_at").asText()))
                    .isEqualTo(clock.instant()));
  }

  @Test
  void neverCountsWhatHasExpired() {
    // Given
    credit("5", clock.instant().plusSeconds(60));
    scrip.credit(source, asset, "3");
    assertThat(scrip.available(source, asset)).isEqualTo("8.00");

    // When
    clock.advance(Duration.ofSeconds(61));

    // Then
    assertThat(scrip.available(source, asset)).isEqualTo("3.00");
    refused(scrip.transfer(asset, source, recipient, "3.01"), 422, "insufficient_balance");
    ok(scrip.transfer(asset, source, recipient, "3"));
    JsonNode lots = scrip.lots(source, asset, "");
    assertThat(all(lots, "status")).containsExactly("EXPIRED", "CONSUMED");
    assertThat(all(lots, "remaining")).containsExactly("5.00", "0.00");
    assertThat(all(scrip.lots(source, asset, "&status=EXPIRED"), "amount")).containsExactly("5.00");
    assertThat(scrip.lots(source, asset, "&status=AVAILABLE")).isEmpty();
  }

  @Test
  void spendsWhatWillExpireButHasNot() {
    credit("5", clock.instant().plusSeconds(3_600));

    ok(scrip.transfer(asset, source, recipient, "5"));

    clock.advance(Duration.ofHours(2));
    assertThat(scrip.available(recipient, asset)).isEqualTo("5.00");
  }

  @Test
  void staysFirstInFirstOutWhenManyCallsComeAtOnce() {
    // Given
    IntStream.range(0, 5).forEach(i -> scrip.credit(source, asset, "3"));
    String body = scrip.body(asset, source, recipient, "2", "");

    // When
    List<Reply> replies =
        IntStream.range(0, 10)
            .mapToObj(i -> scrip.client.sendAsync("POST", "/v1/transfers", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(7);
    assertThat(all(scrip.lots(source, asset, ""), "remaining"))
        .containsExactly("0.00", "0.00", "0.00", "0.00", "1.00");
    assertThat(scrip.available(recipient, asset)).isEqualTo("14.00");
    assertThat(scrip.lots(recipient, asset, "")).hasSize(7);
  }

  @Test
  void passesLotsOnFromOneToTheNext() {
    scrip.credit(source, asset, "4");
    String last = scrip.participant();

    ok(scrip.transfer(asset, source, recipient, "4"));
    ok(scrip.transfer(asset, recipient, last, "4"));

    assertThat(all(scrip.lots(recipient, asset, "&status=CONSUMED"), "remaining"))
        .containsExactly("0.00");
    assertThat(all(scrip.lots(last, asset, "&status=AVAILABLE"), "remaining"))
        .containsExactly("4.00");
  }

  @Test
  void overdrawsALotBalanceAndRepaysItFirst() {
    // Given
    scrip.credit(source, asset, "3");

    // When
    JsonNode answer =
        ok(scrip.adjust("participants", source, asset, "DEBIT", "5", ",\"allow_negative\":true"));

    // Then
    assertThat(answer.get("balance").get("available").asText()).isEqualTo("-2.00");
    refused(scrip.transfer(asset, source, recipient, "0.01"), 422, "insufficient_balance");
    scrip.credit(source, asset, "2");
    refused(scrip.transfer(asset, source, recipient, "0.01"), 422, "insufficient_balance");
    scrip.credit(source, asset, "1");
    ok(scrip.transfer(asset, source, recipient, "1"));
  }

  @Test
  void keepsHeldLotsOutOfTransfers() {
    ok(scrip.adjust("participants", source, asset, "CREDIT", "5", ",\"bucket\":\"HELD\""));

    assertThat(scrip.balance(source, asset, "held")).isEqualTo("5.00");
    assertThat(all(scrip.lots(source, asset, "&status=HELD"), "amount")).containsExactly("5.00");
    refused(scrip.transfer(asset, source, recipient, "1"), 422, "insufficient_balance");
  }

  @Test
  void keepsWhatIsHeldFromExpiring() {
    // Given
    String held = ",\"bucket\":\"HELD\"";
    String soon = ",\"expires_at\":\"" + clock.instant().plusSeconds(60) + "\"";
    ok(scrip.adjust("participants", source, asset, "CREDIT", "5", held + soon));
    ok(scrip.adjust("participants", source, asset, "CREDIT", "3", soon));

    // When
    clock.advance(Duration.ofSeconds(61));

    // Then
    assertThat(scrip.balance(source, asset, "held")).isEqualTo("5.00");
    assertThat(scrip.available(source, asset)).isEqualTo("0.00");
    assertThat(all(scrip.lots(source, asset, ""), "status")).containsExactly("HELD", "EXPIRED");
    assertThat(all(scrip.lots(source, asset, "&status=HELD"), "amount")).containsExactly("5.00");
    assertThat(all(scrip.lots(source, asset, "&status=EXPIRED"), "amount")).containsExactly("3.00");
    ok(scrip.adjust("participants", source, asset, "DEBIT", "2", held));
    refused(
        scrip.adjust("participants", source, asset, "DEBIT", "1", ""), 422, "insufficient_balance");
    assertThat(scrip.balance(source, asset, "held")).isEqualTo("3.00");
  }

  @Test
  void pagesAndFiltersLots() {
    // Given
    Instant soon = clock.instant().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    credit("1", soon);
    credit("2", soon.plusSeconds(10));
    credit("3", soon.plusSeconds(20));

    // When
    String path = "/v1/participants/" + source + "/balances/lots?asset_id=" + asset;
    JsonNode first = ok(scrip.client.get(path + "&limit=2"));
    String cursor = first.get("pagination").get("next_cursor").asText();
    JsonNode second = ok(scrip.client.get(path + "&limit=2&cursor=" + cursor));

    // Then
    assertThat(all(first.get("data"), "amount")).containsExactly("1.00", "2.00");
    assertThat(first.get("pagination").get("has_more").asBoolean()).isTrue();
    assertThat(all(second.get("data"), "amount")).containsExactly("3.00");
    assertThat(second.get("pagination").get("has_more").asBoolean()).isFalse();
    assertThat(second.get("pagination").get("next_cursor").isNull()).isTrue();
    String after = "&expires_after=" + soon + "&expires_before=" + soon.plusSeconds(20);
    assertThat(all(scrip.lots(source, asset, after), "amount")).containsExactly("2.00");
  }

  @Test
  void refusesLotsOfWhatHasNone() {
    String simple = scrip.asset();
    String path = "/v1/participants/" + source + "/balances/lots";

    refused(scrip.client.get(path + "?asset_id=" + simple), 400, "bad_request");
    refused(scrip.client.get(path + "?asset_id=" + scrip.program), 404, "not_found");
    refused(scrip.client.get(path), 400, "bad_request");
    refused(scrip.client.get(path + "?asset_id=" + asset + "&status=GONE"), 400, "bad_request");
    refused(scrip.client.get(path + "?asset_id=" + asset + "&cursor=abc"), 400, "bad_request");
  }

  @Test
  void tellsLotsByTheProgramOfTheEntryThatMadeThem() {
    // Given
    String other = scrip.program();
    ok(scrip.link(other, asset));
    scrip.credit(source, asset, "1");
    String path = "/v1/participants/" + source + "/balances/adjust";
    String body = scrip.adjustment(asset, "CREDIT", "2", "").replace(scrip.program, other);
    ok(scrip.client.post(path, body));
    ok(scrip.transfer(asset, source, recipient, "3"));

    // Then
    assertThat(lots(source, scrip.program)).containsExactly("1.00");
    assertThat(lots(source, other)).containsExactly("2.00");
    assertThat(lots(recipient, scrip.program)).containsExactly("3.00");
    assertThat(lots(recipient, other)).isEmpty();
    assertThat(scrip.lots(source, asset, "&reference_id=r")).isEmpty();
    JsonNode lot = scrip.lots(recipient, asset, "").get(0);
    assertThat(lot.get("matures_at").isNull()).isTrue();
    assertThat(lot.has("reference_id")).isFalse();
    String unknown = "?asset_id=" + asset + "&program_id=00000000-0000-4000-8000-000000000000";
    refused(
        scrip.client.get("/v1/participants/" + source + "/balances/lots" + unknown),
        404,
        "not_found");
  }

  private List<String> lots(String participant, String program) {
    return all(scrip.lots(participant, asset, "&program_id=" + program), "amount");
  }

  @Test
  void takesAnExpiryForCreditsOfLotsInTheFutureOnly() {
    String later = ",\"expires_at\":\"" + clock.instant().plusSeconds(60) + "\"";
    String past = ",\"expires_at\":\"" + clock.instant().minusSeconds(60) + "\"";

    refused(adjust(asset, "CREDIT", past), 400, "bad_request");
    refused(adjust(asset, "DEBIT", later), 400, "bad_request");
    refused(adjust(asset, "CREDIT", ",\"expires_at\":\"soon\""), 400, "bad_request");
    refused(adjust(scrip.asset(), "CREDIT", later), 400, "bad_request");
    ok(adjust(asset, "CREDIT", later));
    for (String member : List.of("expires_at", "matures_at", "reference_id")) {
      String given = ",\"" + member + "\":\"2999-01-01T00:00:00Z\"";
      ok(adjust(asset, "CREDIT", given));
      assertThat(ScripFixture.fields(adjust(asset, "DEBIT", given))).containsExactly(member);
      refused(adjust(scrip.asset(), "CREDIT", given), 400, "bad_request");
    }
  }

  private Reply adjust(String which, String type, String more) {
    return scrip.adjust("participants", source, which, type, "1", more);
  }

  private void credit(String amount, Instant expiresAt) {
    ok(
        scrip.adjust(
            "participants",
            source,
            asset,
            "CREDIT",
            amount,
            ",\"expires_at\":\"" + expiresAt + "\""));
  }
}
