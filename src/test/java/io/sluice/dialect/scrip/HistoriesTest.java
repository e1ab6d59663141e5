package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Histories and statements of participants and programmes. */
class HistoriesTest {
  private static final SettableClock CLOCK = SettableClock.atPresent();
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static TestingGateway gateway;

  private final ScripFixture scrip = new ScripFixture(gateway);
  private final String asset = scrip.asset();
  private final String holder = scrip.participant();
  private final String path = "/v1/participants/" + holder;

  @BeforeAll
  static void start() {
    gateway = TestingGateway.start(CLOCK);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void tellsEveryPostingOldestFirst() {
    // Given
    String other = scrip.asset();
    scrip.credit(holder, asset, "5");
    tick();
    scrip.credit(holder, other, "7");
    tick();
    ok(scrip.transfer(asset, holder, scrip.participant(), "2"));
    tick();
    ok(scrip.adjust("participants", holder, asset, "CREDIT", "3", json(",'bucket':'HELD'")));

    // When
    JsonNode rows = scrip.list(path + "/activity/history");

    // Then
    assertThat(all(rows, "amount")).containsExactly("5.00", "7.00", "-2.00", "3.00");
    assertThat(all(rows, "action_type")).containsExactly("CREDIT", "CREDIT", "TRANSFER", "CREDIT");
    assertThat(all(rows, "asset_id")).containsExactly(asset, other, asset, asset);
    assertThat(all(rows, "bucket")).containsExactly("AVAILABLE", "AVAILABLE", "AVAILABLE", "HELD");
    assertThat(rows)
        .allSatisfy(
            row ->
                ok(
                    scrip.client.get(
                        "/v1/journal-entries/" + row.get("journal_entry_id").asText())));
    assertThat(all(scrip.list(path + "/activity/history?bucket=HELD"), "amount"))
        .containsExactly("3.00");
    assertThat(all(scrip.list(path + "/activity/history?asset_id=" + other), "amount"))
        .containsExactly("7.00");
  }

  @Test
  void tellsABalanceAtEveryMoment() {
    // Given
    Instant[] moments = new Instant[7];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = CLOCK.instant();
      scrip.credit(holder, asset, "1");
      tick();
    }

    for (int from = 0; from < moments.length; from++) {
      // When
      JsonNode statement =
          statement("&from=" + moments[from] + "&to=" + moments[moments.length - 2]);

      // Then
      assertThat(statement.get("opening_balance").asText()).isEqualTo(from + ".00");
      assertThat(statement.get("closing_balance").asText()).isEqualTo("6.00");
      assertThat(statement.get("data")).hasSize(Math.max(0, 6 - from));
    }
    assertThat(statement("&to=" + moments[0].minusMillis(1)).get("closing_balance").asText())
        .isEqualTo("0.00");
    assertThat(statement("").get("closing_balance").asText()).isEqualTo("7.00");
    assertThat(statement("").get("opening_balance").asText()).isEqualTo("0.00");
  }

  @Test
  void runsOverAllBucketsTogetherOrOverOne() {
    // Given
    scrip.credit(holder, asset, "5");
    tick();
    ok(scrip.adjust("participants", holder, asset, "CREDIT", "3", json(",'bucket':'HELD'")));
    tick();
    ok(scrip.transfer(asset, holder, scrip.participant(), "1.5"));

    // When
    JsonNode whole = statement("");

    // Then
    assertThat(all(whole.get("data"), "running_balance")).containsExactly("5.00", "8.00", "6.50");
    assertThat(whole.has("bucket")).isFalse();
    JsonNode held = statement("&bucket=HELD");
    assertThat(all(held.get("data"), "running_balance")).containsExactly("3.00");
    assertThat(held.get("bucket").asText()).isEqualTo("HELD");
    assertThat(held.get("closing_balance").asText()).isEqualTo("3.00");
  }

