package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulesTest extends ClockedScrip {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static final String REPORT = "/v1/reports/expiration-schedule";
  private static final String WINDOW = "?from=2990-01-01T00:00:00Z&to=2990-03-31T23:59:59.999999Z";

  private final String holder = scrip.participant();

  @Test
  void sumsByCalendarMonthsToWhatIsOutstanding() {
    // Given
    expiring("1", "2990-01-01T00:00:00Z");
    expiring("2", "2990-01-31T23:59:59.999999Z");
    expiring("4", "2990-03-31T23:59:59.999999Z");
    expiring("8", "2989-12-31T23:59:59Z");
    expiring("16", "2990-04-01T00:00:00Z");
    scrip.credit(holder, asset, "32");
    ok(scrip.adjust("groups", scrip.group(), asset, "CREDIT", "64", json(",'bucket':'HELD'")));

    // When
    JsonNode schedule = only(scrip.list(REPORT + WINDOW));

    // Then
    JsonNode buckets = schedule.get("buckets");
    assertThat(all(buckets, "bucket_start"))
        .containsExactly("2990-01-01T00:00:00.000000Z", "2990-03-01T00:00:00.000000Z");
    assertThat(all(buckets, "bucket_end"))
        .containsExactly("2990-02-01T00:00:00.000000Z", "2990-04-01T00:00:00.000000Z");
    assertThat(all(buckets, "amount")).containsExactly("3.00", "4.00");
    assertThat(all(buckets, "lot_count")).containsExactly("2", "1");
    figures(schedule, "96.00", "8.00", "16.00", "127.00");
    assertThat(schedule.get("asset_name").asText()).isEqualTo("An asset");
    assertThat(schedule.get("scale").asInt()).isEqualTo(2);
  }

  @Test
  void countsDaysAndWeeksFromMondays() {
    // Given
    expiring("1", "2990-01-03T12:00:00Z");
    expiring("2", "2990-01-04T12:00:00Z");

    // When
    JsonNode days = only(scrip.list(REPORT + WINDOW + "&granularity=day")).get("buckets");
    JsonNode weeks = only(scrip.list(REPORT + WINDOW + "&granularity=week")).get("buckets");

    // Then
    assertThat(all(days, "bucket_start"))
        .containsExactly("2990-01-03T00:00:00.000000Z", "2990-01-04T00:00:00.000000Z");
    assertThat(all(weeks, "bucket_start"))
        .containsExactly("2989-12-28T00:00:00.000000Z", "2990-01-04T00:00:00.000000Z");
    assertThat(all(weeks, "bucket_end"))
        .containsExactly("2990-01-04T00:00:00.000000Z", "2990-01-11T00:00:00.000000Z");
  }

  @Test
  void leavesOutWhatHasExpiredAndIsNotHeld() {
    // Given
    Instant soon = clock.instant().plusSeconds(60);
    expiring("1", soon.toString());
    ok(
        scrip.adjust(
            "participants",
            holder,
            asset,
            "CREDIT",
            "2",
            json(",'bucket':'HELD','expires_at':'" + soon + "'")));

    // When
    clock.advance(Duration.ofMinutes(2));

    // Then
    figures(only(scrip.list(REPORT + WINDOW)), "0.00", "2.00", "0.00", "2.00");
  }

  @Test
  void choosesByProgrammeAndAsset() {
    // Given
    expiring("1", "2990-01-03T12:00:00Z");
    String other = scrip.lots();
    scrip.credit(holder, other, "5");
    String program = scrip.program();

    // When
    JsonNode one = only(scrip.list(REPORT + WINDOW + "&asset_id=" + other));

    // Then
    figures(one, "5.00", "0.00", "0.00", "5.00");
    assertThat(scrip.list(REPORT + WINDOW)).hasSize(2);
    assertThat(scrip.list(REPORT + WINDOW + "&program_id=" + program)).isEmpty();
    assertThat(scrip.list(REPORT + WINDOW + "&program_id=" + scrip.program)).hasSize(2);
    String empty = "&asset_id=" + scrip.lots();
    figures(only(scrip.list(REPORT + WINDOW + empty)), "0.00", "0.00", "0.00", "0.00");
    assertThat(new ScripFixture(gateway).list(REPORT + WINDOW)).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFit() {
    // Given
    List<String> malformed =
        List.of(
            "",
            "?from=2990-01-01T00:00:00Z",
            "?from=2990-01-02T00:00:00Z&to=2990-01-01T00:00:00Z",
            "?from=1990-01-02T00:00:00Z&to=2990-01-01T00:00:00Z&granularity=day",
            WINDOW + "&granularity=year",
            WINDOW + "&asset_id=" + scrip.asset());

    for (String query : malformed) {
      // When
      var reply = scrip.client.get(REPORT + query);

      // Then
      refused(reply, 400, "bad_request");
    }
    refused(scrip.client.get(REPORT + WINDOW + "&asset_id=" + NOBODY), 404, "not_found");
    refused(scrip.client.get(REPORT + WINDOW + "&program_id=" + NOBODY), 404, "not_found");
  }

  private static void figures(
      JsonNode schedule, String never, String before, String after, String total) {
    assertThat(
            List.of(
                schedule.get("never_expiring").asText(),
                schedule.get("expiring_before_window").asText(),
                schedule.get("expiring_after_window").asText(),
                schedule.get("total_outstanding").asText()))
        .containsExactly(never, before, after, total);
  }

  private void expiring(String amount, String at) {
    ok(
        scrip.adjust(
            "participants", holder, asset, "CREDIT", amount, json(",'expires_at':'" + at + "'")));
  }

  private static JsonNode only(JsonNode data) {
    assertThat(data).hasSize(1);
    return data.get(0);
  }
}
