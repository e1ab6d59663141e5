package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static io.sluice.dialect.scrip.ScripFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final String JOURNAL = "/v1/journal-entries";
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ScripFixture scrip = new ScripFixture();
  private final String asset = scrip.asset();

  @Test
  void showsATransferToSeveralAsOneEntryWithAPostingForEachRow() {
    // Given
    String source = scrip.participant(asset, "10");
    String group = scrip.group();
    String other = scrip.participant();
    var rows =
        List.of(
            row("participant_id", other, "1"),
            row("group_id", group, "2"),
            row("participant_id", other, "0.5"));
    String body = scrip.body(asset, "'source_participant_id':'" + source + "'", rows, "");
    String id = entryId(ok(scrip.client.post("/v1/transfers", body)));

    // When
    JsonNode entry = entry(id);

    // Then
    assertThat(entry.get("action_type").asText()).isEqualTo("TRANSFER");
    assertThat(entry.get("description").asText()).isEqualTo("test");
    assertThat(entry.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(entry.get("program_name").asText()).isEqualTo("A programme");
    assertThat(entry.get("created_by_api_key_id").isNull()).isFalse();
    JsonNode postings = entry.get("postings");
    assertThat(all(postings, "amount")).containsExactly("-3.50", "1.00", "2.00", "0.50");
    assertThat(all(postings, "entity_type"))
        .containsExactly("PARTICIPANT", "PARTICIPANT", "GROUP", "PARTICIPANT");
    assertThat(postings.get(0).get("participant_id").asText()).isEqualTo(source);
    assertThat(postings.get(2).get("group_id").asText()).isEqualTo(group);
    assertThat(all(postings, "id")).doesNotHaveDuplicates();
    assertThat(entry.get("entry_hash").asText()).matches("[0-9a-f]{64}");
    assertThat(entry(id)).isEqualTo(entry);
  }

  @Test
  void resolvesTheEntryOfEveryOperation() {
    // Given
    String wallet = scrip.asset("SIMPLE", "PREFUNDED", 2, null);
    String path = "/v1/programs/" + scrip.program + "/assets/" + wallet;
    String holder = scrip.participant();

    // When
    String funded = entryId(ok(scrip.client.post(path + "/fund", json("{'amount':'9'}"))));
    String credited = entryId(ok(scrip.adjust("participants", holder, wallet, "CREDIT", "2", "")));
    String debited = entryId(ok(scrip.adjust("participants", holder, wallet, "DEBIT", "1", "")));
    String burned = entryId(ok(scrip.client.post(path + "/burn", json("{'amount':'3'}"))));
    String issued = entryId(ok(scrip.adjust("groups", scrip.group(), asset, "CREDIT", "4", "")));

    // Then
    shows(funded, "FUND", "SYSTEM_ISSUANCE -9.00", "PROGRAM 9.00");
    shows(credited, "CREDIT", "PROGRAM -2.00", "PARTICIPANT 2.00");
    shows(debited, "DEBIT", "PARTICIPANT -1.00", "PROGRAM 1.00");
    shows(burned, "BURN", "PROGRAM -3.00", "SYSTEM_BREAKAGE 3.00");
    shows(issued, "CREDIT", "SYSTEM_ISSUANCE -4.00", "GROUP 4.00");
    assertThat(entry(funded).get("description").asText()).isEqualTo("Program funding");
  }

  /** What is left to reverse is counted in postings that are nobody's but the dialect's. */
  @Test
  void showsRedemptionsAndReversalsWithoutWhatOnlyCountsThem() {
    // Given
    String holder = scrip.participant(asset, "5");
    String redeemed =
        created(
                scrip.client.post(
                    "/v1/participants/" + holder + "/redemptions",
                    json(
                        "{'program_id':'%s','asset_id':'%s','amount':'3','description':'d'}",
                        scrip.program, asset)))
            .get("journal_entry_id")
            .asText();

    // When
    String reversed =
        created(
                scrip.client.post(
                    "/v1/redemptions/" + redeemed + "/reverse",
                    json("{'reason':'why','amount':'1'}")))
            .get("journal_entry_id")
            .asText();

    // Then
    shows(redeemed, "REDEMPTION", "PARTICIPANT -3.00", "SYSTEM_REDEMPTION 3.00");
    shows(reversed, "REVERSAL", "SYSTEM_REDEMPTION -1.00", "PARTICIPANT 1.00");
    assertThat(all(list("?participant_id=" + holder), "action_type"))
        .containsExactly("REVERSAL", "REDEMPTION", "CREDIT");
    assertThat(all(list("?action_type=REVERSAL"), "id")).containsExactly(reversed);
    assertThat(all(scrip.list("/v1/participants/" + holder + "/activity/history"), "action_type"))
        .containsExactly("CREDIT", "REDEMPTION", "REVERSAL");
  }

  private void shows(String id, String action, String... postings) {
    JsonNode entry = entry(id);
    assertThat(entry.get("action_type").asText()).isEqualTo(action);
    List<String> lines = new ArrayList<>();
    entry
        .get("postings")
        .forEach(
            posting ->
                lines.add(
                    posting.get("entity_type").asText() + " " + posting.get("amount").asText()));
    assertThat(lines).containsExactly(postings);
  }

  @Test
  void hidesWhatIsAnotherOrganisationsOrNothingAtAll() {
    // Given
    String holder = scrip.participant(asset, "1");
    String id = only(list("?participant_id=" + holder)).get("id").asText();
    var stranger = new ScripFixture();

    // When
    var foreign = stranger.client.get(JOURNAL + "/" + id);

    // Then
    refused(foreign, 404, "not_found");
    refused(scrip.client.get(JOURNAL + "/" + NOBODY), 404, "not_found");
    refused(scrip.client.get(JOURNAL + "/x"), 400, "bad_request");
    assertThat(all(stranger.list(JOURNAL), "id")).doesNotContain(id);
  }

  @Test
  void listsNewestFirstByTheFiltersThatOneAndTheSamePostingMeets() {
    // Given
    String source = scrip.participant(asset, "100");
    String payee = scrip.participant();
    String other = scrip.asset();
    scrip.credit(source, other, "7");
    String small = entryId(ok(scrip.transfer(asset, source, payee, "5")));
    String large = entryId(ok(scrip.transfer(asset, source, payee, "50")));

    // When
    List<String> ids = all(list("?participant_id=" + source), "id");

    // Then
    assertThat(ids).hasSize(4).startsWith(large, small);
    assertThat(all(list("?participant_id=" + source), "entry_hash")).doesNotHaveDuplicates();
    String own = "?participant_id=" + source;
    assertThat(all(list(own + "&asset_id=" + other), "action_type")).containsExactly("CREDIT");
    assertThat(all(list(own + "&min_amount=-50&max_amount=-6"), "id")).containsExactly(large);
    assertThat(all(list(own + "&min_amount=5&max_amount=5"), "id")).isEmpty();
    assertThat(all(list("?participant_id=" + payee + "&min_amount=5&max_amount=5.0"), "id"))
        .containsExactly(small);
    assertThat(all(list(own + "&action_type=TRANSFER"), "id")).containsExactly(large, small);
    assertThat(all(list(own + "&bucket=HELD"), "id")).isEmpty();
    assertThat(all(list(own + "&reference_id=r"), "id")).isEmpty();
    assertThat(all(list("?action_type=TRANSFER&max_amount=-50"), "id")).containsExactly(large);
    assertThat(all(list("?asset_id=" + other + "&program_id=" + scrip.program), "action_type"))
        .containsExactly("CREDIT");
    assertThat(all(list("?action_type=CREDIT"), "action_type")).containsExactly("CREDIT", "CREDIT");
    assertThat(all(list("?program_id=" + scrip.program()), "id")).isEmpty();
  }

  /**
   * Entries may have hundreds of postings; what is in memory for a page does not grow with that.
   */
  @Test
  void endsAPageWhereItsEntriesHaveTooManyPostings() {
    // Given
    String source = scrip.participant(asset, "1000");
    List<String> rows =
        Collections.nCopies(100, row("participant_id", scrip.participant(), "0.01"));
    String body = scrip.body(asset, "'source_participant_id':'" + source + "'", rows, "");
    var made = new ArrayList<String>();
    for (int i = 0; i < 70; i++) {
      made.addFirst(entryId(ok(scrip.client.post("/v1/transfers", body))));
    }
    String transfers = JOURNAL + "?action_type=TRANSFER&limit=200";

    // When
    JsonNode page = ok(scrip.client.get(transfers));

    // Then
    assertThat(page.get("data").size()).isBetween(Journal.MOST_POSTINGS / 101, made.size() - 1);
    assertThat(page.at("/pagination/has_more").asBoolean()).isTrue();
    assertThat(scrip.pages(transfers, () -> {})).isEqualTo(made);
  }

  @Test
  void includesBothEndsOfATime() {
    // Given
    String holder = scrip.participant(asset, "1");
    scrip.credit(holder, asset, "2");
    scrip.credit(holder, asset, "3");
    JsonNode all = list("?participant_id=" + holder);
    String middle = all.get(1).get("created_at").asText();

    for (String who : List.of("&participant_id=" + holder, "&asset_id=" + asset)) {
      // When
      JsonNode since = list("?from=" + middle + who);

      // Then
      assertThat(all(since, "id")).isEqualTo(all(all, "id").subList(0, 2));
      assertThat(all(list("?to=" + middle + who), "id")).isEqualTo(all(all, "id").subList(1, 3));
      assertThat(list("?from=2999-01-01T00:00:00Z" + who)).isEmpty();
      assertThat(list("?to=1999-01-01T00:00:00Z" + who)).isEmpty();
    }
  }

  @Test
  void refusesTwoOwnersAndWhatDoesNotExist() {
    // Given
    String holder = scrip.participant();
    String one = "?participant_id=" + holder;

    // When
    var both = scrip.client.get(JOURNAL + one + "&group_id=" + scrip.group());

    // Then
    refused(both, 400, "bad_request");
    refused(scrip.client.get(JOURNAL + one + "&external_id=x"), 400, "bad_request");
    refused(scrip.client.get(JOURNAL + "?min_amount=1e2"), 400, "bad_request");
    refused(scrip.client.get(JOURNAL + "?bucket=OTHER"), 400, "bad_request");
    refused(scrip.client.get(JOURNAL + "?action_type=OTHER"), 400, "bad_request");
    refused(scrip.client.get(JOURNAL + "?from=now"), 400, "bad_request");
    refused(scrip.client.get(JOURNAL + "?cursor=x"), 400, "bad_request");
    for (String name :
        List.of("program_id", "event_id", "rule_id", "participant_id", "group_id", "asset_id")) {
      refused(scrip.client.get(JOURNAL + "?" + name + "=" + NOBODY), 404, "not_found");
    }
    refused(scrip.client.get(JOURNAL + "?external_id=nobody"), 404, "not_found");
  }

  @Test
  void neitherRepeatsNorHidesAnythingWhileMoreIsPosted() {
    // Given
    String name = ScripFixture.unique();
    String holder = scrip.participant(name);
    for (int i = 0; i < 5; i++) {
      scrip.credit(holder, asset, "1");
    }
    for (String filter : List.of("?limit=2&external_id=" + name, "?limit=2")) {
      List<String> before = all(list(filter.replace("limit=2", "limit=200")), "id");

      // When
      List<String> found = scrip.pages(JOURNAL + filter, () -> scrip.credit(holder, asset, "1"));

      // Then
      assertThat(found).isEqualTo(before);
    }
  }

  @Test
  void sumsToZero() {
    // Given
    String holder = scrip.participant(asset, "3");
    ok(scrip.transfer(asset, holder, scrip.participant(), "1.25"));

    // When
    JsonNode entries = list("?asset_id=" + asset);

    // Then
    assertThat(entries).hasSize(2).allSatisfy(entry -> assertThat(sum(entry)).isZero());
  }

  private static BigDecimal sum(JsonNode entry) {
    return all(entry.get("postings"), "amount").stream()
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private JsonNode entry(String id) {
    return ok(scrip.client.get(JOURNAL + "/" + id));
  }

  private JsonNode list(String query) {
    return scrip.list(JOURNAL + query);
  }

  private static JsonNode only(JsonNode entries) {
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static String entryId(JsonNode answer) {
    return answer.get("journal_entry_id").asText();
  }
}