  @Test
  void staysOneStatementOnAllPagesWhileMoreIsPosted() {
    // Given
    for (int i = 0; i < 3; i++) {
      scrip.credit(holder, asset, "1");
      ok(scrip.adjust("participants", holder, asset, "CREDIT", "1", json(",'bucket':'HELD'")));
    }
    String first = path + "/statement?limit=2&asset_id=" + asset;
    BigDecimal balance = BigDecimal.ZERO;
    String cursor = "";
    int rows = 0;

    do {
      // When
      JsonNode page = ok(scrip.client.get(first + cursor));

      // Then
      assertThat(page.get("opening_balance").asText()).isEqualTo("0.00");
      assertThat(page.get("closing_balance").asText()).isEqualTo("6.00");
      for (JsonNode row : page.get("data")) {
        balance = balance.add(new BigDecimal(row.get("amount").asText()));
        assertThat(row.get("running_balance").asText()).isEqualTo(balance.toPlainString());
        rows++;
      }
      scrip.credit(holder, asset, "1");
      String next = page.get("pagination").get("next_cursor").textValue();
      cursor = next == null ? null : "&cursor=" + next;
    } while (cursor != null);
    assertThat(rows).isEqualTo(6);
  }

  @Test
  void pagesThroughWhatWasPostedAtOneMoment() {
    // Given
    String other = scrip.asset();
    for (int i = 1; i <= 3; i++) {
      scrip.credit(holder, asset, i + "");
      scrip.credit(holder, other, i + "0");
    }
    String history = path + "/activity/history?limit=";
    List<String> before = all(scrip.list(history + 200), "journal_entry_id");

    // When
    List<String> found =
        scrip.pages(history + 2, "journal_entry_id", () -> scrip.credit(holder, asset, "9"));

    // Then
    assertThat(before).hasSize(6);
    assertThat(found).doesNotHaveDuplicates();
    assertThat(found.stream().filter(before::contains)).containsExactlyElementsOf(before);
  }

  @Test
  void tellsAWallet() {
    // Given
    String prefunded = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    String program = "/v1/programs/" + scrip.program;
    String wallet = program + "/assets/" + prefunded;
    ok(scrip.client.post(wallet + "/fund", json("{'amount':'9'}")));
    tick();
    scrip.credit(holder, prefunded, "4");
    tick();
    ok(scrip.client.post(wallet + "/burn", json("{'amount':'2'}")));

    // When
    JsonNode rows = scrip.list(program + "/history");

    // Then
    assertThat(all(rows, "action_type")).containsExactly("FUND", "CREDIT", "BURN");
    assertThat(all(rows, "amount")).containsExactly("9.00", "-4.00", "-2.00");
    JsonNode statement = ok(scrip.client.get(program + "/statement?asset_id=" + prefunded));
    assertThat(all(statement.get("data"), "running_balance"))
        .containsExactly("9.00", "5.00", "3.00");
    assertThat(statement.get("closing_balance").asText()).isEqualTo("3.00");
  }

  @Test
  void combinesTheTwoPairsOfTimes() {
    // Given
    Instant first = CLOCK.instant();
    scrip.credit(holder, asset, "1");
    tick();
    Instant second = CLOCK.instant();
    scrip.credit(holder, asset, "2");
    String history = path + "/activity/history";

    // When
    JsonNode both = scrip.list(history + "?from=" + first + "&event_from=" + second);

    // Then
    assertThat(all(both, "amount")).containsExactly("2.00");
    assertThat(all(scrip.list(history + "?event_to=" + first), "amount")).containsExactly("1.00");
    assertThat(scrip.list(history + "?from=" + second + "&to=" + first)).isEmpty();
  }

  @Test
  void refusesWhatIsMissingOrUnknown() {
    // Given
    String statement = "/statement?asset_id=";

    // When
    var bare = scrip.client.get(path + "/statement");

    // Then
    refused(bare, 400, "bad_request");
    refused(scrip.client.get(path + statement + NOBODY), 404, "not_found");
    refused(scrip.client.get(path + "/activity/history?asset_id=" + NOBODY), 404, "not_found");
    refused(scrip.client.get(path + "/activity/history?bucket=X"), 400, "bad_request");
    String nobody = "/v1/participants/" + NOBODY;
    refused(scrip.client.get(nobody + statement + asset), 404, "not_found");
    refused(scrip.client.get(nobody + "/activity/history"), 404, "not_found");
    var stranger = new ScripFixture(gateway);
    refused(stranger.client.get(path + "/activity/history"), 404, "not_found");
    refused(stranger.client.get(path + statement + stranger.asset()), 404, "not_found");
    String group = "/v1/programs/" + scrip.group();
    refused(scrip.client.get(group + "/history"), 404, "not_found");
    assertThat(statement("").get("data")).isEmpty();
  }

  private static void tick() {
    CLOCK.advance(Duration.ofMillis(3));
  }

  private JsonNode statement(String more) {
    return ok(scrip.client.get(path + "/statement?asset_id=" + asset + more));
  }
}
