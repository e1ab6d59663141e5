package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static io.sluice.dialect.scrip.ScripFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private final ScripFixture scrip = new ScripFixture();

  private JsonNode pay(String asset, String member, String source, String... rows) {
    String body = scrip.body(asset, "'" + member + "':'" + source + "'", List.of(rows), "");
    return ok(scrip.client.post("/v1/transfers", body));
  }

  @Test
  void movesExactlyWhatTheRecipientsAreCreditedWith() {
    // Given
    String asset = scrip.asset();
    String source = scrip.participant(asset, "100");
    String first = scrip.participant();
    String external = unique();
    String second = scrip.participant(external);

    // When
    JsonNode answer =
        pay(
            asset,
            "source_participant_id",
            source,
            row("participant_id", first, "10.5"),
            row("external_id", external, "0.25"));

    // Then
    assertThat(answer.get("asset_id").asText()).isEqualTo(asset);
    assertThat(answer.get("source_id").asText()).isEqualTo(source);
    assertThat(answer.get("recipient_count").isInt()).isTrue();
    assertThat(answer.get("recipient_count").asInt()).isEqualTo(2);
    assertThat(answer.get("total_amount").textValue()).isEqualTo("10.75");
    assertThat(UUID.fromString(answer.get("journal_entry_id").asText()).version()).isEqualTo(7);
    assertThat(answer.size()).isEqualTo(5);
    assertThat(scrip.available(source, asset)).isEqualTo("89.25");
    assertThat(scrip.available(first, asset)).isEqualTo("10.50");
    assertThat(scrip.available(second, asset)).isEqualTo("0.25");
  }

  @Test
  void takesTheSourceByExternalId() {
    String asset = scrip.asset();
    String external = unique();
    String source = scrip.participant(external);
    scrip.credit(source, asset, "5");
    String recipient = scrip.participant();

    JsonNode answer =
        pay(asset, "source_external_id", external, row("participant_id", recipient, "5"));

    assertThat(answer.get("source_id").asText()).isEqualTo(source);
    assertThat(scrip.available(source, asset)).isEqualTo("0.00");
  }

  @Test
  void letsGroupsPayAndReceive() {
    // Given
    String asset = scrip.asset();
    String payer = scrip.group();
    String payee = scrip.group();
    ok(scrip.adjust("groups", payer, asset, "CREDIT", "9", ""));

    // When
    JsonNode answer = pay(asset, "source_group_id", payer, row("group_id", payee, "4"));

    // Then
    assertThat(answer.get("source_id").asText()).isEqualTo(payer);
    assertThat(scrip.groupBalance(payer, asset)).isEqualTo("5.00");
    assertThat(scrip.groupBalance(payee, asset)).isEqualTo("4.00");
  }

  @Test
  void creditsARecipientOncePerRow() {
    String asset = scrip.asset();
    String external = unique();
    String source = scrip.participant(asset, "10");
    String recipient = scrip.participant(external);

    JsonNode answer =
        pay(
            asset,
            "source_participant_id",
            source,
            row("participant_id", recipient, "1"),
            row("external_id", external, "2"),
            row("participant_id", recipient, "3"));

    assertThat(answer.get("recipient_count").asInt()).isEqualTo(3);
    assertThat(scrip.available(recipient, asset)).isEqualTo("6.00");
  }

  @Test
  void paysAHundredRecipientsAtOnce() {
    // Given
    String asset = scrip.asset();
    String source = scrip.participant(asset, "100");
    List<String> rows = new ArrayList<>();
    String last = "";
    for (int i = 0; i < 100; i++) {
      last = scrip.participant();
      rows.add(row("participant_id", last, "0.99"));
    }

    // When
    JsonNode answer =
        ok(
            scrip.client.post(
                "/v1/transfers",
                scrip.body(asset, "'source_participant_id':'" + source + "'", rows, "")));

    // Then
    assertThat(answer.get("total_amount").asText()).isEqualTo("99.00");
    assertThat(scrip.available(source, asset)).isEqualTo("1.00");
    assertThat(scrip.available(last, asset)).isEqualTo("0.99");
  }

  @Test
  void movesNothingWhenOneRowCannotBeCredited() {
    // Given
    String asset = scrip.asset();
    String source = scrip.participant(asset, "10");
    String good = scrip.participant();
    String suspended = scrip.participant();
    scrip.participantStatus(suspended, "SUSPENDED");
    var rows = List.of(row("participant_id", good, "1"), row("participant_id", suspended, "1"));

    // When
    var reply =
        scrip.client.post(
            "/v1/transfers",
            scrip.body(asset, "'source_participant_id':'" + source + "'", rows, ""));

    // Then
    refused(reply, 409, "participant_inactive");
    assertThat(scrip.available(source, asset)).isEqualTo("10.00");
    assertThat(scrip.available(good, asset)).isEqualTo("none");
  }

  @Test
  void countsInWholeUnitsAtScaleZero() {
    String asset = scrip.asset("SIMPLE", "UNLIMITED", 0, null);
    String source = scrip.participant(asset, "10");

    JsonNode answer = ok(scrip.transfer(asset, source, scrip.participant(), "3.000"));

    assertThat(answer.get("total_amount").asText()).isEqualTo("3");
    refused(scrip.transfer(asset, source, scrip.participant(), "0.5"), 400, "invalid_scale");
  }

  @Test
  void isExactAtScaleEighteen() {
    String asset = scrip.asset("SIMPLE", "UNLIMITED", 18, null);
    String source = scrip.participant(asset, "99999999999999999999.999999999999999999");
    String recipient = scrip.participant();

    ok(scrip.transfer(asset, source, recipient, "0.000000000000000001"));
    ok(scrip.transfer(asset, source, recipient, "12345678901234567890.123456789012345678"));

    assertThat(scrip.available(recipient, asset))
        .isEqualTo("12345678901234567890.123456789012345679");
    assertThat(scrip.available(source, asset)).isEqualTo("87654321098765432109.876543210987654320");
  }

  @Test
  void movesThirtyEightDigits() {
    String asset = scrip.asset("SIMPLE", "UNLIMITED", 0, null);
    String nines = "9".repeat(38);
    String source = scrip.participant(asset, nines);
    String recipient = scrip.participant();

    JsonNode answer = ok(scrip.transfer(asset, source, recipient, nines));

    assertThat(answer.get("total_amount").asText()).isEqualTo(nines);
    assertThat(scrip.available(recipient, asset)).isEqualTo(nines);
    // What was issued has 38 digits too, so somebody must give some back before more is issued.
    ok(
        scrip.adjust(
            "participants", scrip.participant(), asset, "DEBIT", "1", ",'allow_negative':true"));
    scrip.credit(source, asset, "1");
    refused(scrip.transfer(asset, source, recipient, "1"), 400, "bad_request");
    assertThat(scrip.available(source, asset)).isEqualTo("1");
  }

  @Test
  void letsAClosedSourcePayButNotASuspendedOne() {
    String asset = scrip.asset();
    String source = scrip.participant(asset, "10");
    String recipient = scrip.participant();

    scrip.participantStatus(source, "CLOSED");
    ok(scrip.transfer(asset, source, recipient, "1"));
    scrip.participantStatus(source, "SUSPENDED");
    refused(scrip.transfer(asset, source, recipient, "1"), 409, "participant_inactive");
    scrip.participantStatus(source, "ACTIVE");
    ok(scrip.transfer(asset, source, recipient, "1"));
  }
}
